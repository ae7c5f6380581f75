package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// fileLock is an advisory lock on <database>.lock. The system releases it when
// the process ends, however it ends.
type fileLock struct{ file *os.File }

// errHeld says that another process holds the lock.
var errHeld = errors.New("the database is held by another process")

func takeLock(path string) (*fileLock, error) {
	file, err := os.OpenFile(path+".lock", os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the path is the administrator's own setting
	if errors.Is(err, os.ErrNotExist) {
		return nil, errNoFolder(path)
	}
	if err != nil {
		return nil, fmt.Errorf("open the lock file: %w", err)
	}
	err = unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if err == nil {
		return &fileLock{file}, nil
	}
	if errors.Is(err, unix.EWOULDBLOCK) {
		err = errHeld
	}
	return nil, errors.Join(err, file.Close())
}

// lockServer takes the lock for a server. It tries for a second, because a
// command holds the lock for a moment while it migrates.
func lockServer(ctx context.Context, path string) (*fileLock, error) {
	for attempt := 0; ; attempt++ {
		lock, err := takeLock(path)
		if !errors.Is(err, errHeld) {
			return lock, err
		}
		if attempt == 20 {
			return nil, fmt.Errorf("another samtykke server is using %s: stop it first, or give this one a database of its own in storage.sqlite.path", path)
		}
		if err := pause(ctx, 50*time.Millisecond); err != nil {
			return nil, err
		}
	}
}

// release gives the lock back. The file stays: removing it would let two
// servers lock two different files of the same name.
func (l *fileLock) release() error { return l.file.Close() }

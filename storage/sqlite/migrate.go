package sqlite

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var embedded embed.FS

// Migrations are the numbered SQL files of this engine. Each is one statement to
// goose, which else takes a buffer of four megabytes for every line that it reads.
func Migrations() fs.FS {
	sub, err := fs.Sub(embedded, "migrations")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}

// migrate brings the database to this program's version. Only the holder of the
// lock migrates, so that a command never changes tables under a running server.
func migrate(ctx context.Context, path string, locked bool) (err error) {
	db := openWriting(path)
	defer func() { err = errors.Join(err, db.Close()) }()
	steps, err := goose.NewProvider(goose.DialectSQLite3, db, Migrations())
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	for attempt := 0; ; attempt++ {
		done, err := migrated(ctx, steps, path, locked)
		if done || err != nil && !errors.Is(err, errHeld) {
			return err
		}
		if attempt == 100 {
			return fmt.Errorf("%s must be migrated, but a server of another version is using it: stop that server, then run this again", path)
		}
		if err := pause(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
}

// migrated looks at the database's version and migrates when it must and the
// lock is free.
func migrated(ctx context.Context, steps *goose.Provider, path string, locked bool) (done bool, err error) {
	have, want, err := steps.GetVersions(ctx)
	if err != nil {
		return false, fmt.Errorf("read the version of the database %s: %w", path, err)
	}
	if have > want {
		return false, fmt.Errorf("the database %s is newer than this program (version %d, this program knows %d): install the newer samtykke, or restore the backup that was taken before the upgrade", path, have, want)
	}
	if have == want {
		return true, nil
	}
	if !locked {
		lock, err := takeLock(path)
		if err != nil {
			return false, err
		}
		defer func() { err = errors.Join(err, lock.release()) }()
	}
	if _, err := steps.Up(ctx); err != nil {
		return false, fmt.Errorf("migrate the database %s: %w", path, err)
	}
	return true, nil
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

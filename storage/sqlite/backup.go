package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/mattn/go-sqlite3"
)

// Backup writes the database at path, which a server may be using, to a new file
// as it is at one moment. It is on disk when it returns.
func Backup(ctx context.Context, path, to string) (err error) {
	if err := create(to); err != nil { // only its owner may read it
		return err
	}
	db := sql.OpenDB(newConnector(path, "mode=ro", nil))
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", to); err != nil {
		return fmt.Errorf("copy the database: %w", err)
	}
	return SyncFile(to)
}

// Check says why a file cannot serve as the database of this program: it is none,
// it is newer, or its pages are damaged. It changes nothing.
func Check(ctx context.Context, path string) (err error) {
	db := openReaders(path, 1)
	defer func() { err = errors.Join(err, db.Close()) }()
	rows, err := db.QueryContext(ctx, "PRAGMA quick_check(3)")
	if err != nil {
		return fmt.Errorf("it cannot be read as a database: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var said string
		if err := rows.Scan(&said); err != nil {
			return err
		}
		if said != "ok" {
			return fmt.Errorf("its pages are damaged: %s", said)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("it cannot be read as a database: %w", err)
	}
	have, want, err := Versions(ctx, path)
	switch {
	case err != nil || have == 0:
		return errors.New("it is no database of Samtykke")
	case have > want:
		return fmt.Errorf("it is newer than this program (version %d, this program knows %d): install the newer samtykke", have, want)
	}
	return nil
}

// errOpen says that the file cannot be moved away from under others.
var errOpen = errors.New("another program has the database open: let it end, then run this again")

// Settle moves what waits in the write-ahead log into the database at path, which
// then is a single file. It refuses while another program has it open.
func Settle(ctx context.Context, path string) (err error) {
	db := openWriting(path)
	defer func() { err = errors.Join(err, db.Close()) }()
	var mode string
	err = db.QueryRowContext(ctx, "PRAGMA journal_mode = DELETE").Scan(&mode)
	var fault sqlite3.Error
	switch {
	case err == nil && mode == "wal", errors.As(err, &fault) && (fault.Code == sqlite3.ErrBusy || fault.Code == sqlite3.ErrLocked):
		return fmt.Errorf("%s: %w", path, errOpen)
	case err != nil:
		return err
	}
	return SyncFile(path)
}

// Lock keeps servers away from the database at path until it is released.
func Lock(path string) (release func() error, err error) {
	lock, err := takeLock(path)
	if errors.Is(err, errHeld) {
		return nil, fmt.Errorf("a samtykke server is using %s: stop it, then run this again", path)
	}
	if err != nil {
		return nil, err
	}
	return lock.release, nil
}

// Replace puts a settled database in place of the one at path, which it keeps as
// aside. Whenever it breaks off, a whole database is in place. The caller holds
// the Lock.
func Replace(ctx context.Context, path, with, aside string) error {
	// A fault may be why a backup is put back: then all of it is kept as it is.
	if readable(ctx, path) {
		if err := Settle(ctx, path); errors.Is(err, errOpen) {
			return err
		}
	}
	for _, part := range []string{"", "-wal", "-shm"} {
		if err := os.Link(path+part, aside+part); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("keep the database %s: %w", path, err)
		}
	}
	if err := syncFolder(filepath.Dir(aside)); err != nil {
		return err
	}
	for _, part := range []string{"-wal", "-shm"} { // they belong to the old one
		if err := os.Remove(path + part); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return Place(with, path)
}

// readable says whether a file is a database at all. Opening one that is none for
// writing would remove its write-ahead log.
func readable(ctx context.Context, path string) bool {
	db := openReaders(path, 1)
	defer db.Close()
	var count int
	return db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&count) == nil
}

// Place gives a settled database its name. It is there after a power cut, too.
func Place(from, path string) error {
	if err := SyncFile(from); err != nil {
		return err
	}
	if err := os.Rename(from, path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// SyncFile puts a file and its name on disk.
func SyncFile(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0) //nolint:gosec // the administrator names it
	if err != nil {
		return err
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

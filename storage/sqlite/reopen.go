package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// discard closes a connection that failed, which rolls back, and tries for a
// new one at once. When that fails too, the next batch tries again.
func (w *writer) discard(ctx context.Context) {
	w.walked = nil
	if err := w.release(); err != nil {
		w.log.WarnContext(ctx, "closing the failed connection", "error", err)
	}
	if err := w.reopen(ctx); err != nil {
		w.log.ErrorContext(ctx, "the database could not be reopened", "error", err)
		return
	}
	w.log.InfoContext(ctx, "the database was reopened")
}

func (w *writer) release() error {
	var errs []error
	if w.conn != nil {
		errs = append(errs, w.inserts.close(), w.growers.inserted.close(), w.conn.Close())
	}
	if w.db != nil {
		errs = append(errs, w.db.Close())
	}
	w.conn, w.db = nil, nil
	return errors.Join(errs...)
}

// reopen opens the writing connection and verifies that it will keep its word:
// the settings that durability rests on, and a readable newest page of the log.
func (w *writer) reopen(ctx context.Context) error {
	w.db = openWriting(w.path)
	conn, err := w.db.Conn(ctx)
	if err == nil {
		w.conn = conn
		err = verify(ctx, conn)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("open the database for writing: %w", err), w.release())
	}
	w.inserts, w.growers = inserts{}, growers{}
	return nil
}

func verify(ctx context.Context, conn *sql.Conn) error {
	var journal string
	var synchronous, newest int64
	if err := conn.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&journal); err != nil {
		return err
	}
	if err := conn.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&synchronous); err != nil {
		return err
	}
	if journal != "wal" || synchronous != 2 {
		return fmt.Errorf("the database runs with journal_mode %s and synchronous %d instead of wal and 2 (FULL): keep it on a local disk", journal, synchronous)
	}
	return conn.QueryRowContext(ctx, "SELECT coalesce(max(seq), 0) FROM decision").Scan(&newest)
}

// checkpoint moves the WAL into the database and empties it, if nobody is in
// the way. A reader in mid-page only postpones it.
func (w *writer) checkpoint(ctx context.Context) {
	if !w.dirty || w.conn == nil {
		return
	}
	var busy, pages, moved int64
	err := errors.Join(
		w.exec(ctx, "PRAGMA busy_timeout = 20"),
		w.conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved),
		w.exec(ctx, "PRAGMA busy_timeout = 5000"),
	)
	if err != nil {
		w.log.WarnContext(ctx, "the write-ahead log could not be moved into the database", "error", err)
		return
	}
	w.dirty = busy != 0
}

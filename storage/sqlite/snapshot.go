package sqlite

import (
	"context"
	"errors"
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

// Snapshot has read see the store as it is at one moment, however long it takes
// and whatever is appended and erased meanwhile. Until it returns, the write-ahead
// log only grows, and with it keeps what was erased.
func (s *Store) Snapshot(ctx context.Context, read func(consent.Store) error) error {
	return s.snapshot(ctx, func(at *Store) error { return read(at) })
}

func (s *Store) snapshot(ctx context.Context, read func(*Store) error) (err error) {
	conn, err := s.readers.Conn(ctx)
	if err != nil {
		return fmt.Errorf("begin to read: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	reads, err := prepareReads(ctx, conn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reads.close()) }()
	if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil {
		return fmt.Errorf("begin to read: %w", err)
	}
	defer func() {
		_, ended := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		err = errors.Join(err, ended)
	}()
	var newest int64 // the first look decides which moment it is
	if err := reads.row(ctx, newestSeq).Scan(&newest); err != nil {
		return fmt.Errorf("begin to read: %w", err)
	}
	return read(&Store{
		path: s.path, log: s.log, readers: s.readers, reads: reads, writer: s.writer, shared: newCircumstances(), signers: s.signers,
		anchors: s.anchors, trails: s.trails, trailAnchors: s.trailAnchors, journal: s.journal, witness: s.witness, restoring: s.restoring, copied: s.copied,
	})
}

package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// dropAtOnce is how many leaves go in one transaction, so that decisions need not
// wait for them.
const dropAtOnce = 8192

const (
	// spentTrees are those of past years of which no decision is left. One that was
	// dropped already is among them while some of its leaves remain.
	spentTrees = selectTrees + `
WHERE site.key = ? AND year < ? AND CASE
  WHEN dropped.tree IS NULL THEN NOT EXISTS (SELECT 1 FROM lasting WHERE lasting.tree = tree.id)
  ELSE EXISTS (SELECT 1 FROM leaf WHERE leaf.id >= tree.id << 40 AND leaf.id < (tree.id + 1) << 40)
END ORDER BY year, part`

	insertDropped = `INSERT INTO dropped (tree, time, lost, checkpoint) VALUES (?, ?, ?, ?)`

	lastOfSome = `
SELECT coalesce(max(id), 0) FROM (SELECT id FROM leaf WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT ?3)`
	deleteEvents = `DELETE FROM event WHERE leaf BETWEEN ? AND ?`
	deleteLeaves = `DELETE FROM leaf WHERE id BETWEEN ? AND ?`
)

// dropped is what is kept of a tree whose leaves are gone.
type dropped struct {
	ledger.Dropped
	checkpoint []byte // that says the same, signed
}

// dropYears removes the leaves of a site's years that ended before a moment and of
// which no decision is left. It gives those years.
func (s *Store) dropYears(ctx context.Context, site consent.SiteKey, before, now time.Time) (years []int, err error) {
	trees, err := readTrees(ctx, s.reads, spentTrees, string(site), before.UTC().Year())
	if err != nil {
		return nil, err
	}
	for _, t := range trees {
		if err := s.drop(ctx, t, now); err != nil {
			return years, fmt.Errorf("drop the ledger %s: %w", t.origin, err)
		}
		years = append(years, t.year)
	}
	return slices.Compact(years), nil
}

// drop signs a tree's head for the last time and removes its leaves. What a crash
// leaves over goes the next time.
func (s *Store) drop(ctx context.Context, t *tree, now time.Time) error {
	if t.dropped == nil {
		if err := s.seal(ctx, t, now); err != nil {
			return err
		}
	}
	for more := true; more; {
		err := s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) (err error) {
			more, err = dropSome(ctx, conn, t)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// seal keeps a tree's last head in its leaves' place. The anchor knows it before
// the first leaf goes.
func (s *Store) seal(ctx context.Context, t *tree, now time.Time) error {
	lost, err := s.lostOf(ctx, t)
	if err != nil {
		return err
	}
	var checkpoint []byte
	err = s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		newest, err := readTrees(ctx, conn, treeByOrigin, t.origin) // it may have grown since
		if err != nil {
			return err
		}
		if checkpoint, err = s.signers.signDropped(newest[0], inJournal(now), lost); err != nil {
			return err
		}
		delete(s.writer.growers.known, treeKey{t.site, t.year})
		_, err = conn.ExecContext(ctx, insertDropped, t.id, millis(now), lost, checkpoint)
		return err
	})
	if err != nil {
		return err
	}
	s.anchors.note(t.origin, checkpoint)
	return s.anchors.move()
}

// lostOf gives how many leaves of a tree's end were lost when its database was
// rolled back. One that was rolled back and not told of is an error.
func (s *Store) lostOf(ctx context.Context, t *tree) (int64, error) {
	anchored, err := s.anchors.file.Load()
	if err != nil {
		return 0, err
	}
	if anchored[t.origin] == nil {
		return 0, s.errUnanchored(t)
	}
	if err := s.vouchFor(ctx, t.origin, anchored[t.origin], t); err != nil {
		return 0, err
	}
	head, err := ledger.ParseHead(anchored[t.origin])
	if err != nil || head.Size > t.size {
		return head.Size - t.size, err
	}
	if why, err := s.differs(ctx, t, head); err != nil || why != "" { // only a quote vouches for it, which goes, too
		return 0, errors.Join(err, errors.New(why))
	}
	return 0, nil
}

// dropSome removes the first leaves that are left of a tree, and says whether there
// were any.
func dropSome(ctx context.Context, conn *sql.Conn, t *tree) (more bool, err error) {
	first, last := leafID(t.id, 0), int64(0)
	if err := conn.QueryRowContext(ctx, lastOfSome, first, leafID(t.id+1, 0), dropAtOnce).Scan(&last); err != nil || last == 0 {
		return false, err
	}
	for _, statement := range []string{deleteEvents, deleteLeaves} {
		if _, err := conn.ExecContext(ctx, statement, first, last); err != nil {
			return false, err
		}
	}
	return true, nil
}

func errDropped(t *tree) error {
	return consent.Errorf(consent.NotFound, "dropped",
		"The leaves of the ledger %s were removed on %s, after its last decision had expired. Its last checkpoint stays, and so do receipts that were given out.",
		t.origin, t.dropped.Time.Format(time.DateOnly))
}

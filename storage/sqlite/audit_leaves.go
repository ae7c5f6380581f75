package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// auditPage is how many leaves one read takes.
const auditPage = 8192

const auditLeaves = `
SELECT leaf.id, leaf.seq, leaf.hashes, event.body, salt, decision.site, ` + decisionColumns + `
FROM leaf
LEFT JOIN event ON event.leaf = leaf.id
LEFT JOIN decision ON decision.seq = leaf.seq AND event.leaf IS NULL
WHERE leaf.id > ? AND leaf.id < ? ORDER BY leaf.id LIMIT ?`

// leaves reads a tree's leaves and has them audited while the next are read.
func (a *auditor) leaves(ctx context.Context, t *tree, audit *ledger.Audit) error {
	group, ctx := errgroup.WithContext(ctx)
	pages := make(chan []ledger.Leaf, 1)
	group.Go(func() error {
		defer close(pages)
		last := before(t, 0)
		for {
			page, err := a.page(ctx, t, last)
			if err != nil || len(page) == 0 {
				return err
			}
			select {
			case pages <- page:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	})
	group.Go(func() error {
		for page := range pages {
			for i := range page {
				audit.Leaf(&page[i])
			}
			a.done += int64(len(page))
			a.report(a.done, a.total)
		}
		return nil
	})
	return group.Wait()
}

// page reads leaves behind the last one, and moves that on.
func (a *auditor) page(ctx context.Context, t *tree, last *place) ([]ledger.Leaf, error) {
	rows, err := a.reads.query(ctx, auditLeaves, last.leaf, leafID(t.id+1, 0), auditPage)
	if err != nil {
		return nil, fmt.Errorf("read the leaves: %w", err)
	}
	defer rows.Close()
	room := min(auditPage, max(t.size, 1))
	leaves := make([]ledger.Leaf, 0, room)
	bytes := make([]byte, 0, 512*room) // of all leaves, in a row
	keep := func(data []byte) []byte {
		start := len(bytes)
		bytes = append(bytes, data...)
		return bytes[start:len(bytes):len(bytes)]
	}
	row := newAuditScan()
	for rows.Next() {
		if err := row.next(rows); err != nil {
			return nil, err
		}
		if row.leaf <= last.leaf { // a page that leads back would be read for ever
			return nil, errors.New("the leaves do not come in order")
		}
		leaf := ledger.Leaf{Index: row.leaf - leafID(t.id, 0), Hashes: keep(row.hashes)}
		a.numbered(t, last, &row.audited)
		switch {
		case row.event != nil:
			leaf.Event = keep(row.event)
		case row.stored:
			if bytes, err = a.recorded(ctx, t, &leaf, row, bytes); err != nil {
				return nil, err
			}
		}
		leaves = append(leaves, leaf)
	}
	return leaves, rows.Err()
}

// saw notes a decision that has a leaf.
func (a *auditor) saw(row *audited) {
	a.seen.Add(row.seq)
	a.seenCount++
	a.counted.decision(row)
}

// audited is a leaf's row with what belongs to it.
type audited struct {
	record
	leaf, number        int64
	hashes, event, salt sql.RawBytes // until the next row
	stored              bool         // the decision is there
	site                int64        // that it stands under
}

// auditScan reads one row after the other into the same memory.
type auditScan struct {
	audited
	siteID, numbered, under, first, at, behind sql.NullInt64
	raw, rest, earlier                         sql.RawBytes
	into                                       []any
}

func newAuditScan() *auditScan {
	s := &auditScan{}
	s.into = []any{
		&s.leaf, &s.number, &s.hashes, &s.event, &s.salt, &s.siteID,
		&s.numbered, &s.under, &s.raw, &s.first, &s.rest, &s.earlier, &s.at, &s.behind,
	}
	return s
}

func (s *auditScan) next(rows *sql.Rows) error {
	if err := rows.Scan(s.into...); err != nil {
		return fmt.Errorf("read a leaf: %w", err)
	}
	s.record = record{
		row:          row{seq: s.numbered.Int64, time: s.at.Int64, skew: s.behind.Int64, visitor: joinVisitor(s.first, s.rest)},
		circumstance: s.under.Int64,
	}
	copy(s.id[:], s.raw)
	copy(s.previous[:], s.earlier)
	s.stored, s.site = s.numbered.Valid, s.siteID.Int64
	return nil
}

// circumstance gives a row of that table as it is stored now.
func (a *auditor) circumstance(ctx context.Context, id int64) (*circumstance, error) {
	if known := a.shared.get(id); known != nil {
		return known, nil
	}
	c, err := readCircumstance(ctx, a.reads, id)
	if err == nil {
		a.shared.keep(map[circumstanceKey]*circumstance{c.key: c})
	}
	return c, err
}

// recorded gives a leaf the record of its decision and the salt, behind the bytes of others,
// and tells what the decision was made under that is not there, or was not yet.
func (a *auditor) recorded(ctx context.Context, t *tree, leaf *ledger.Leaf, row *auditScan, bytes []byte) ([]byte, error) {
	a.saw(&row.audited)
	shared, err := a.circumstance(ctx, row.circumstance)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	what := consent.Flaw{Code: consent.FlawUnderGone, Why: "what the decision was made under is gone: its circumstance, notice or bundle was removed or changed"}
	if shared != nil {
		if what, err = a.reach(ctx, &row.audited, shared); err != nil {
			return nil, err
		}
	}
	if what.Code != "" {
		a.fault(consent.LedgerFault{Site: t.site, Origin: t.origin, Index: leaf.Index, Flaw: what})
	}
	if shared == nil {
		return bytes, nil
	}
	if err := a.dated(ctx, t, leaf.Index, &row.audited, shared); err != nil {
		return nil, err
	}
	start := len(bytes)
	bytes = row.encode(bytes, shared)
	leaf.Record = bytes[start:len(bytes):len(bytes)]
	copy(leaf.Salt[:], row.salt)
	return bytes, nil
}

package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"golang.org/x/sync/errgroup"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// auditPage is how many leaves one read takes.
const auditPage = 8192

const auditLeaves = `
SELECT leaf.id, leaf.hashes, event.body, salt, decision.site, ` + decisionColumns + `
FROM leaf
LEFT JOIN event ON event.leaf = leaf.id
LEFT JOIN decision ON decision.seq = leaf.seq AND event.leaf IS NULL
WHERE leaf.id > ? AND leaf.id < ? ORDER BY leaf.id LIMIT ?`

// Audit derives every tree of a site anew from what is stored at one moment.
func (s *Store) Audit(ctx context.Context, site consent.SiteKey, report func(done, total int64)) (found *consent.LedgerAudit, err error) {
	beside := s.beside() // first: the database may only know more
	err = s.snapshot(ctx, func(at *Store) error {
		found, err = at.audit(ctx, site, beside, report)
		return err
	})
	return found, err
}

// beside is what files beside the database say of it.
type beside struct {
	anchored   map[string][]byte
	listed     []ledger.Line // of the journal
	unreadable []error
}

func (s *Store) beside() beside {
	var b beside
	var err error
	if b.anchored, err = s.anchors.file.Load(); err != nil {
		b.unreadable = append(b.unreadable, err)
	}
	if s.copied {
		return b
	}
	if b.listed, err = s.journal.Load(); err != nil {
		b.unreadable = append(b.unreadable, err)
	}
	return b
}

func (s *Store) audit(ctx context.Context, site consent.SiteKey, beside beside, report func(done, total int64)) (*consent.LedgerAudit, error) {
	trees, err := readTrees(ctx, s.reads, allTrees, string(site))
	if err != nil {
		return nil, err
	}
	a := &auditor{Store: s, beside: beside, shared: newCircumstances(), report: report, removals: make(ledger.Removals), seen: make(ledger.Set), hours: make(map[int64]span), erased: make(map[consent.SiteKey]int64)}
	for _, t := range trees {
		if t.dropped == nil {
			a.total += t.size
		}
	}
	for _, err := range beside.unreadable {
		a.fault(consent.LedgerFault{Index: -1, Why: err.Error()})
	}
	var damage []string
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		damage, err = s.damage(ctx)
		return err
	})
	group.Go(func() error { return a.all(ctx, site, trees) })
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for _, said := range damage {
		a.found.Faults = append(a.found.Faults, damaged(said))
	}
	return &a.found, nil
}

// auditor holds what the audits of several trees share. It believes nothing that
// the store has in memory.
type auditor struct {
	*Store
	beside

	shared      *circumstances
	found       consent.LedgerAudit
	removals    ledger.Removals
	seen        ledger.Set // numbers of the decisions that have a leaf
	seenCount   int64
	hours       map[int64]span
	erased      map[consent.SiteKey]int64 // how many decisions the ledger says were erased
	report      func(done, total int64)
	done, total int64
}

// maxFaults is how many faults an audit gives.
const maxFaults = 1000

func (a *auditor) fault(f consent.LedgerFault) {
	if len(a.found.Faults) < maxFaults {
		a.found.Faults = append(a.found.Faults, f)
	}
}

// all audits the schema, the trees, and what is around them.
func (a *auditor) all(ctx context.Context, site consent.SiteKey, trees []*tree) error {
	if err := a.schema(ctx); err != nil {
		return err
	}
	for _, t := range trees {
		if err := a.tree(ctx, t); err != nil {
			return err
		}
	}
	return a.around(ctx, site)
}

func (a *auditor) tree(ctx context.Context, t *tree) error {
	fault := func(index int64, why string) {
		a.fault(consent.LedgerFault{Site: t.site, Origin: t.origin, Index: index, Why: why})
	}
	described, err := a.described(t)
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // a ledger can hold whose keys are elsewhere
		fault(-1, err.Error())
	}
	one := consent.TreeAudit{Tree: described}
	heads, err := a.heads(ctx, t, &one, fault)
	if err != nil {
		return err
	}
	if t.dropped != nil {
		a.holdDropped(t, heads, fault)
	} else if err := a.derive(ctx, t, heads, &one, fault); err != nil {
		return err
	}
	a.found.Trees = append(a.found.Trees, one)
	return nil
}

// heads gives what was signed of a tree, and notes what it lost.
func (a *auditor) heads(ctx context.Context, t *tree, one *consent.TreeAudit, fault func(index int64, why string)) ([]ledger.Head, error) {
	var heads []ledger.Head
	if signed := a.anchored[t.origin]; signed != nil {
		delete(a.anchored, t.origin)
		head, err := a.opened(t, signed)
		if err != nil {
			fault(-1, "the anchor's checkpoint was changed: "+err.Error())
		} else if one.Lost, err = a.lost(ctx, t, head, signed); err != nil {
			return nil, err
		} else if one.Lost == 0 || t.dropped != nil {
			heads = append(heads, *head)
		}
	}
	if one.Lost == 0 || t.dropped != nil {
		heads = append(heads, a.witnessedHeads(t, &one.Tree, fault)...)
	}
	return heads, nil
}

// holdDropped holds what is left of a tree whose leaves are gone against what was
// signed of it.
func (a *auditor) holdDropped(t *tree, heads []ledger.Head, fault func(index int64, why string)) {
	_, keys, err := a.signers.verifiers(t)
	if err != nil {
		fault(-1, err.Error())
		return
	}
	last, err := ledger.OpenDropped(t.dropped.checkpoint, keys)
	switch {
	case err != nil:
		fault(-1, "the last checkpoint of the dropped year does not hold: "+err.Error())
	case *last != t.dropped.Dropped:
		fault(-1, "what is kept of the dropped year is not what was signed last")
	case last.Time.Year() <= t.year:
		fault(-1, "the ledger was dropped before its year was over")
	}
	for _, head := range heads {
		if why := t.dropped.Contradicts(head); why != "" {
			fault(-1, why)
		}
	}
}

// derive holds a tree's leaves against what is kept of it.
func (a *auditor) derive(ctx context.Context, t *tree, heads []ledger.Head, one *consent.TreeAudit, fault func(index int64, why string)) error {
	audit := ledger.NewAudit(t.origin, heads...)
	if err := a.leaves(ctx, t, audit); err != nil {
		return err
	}
	a.removals.Settle(audit)
	for _, found := range audit.Finish(t.head()) {
		fault(found.Index, found.Why)
	}
	one.Opened, one.Removed, one.Events = audit.Counts()
	a.erased[t.site] += audit.Erased()
	return nil
}

// lost gives how many leaves are missing from the end of a tree that was rolled
// back, when a later part says so. Otherwise it is a fault.
func (a *auditor) lost(ctx context.Context, t *tree, head *ledger.Head, signed []byte) (int64, error) {
	switch {
	case t.dropped != nil:
		return t.dropped.Lost, nil
	case head.Size <= t.size:
		return 0, nil
	}
	quoted, err := a.quoted(ctx, signed)
	if err != nil || !quoted {
		return 0, err
	}
	return head.Size - t.size, nil
}

// opened gives the head of a checkpoint that must be of that tree.
func (a *auditor) opened(t *tree, signed []byte) (*ledger.Head, error) {
	_, keys, err := a.signers.verifiers(t)
	if err != nil {
		return nil, err
	}
	head, err := ledger.OpenCheckpoint(signed, keys)
	if err == nil && head.Origin != t.origin {
		err = errors.New("it is of another tree")
	}
	return head, err
}

// leaves reads a tree's leaves and has them audited while the next are read.
func (a *auditor) leaves(ctx context.Context, t *tree, audit *ledger.Audit) error {
	group, ctx := errgroup.WithContext(ctx)
	pages := make(chan []ledger.Leaf, 1)
	group.Go(func() error {
		defer close(pages)
		last := leafID(t.id, 0) - 1
		for {
			page, err := a.page(ctx, t, &last)
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

func (a *auditor) page(ctx context.Context, t *tree, last *int64) ([]ledger.Leaf, error) {
	rows, err := a.reads.query(ctx, auditLeaves, *last, leafID(t.id+1, 0), auditPage)
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
	for rows.Next() {
		row, err := scanAudited(rows)
		if err != nil {
			return nil, err
		}
		if row.leaf <= *last { // a page that leads back would be read for ever
			return nil, consent.Errorf(consent.Internal, "damaged", "The leaves of %s do not come in order: the database file is damaged. Put back a backup: samtykke db restore", t.origin)
		}
		*last = row.leaf
		leaf := ledger.Leaf{Index: row.leaf - leafID(t.id, 0), Hashes: keep(row.hashes)}
		switch {
		case row.event != nil:
			leaf.Event = keep(row.event)
		case row.stored:
			a.seen.Add(row.seq)
			a.seenCount++
			shared, err := a.circumstance(ctx, row.circumstance)
			if err != nil && !errors.Is(err, sql.ErrNoRows) {
				return nil, err
			}
			why := "what the decision was made under is gone: its circumstance, notice or bundle was removed or changed"
			if shared != nil {
				if why, err = a.reach(ctx, &row, shared); err != nil {
					return nil, err
				}
			}
			if why != "" {
				a.fault(consent.LedgerFault{Site: t.site, Origin: t.origin, Index: leaf.Index, Why: why})
			}
			if shared == nil {
				break
			}
			start := len(bytes)
			bytes = row.encode(bytes, shared)
			leaf.Record = bytes[start:len(bytes):len(bytes)]
			copy(leaf.Salt[:], row.salt)
		}
		leaves = append(leaves, leaf)
	}
	return leaves, rows.Err()
}

// audited is a leaf's row with what belongs to it.
type audited struct {
	record
	leaf                int64
	hashes, event, salt sql.RawBytes // until the next row
	stored              bool         // the decision is there
	site                int64        // that it stands under
}

func scanAudited(rows *sql.Rows) (audited, error) {
	var a audited
	var site, seq, circumstance, visitor, at, skew sql.NullInt64
	var id, rest, previous sql.RawBytes
	err := rows.Scan(&a.leaf, &a.hashes, &a.event, &a.salt, &site, &seq, &circumstance, &id, &visitor, &rest, &previous, &at, &skew)
	if err != nil {
		return a, fmt.Errorf("read a leaf: %w", err)
	}
	a.stored, a.site, a.seq, a.circumstance, a.time, a.skew = seq.Valid, site.Int64, seq.Int64, circumstance.Int64, at.Int64, skew.Int64
	copy(a.id[:], id)
	copy(a.previous[:], previous)
	a.visitor = joinVisitor(visitor, rest)
	return a, nil
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

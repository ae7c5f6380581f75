package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// Audit derives every tree of a site anew from what is stored at one moment.
func (s *Store) Audit(ctx context.Context, site consent.SiteKey, report func(done, total int64), kept ...[]byte) (found *consent.LedgerAudit, err error) {
	beside := s.beside() // first: the database may only know more
	if beside.kept, err = ledger.NewKept(kept); err != nil {
		return nil, err
	}
	err = s.snapshot(ctx, func(at *Store) error {
		found, err = at.audit(ctx, site, beside, report)
		return err
	})
	if isDamage(err) { // there is not even a list of trees
		return &consent.LedgerAudit{Faults: []consent.LedgerFault{unreadable(site, "", err)}}, nil
	}
	return found, err
}

// beside is what files beside the database say of it.
type beside struct {
	anchored   map[string][]byte
	listed     []ledger.Line     // of the journal
	keys       map[string]string // origins by the names of their keys
	unreadable []error
	kept       ledger.Kept // by who asks for the audit
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
	if b.keys, err = s.signers.keys.Origins(); err != nil {
		b.unreadable = append(b.unreadable, err)
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
	a := &auditor{Store: s, beside: beside, shared: newCircumstances(), report: report, removals: make(ledger.Removals), seen: make(ledger.Set), hours: make(map[int64]span), erased: make(map[consent.SiteKey]int64), asked: make(map[numberedNotice]*asked)}
	for _, t := range trees {
		if t.dropped == nil {
			a.total += t.size
		}
	}
	if !s.copied {
		a.found.Unsigning = s.unsigning(trees)
	}
	for _, err := range beside.unreadable {
		a.fault(consent.LedgerFault{Index: -1, Flaw: consent.Flaw{Code: consent.FlawFileUnreadable, Why: err.Error()}})
	}
	var damage []string
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		damage, err = s.damage(ctx)
		return err
	})
	group.Go(func() error { return a.pastDamage(site, "", a.all(ctx, site, trees)) })
	if err := group.Wait(); err != nil {
		return nil, err
	}
	a.found.Early = a.early()
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
	counted     *counted                  // of the site whose trees are being audited
	erased      map[consent.SiteKey]int64 // how many decisions the ledger says were erased
	expiries    []expiry
	asked       map[numberedNotice]*asked // nil when nobody looks at the days
	report      func(done, total int64)
	done, total int64
}

// faultFunc notes what does not hold of a tree, at a leaf or -1.
type faultFunc func(index int64, what consent.Flaw)

// unopened is about a key that a tree was signed with.
func unopened(err error) consent.Flaw {
	return consent.Flaw{Code: consent.FlawKeyUnreadable, Why: err.Error()}
}

// maxFaults is how many faults an audit gives.
const maxFaults = 1000

func (a *auditor) fault(f consent.LedgerFault) {
	if len(a.found.Faults) < maxFaults {
		a.found.Faults = append(a.found.Faults, f)
	} else {
		a.found.More = true
	}
}

// all audits the schema, the trees, and what is around them.
func (a *auditor) all(ctx context.Context, site consent.SiteKey, trees []*tree) error {
	if err := a.schema(ctx); err != nil {
		return err
	}
	for len(trees) > 0 {
		of := trees[0].site
		n := 1 + slices.IndexFunc(append(trees[1:len(trees):len(trees)], nil), func(t *tree) bool { return t == nil || t.site != of })
		if err := a.treesOf(ctx, of, trees[:n]); err != nil {
			return err
		}
		trees = trees[n:]
	}
	var err error
	if a.found.Breaks, err = a.breaks(ctx, site); err != nil {
		return err
	}
	for _, left := range a.kept.Left() {
		a.fault(consent.LedgerFault{Site: site, Index: -1, Flaw: left.Flaw})
	}
	return a.around(ctx, site)
}

// treesOf audits a site's trees, and what is counted of their decisions, unless a
// decision or leaf was changed: then that is what to mend.
func (a *auditor) treesOf(ctx context.Context, site consent.SiteKey, trees []*tree) error {
	a.counted = newCounted()
	faults := len(a.found.Faults)
	for _, t := range trees {
		if err := a.pastDamage(t.site, t.origin, a.tree(ctx, t)); err != nil {
			return err
		}
	}
	if len(a.found.Faults) > faults {
		return nil
	}
	return a.pastDamage(site, "", a.countedRight(ctx, site))
}

func (a *auditor) tree(ctx context.Context, t *tree) error {
	fault := func(index int64, what consent.Flaw) {
		a.fault(consent.LedgerFault{Site: t.site, Origin: t.origin, Index: index, Flaw: what})
	}
	described, err := a.described(t)
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // a ledger can hold whose keys are elsewhere
		fault(-1, unopened(err))
	}
	one := consent.TreeAudit{Tree: described}
	heads, err := a.heads(ctx, t, &one, fault)
	if err != nil {
		return err
	}
	if t.dropped != nil {
		a.counted.dropped = true
		a.holdDropped(t, heads, fault)
	} else if err := a.derive(ctx, t, heads, &one, fault); err != nil {
		return err
	}
	a.found.Trees = append(a.found.Trees, one)
	return nil
}

// heads gives what was signed of a tree and must be there, and notes what it lost:
// what a later part tells to be gone is not missed.
func (a *auditor) heads(ctx context.Context, t *tree, one *consent.TreeAudit, fault faultFunc) ([]ledger.Head, error) {
	heads, err := a.anchoredHeads(t, fault)
	if err != nil {
		return nil, err
	}
	kept, err := a.keptHeads(t, fault)
	if err != nil {
		return nil, err
	}
	heads = slices.Concat(heads, a.witnessedHeads(t, &one.Tree, fault), kept)
	if t.dropped != nil {
		one.Lost = t.dropped.Lost
		return heads, nil
	}
	told, err := a.toldOf(ctx, t.origin)
	if err != nil {
		return nil, err
	}
	one.Lost = told.lost(t.size)
	heads = slices.DeleteFunc(heads, func(head ledger.Head) bool { return head.Size > t.size && told.covers(&head) })
	return append(heads, told.held...), nil
}

// anchoredHeads gives what the anchor says of a tree.
func (a *auditor) anchoredHeads(t *tree, fault faultFunc) ([]ledger.Head, error) {
	signed := a.anchored[t.origin]
	if signed == nil {
		what, err := a.unanchored(t)
		if what.Code != "" {
			fault(-1, what)
		}
		return nil, err
	}
	delete(a.anchored, t.origin)
	head, err := a.opened(t, signed)
	if err != nil {
		fault(-1, consent.Flaw{Code: consent.FlawAnchorChanged, Why: "the anchor's checkpoint was changed: " + err.Error()})
		return nil, nil //nolint:nilerr // it is a fault of the ledger
	}
	return []ledger.Head{*head}, nil
}

// keptHeads gives what the tree must have had by those who ask for the audit.
func (a *auditor) keptHeads(t *tree, fault faultFunc) ([]ledger.Head, error) {
	if a.kept[t.origin] == nil {
		return nil, nil
	}
	_, keys, err := a.signers.verifiers(t)
	if err != nil {
		return nil, err
	}
	heads, faults := a.kept.Take(t.origin, keys)
	for _, what := range faults {
		fault(-1, what)
	}
	return heads, nil
}

// holdDropped holds what is left of a tree whose leaves are gone against what was
// signed of it.
func (a *auditor) holdDropped(t *tree, heads []ledger.Head, fault faultFunc) {
	_, keys, err := a.signers.verifiers(t)
	if err != nil {
		fault(-1, unopened(err))
		return
	}
	last, err := ledger.OpenDropped(t.dropped.checkpoint, keys)
	changed := func(why string) { fault(-1, consent.Flaw{Code: consent.FlawDroppedChanged, Why: why}) }
	switch {
	case err != nil:
		changed("the last checkpoint of the dropped year does not hold: " + err.Error())
	case *last != t.dropped.Dropped:
		changed("what is kept of the dropped year is not what was signed last")
	case last.Time.Year() <= t.year:
		fault(-1, consent.Flaw{Code: consent.FlawDroppedEarly, Why: "the ledger was dropped before its year was over"})
	}
	for _, head := range heads {
		if what := t.dropped.Contradicts(head); what.Code != "" {
			fault(-1, what)
		}
	}
}

// derive holds a tree's leaves against what is kept of it.
func (a *auditor) derive(ctx context.Context, t *tree, heads []ledger.Head, one *consent.TreeAudit, fault faultFunc) error {
	audit := ledger.NewAudit(t.origin, heads...)
	if err := a.leaves(ctx, t, audit); err != nil {
		return err
	}
	a.removals.Settle(audit)
	head := t.head()
	faults := audit.Finish(&head)
	a.found.More = a.found.More || audit.More()
	for _, found := range faults {
		fault(found.Index, found.Flaw)
	}
	one.Opened, one.Removed, one.Events = audit.Counts()
	a.counted.leaves += one.Opened + one.Removed
	for notice, index := range audit.ExpiredBy() {
		a.expiries = append(a.expiries, expiry{t.site, t.origin, index, notice})
	}
	a.erased[t.site] += audit.Erased()
	return nil
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

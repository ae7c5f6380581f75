package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

const siteKeys = `SELECT key FROM site`

// orphan is a tree of which only the keys are left: neither the database knows it
// nor the anchor. The folder of keys says that a tree has begun once the anchor knows
// that, and before anything is committed to it.
type orphan struct {
	site         consent.SiteKey
	name, origin string
}

// orphans gives those of the database's sites of which no later part tells. The
// folder of keys may serve other databases, too.
func (s *Store) orphans(ctx context.Context, keys map[string]string, anchored map[string][]byte) ([]orphan, error) {
	known, err := s.knownOrigins(ctx)
	if err != nil {
		return nil, err
	}
	sites := make(map[consent.SiteKey]bool)
	err = s.reads.each(ctx, siteKeys, func(rows *sql.Rows) error {
		var site consent.SiteKey
		err := rows.Scan(&site)
		sites[site] = true
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the sites: %w", err)
	}
	var found []orphan
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		one := orphan{name: name, origin: keys[name]}
		_, path, _ := strings.Cut(one.origin, "/consent/")
		site, shard, _ := strings.Cut(path, "/")
		one.site = consent.SiteKey(site)
		if sites[one.site] && name == site+"-"+shard && !known[one.origin] && !s.signers.vouchedEmpty(name, one.origin, anchored[one.origin]) {
			found = append(found, one)
		}
	}
	return found, nil
}

// knownOrigins gives the trees that the database holds, and those of which it
// tells that nothing but the key was left.
func (s *Store) knownOrigins(ctx context.Context) (map[string]bool, error) {
	trees, err := readTrees(ctx, s.reads, allTrees, "")
	if err != nil {
		return nil, err
	}
	known := make(map[string]bool)
	for _, t := range trees {
		known[t.origin] = true
	}
	return known, s.eachBegin(ctx, func(_ string, _ consent.SiteKey, begin *ledger.Event) {
		if begin.Origin != "" {
			known[begin.Origin] = true
		}
	})
}

// vouchedEmpty says that the anchor tells of a tree. That it had no leaf yet is
// only believed under the tree's own key.
func (s *signers) vouchedEmpty(name, origin string, signed []byte) bool {
	if signed == nil || !isEmpty(signed) {
		return signed != nil // what it tells of leaves is looked at elsewhere
	}
	text, err := s.keys.Verifiers(name)
	if err != nil {
		return false
	}
	list, err := ledger.ParseVerifiers(text)
	if err != nil {
		return false
	}
	head, err := ledger.OpenCheckpoint(signed, list)
	return err == nil && head.Origin == origin
}

// refuseOrphan keeps a tree from being planted a second time.
func (w *writer) refuseOrphan(t *tree) error {
	there, err := w.signers.keys.Begun(t.name())
	if err != nil || !there {
		return err
	}
	anchored, err := w.anchors.file.Load()
	if err != nil || anchored[t.origin] != nil { // the vouching follows
		return err
	}
	return &orphanError{w.anchors.file.Path, orphan{t.site, t.name(), t.origin}}
}

// orphanError says that a tree was there of which only the key is left.
type orphanError struct {
	anchor string
	orphan
}

func (e *orphanError) Error() string {
	return fmt.Sprintf("the ledger %s had begun (%s.begun, beside its keys), and neither the database nor the anchor %s knows it: they were emptied or replaced, and going on would begin it a second time. "+
		"Put back the newest database and its anchor; or, if they are lost, run \"samtykke log begin %s\", which starts the next part of the ledger and keeps the loss visible", e.origin, e.name, e.anchor, e.site)
}

// orphaned finds such trees. A tree that was planted since the keys were listed
// is in the anchor by now.
func (a *auditor) orphaned(ctx context.Context, site consent.SiteKey) error {
	if a.anchored == nil {
		return nil
	}
	now, err := a.anchors.file.Load()
	if err != nil {
		return err
	}
	found, err := a.orphans(ctx, a.keys, now)
	if err != nil {
		return err
	}
	for _, one := range found {
		if site == "" || site == one.site {
			a.fault(consent.LedgerFault{Site: one.site, Origin: one.origin, Index: -1, Flaw: consent.Flaw{Code: consent.FlawKeyAlone, Why: (&orphanError{a.anchors.file.Path, one}).Error()}})
		}
	}
	return nil
}

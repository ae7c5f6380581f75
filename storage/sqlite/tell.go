package sqlite

import (
	"context"
	"maps"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// goneFrom is what goes from one part of a year's ledger.
type goneFrom struct {
	year    int
	earlier string   // the part's origin, when it is not the newest
	newest  *growing // where it is told; nil while a backup is put back whose ledger takes no leaves
	indexes []int64
}

// locate finds the leaves of decisions that go, by years, and where the ledger can
// say that they are gone. One that has no leaf stays.
func (w *writer) locate(ctx context.Context, site consent.SiteKey, gone []named) ([]goneFrom, error) {
	byYear := make(map[int][]named)
	for _, one := range gone {
		year := yearOf(one.time)
		byYear[year] = append(byYear[year], one)
	}
	if _, err := w.newestNumber(ctx); err != nil {
		return nil, err
	}
	var all []goneFrom
	for _, year := range slices.Sorted(maps.Keys(byYear)) {
		found, err := w.locateYear(ctx, site, year, byYear[year])
		if err != nil {
			return nil, err
		}
		newest, err := w.growingTree(ctx, site, year)
		if err != nil {
			if !w.restoring || !awaitsBegin(err) {
				return nil, err
			}
			newest = nil
		}
		for _, from := range found {
			from.newest = newest
			all = append(all, from)
		}
	}
	return all, nil
}

// locateYear finds them in each part of a year's ledger that held some.
func (w *writer) locateYear(ctx context.Context, site consent.SiteKey, year int, gone []named) (found []goneFrom, err error) {
	parts, err := readTrees(ctx, w.conn, treesOfYear, string(site), year)
	if err != nil {
		return nil, err
	}
	missing := len(gone)
	for i, part := range parts {
		indexes, err := locateAll(ctx, w.conn, part, gone)
		if err != nil {
			return nil, err
		}
		if len(indexes) == 0 {
			continue
		}
		missing -= len(indexes)
		from := goneFrom{year: year, indexes: indexes}
		if i > 0 {
			from.earlier = part.origin
		}
		found = append(found, from)
	}
	if missing > 0 {
		return nil, errLeafless(site, year, missing)
	}
	return found, nil
}

func errLeafless(site consent.SiteKey, year, missing int) error {
	return consent.Errorf(consent.Internal, "no_leaf",
		"Nothing was removed: the ledger of %s for %d holds no leaf of some of the decisions (%d), so it could not say that they are gone. "+
			"The database was changed. Run samtykke log verify, and put back a database that holds.", site, year, missing)
}

// tell appends to the newest part of each year a leaf that names what is gone,
// apart for each part that held some.
func (w *writer) tell(ctx context.Context, all []goneFrom, event ledger.Event) error {
	for _, from := range all {
		if from.newest == nil {
			continue // Begin tells it
		}
		event.Spans, event.Origin = ledger.Spans(from.indexes), from.earlier
		if err := w.appendEvent(ctx, from.newest, &event); err != nil {
			return err
		}
	}
	return nil
}

package main

import (
	"slices"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage"
	"github.com/samtykke/samtykke/storage/ledger"
)

// restrictions gives when and why the frozen ones of the decisions were frozen.
// The journal alone is asked, which outlives the database; it is not read when
// nothing is frozen.
func restrictions(settings *config.Config, site consent.SiteKey, entries []consent.Entry) (map[consent.DecisionID]consent.Restriction, error) {
	if !slices.ContainsFunc(entries, func(e consent.Entry) bool { return e.Frozen }) {
		return nil, nil //nolint:nilnil // a nil map is an empty one
	}
	apart := storage.ApartFrom(settings)
	lines, err := ledger.NewJournal(apart.Erasures, ledger.Keys{Folder: apart.Keys}).Load()
	if err != nil {
		return nil, err
	}
	last := map[consent.DecisionID]consent.Restriction{}
	for _, line := range lines {
		switch {
		case line.Site != site:
		case !line.Frozen.IsZero():
			last[line.Frozen] = consent.Restriction{ID: line.Frozen, Reason: line.Reason, Time: line.Time}
		case !line.Released.IsZero():
			delete(last, line.Released)
		}
	}
	return last, nil
}

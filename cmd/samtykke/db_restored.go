package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage"
	"github.com/samtykke/samtykke/storage/sqlite"
)

// tell says what is in place and what is lost, and what to do.
func (r *restored) tell(ctx context.Context, t *terminal, settings *config.Config) (err error) {
	t.say("The backup is in place as %s. It was audited before: all %s leaves hold.", r.path, grouped(r.leaves))
	if r.missing > 0 {
		t.say("The journal of erasures has lost %s. What they erased after the backup IS BACK, and what they\nfroze may not be frozen: look in the register of requests and in letters, and do it again.", plural(r.missing, "line"))
	} else {
		t.say("What was erased after it is erased again, and what is frozen is frozen.")
	}
	if r.aside != "" {
		t.say("The database that was there is kept as %s.\nIt may hold what was erased since: remove it when nobody needs it.", r.aside)
	}
	store, err := r.openWith(ctx, t, settings)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	if err := r.tellAccess(ctx, t, store); err != nil {
		return err
	}
	if len(r.lost)+len(r.trails) > 0 {
		return r.loss(ctx, t, store, storage.ApartFrom(settings).Anchor)
	}
	act := actHere(t, "db.restore", filepath.Base(r.from))
	if err := act.Changing(endedChanges(r.ended)...); err != nil {
		return err
	}
	if err := store.RecordAct(ctx, act); err != nil {
		return err
	}
	_, quorum, err := settings.Witness.Peers()
	if err != nil {
		return err
	}
	report, finish := leafBar(t)
	found, err := store.Audit(ctx, "", report)
	finish()
	if err != nil {
		return err
	}
	t.say("\nNothing is missing: it holds all that its anchor knows of. The server may start.\n")
	err = showAudit(t, found, nil, quorum)
	if err == nil && len(found.Faults) > 0 {
		err = told{fmt.Errorf("%d faults", len(found.Faults))}
	}
	return err
}

// loss says how much is gone, and how to go on. An audit holds only after that.
func (r *restored) loss(ctx context.Context, t *terminal, store consent.Store, anchor string) error {
	unknown := slices.ContainsFunc(r.lost, func(one sqlite.Lost) bool { return one.Unknown })
	switch {
	case unknown:
		t.say("\nThe anchor %s does not know all of its ledgers, so nobody can tell what is lost.\nIf that file can still be found, put it there, and then the backup once more.\n", anchor)
	case len(r.lost) > 0:
		t.say("\nIt is OLDER than its anchor. What was acknowledged after the backup is lost: decisions,\nand notes of what was erased or has expired.\n")
	}
	sites, err := r.lostLedgers(t)
	if err != nil {
		return err
	}
	if len(r.trails) > 0 {
		t.say("\nOf what administrators have done after the backup is lost:\n")
		for i := range r.trails {
			t.say("  the audit trail %s: %s", called(r.trails[i].Organisation), brokeOff(&r.trails[i]))
		}
	}
	there, err := store.Sites(ctx)
	if err != nil {
		return err
	}
	t.say("\nIf a newer database can still be read, put that back instead. If not, start the next part\nof each ledger and trail, which keeps the loss visible; before that, the server does not start:\n")
	if len(r.trails) > 0 {
		t.say("  samtykke log begin%s", r.again())
	}
	for _, site := range sites {
		newer := !slices.ContainsFunc(there, func(entry consent.SiteEntry) bool { return entry.Key == site })
		if newer {
			t.say("  (the site %s is newer than the backup: import its site file, and publish it, first)", site)
		}
		if newer || len(r.trails) == 0 { // else it is among all
			t.say("  samtykke log begin %s%s", site, r.again())
		}
	}
	t.say("  samtykke log verify%s", r.again())
	return nil
}

// lostLedgers lists them, and gives the sites whose they are.
func (r *restored) lostLedgers(t *terminal) (sites []consent.SiteKey, err error) {
	if len(r.lost) == 0 {
		return nil, nil
	}
	rows := newTable(t, column{title: "LEDGER"}, column{title: "SIGNED", right: true}, column{title: "THERE", right: true}, column{title: "LOST", right: true})
	for _, one := range r.lost {
		had, gone := grouped(one.Had), grouped(one.Had-one.Has)
		if one.Unknown {
			had, gone = "unknown", "unknown"
		}
		rows.add(one.Origin, had, grouped(one.Has), gone)
		if !slices.Contains(sites, one.Site) {
			sites = append(sites, one.Site)
		}
	}
	return sites, rows.write()
}

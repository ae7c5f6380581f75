package notify

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const (
	night      = 2         // the hour in Norway from which a day's audit may run
	auditAgain = time.Hour // after one that could not run
)

// auditDue says whether the day's audit has yet to run.
func (w *Watcher) auditDue(now time.Time) bool {
	return w.memory.Audited != consent.DayOf(now).String() && consent.InNorway(now).Hour() >= night && now.Sub(w.tried) >= auditAgain
}

// auditNow audits all and remembers what was found.
func (w *Watcher) auditNow(ctx context.Context, now time.Time) {
	found, err := w.audit(ctx)
	if err != nil {
		if ctx.Err() == nil {
			w.tried = now
			w.Log.ErrorContext(ctx, "the day's audit could not run; it is tried again in an hour", "error", err)
		}
		return
	}
	if len(found) > 0 {
		w.Log.ErrorContext(ctx, "ALARM", "seen", "the day's audit found that the log does not hold", "ledgers", len(found), "repair", "samtykke log verify")
	}
	w.memory.Audited, w.memory.Found, w.tried = consent.DayOf(now).String(), found, time.Time{}
	if err := w.memory.write(); err != nil {
		w.Log.WarnContext(ctx, "that all was audited could not be written down; after a restart it is audited again", "error", err)
	}
}

// fault is how much does not hold of one thing. The faults are only counted: what
// an audit says of them may name a decision.
type fault struct {
	Site         consent.SiteKey        `json:"site,omitempty"`   // whose ledger it is
	Ledger       string                 `json:"ledger,omitempty"` // its origin
	Trail        bool                   `json:"trail,omitempty"`  // of the administrators
	Organisation consent.OrganisationID `json:"organisation,omitempty"`
	Unsigning    bool                   `json:"unsigning,omitempty"` // keys are missing
	Count        int                    `json:"count"`
}

// audit derives everything anew and counts what does not hold.
func (w *Watcher) audit(ctx context.Context) ([]fault, error) {
	found, err := w.Store.Audit(ctx, "", func(int64, int64) {})
	if err != nil {
		return nil, err
	}
	var faults []fault
	count := func(what fault, n int) {
		at := slices.IndexFunc(faults, func(f fault) bool { return f.name() == what.name() })
		if at < 0 {
			at, faults = len(faults), append(faults, what)
		}
		faults[at].Count += n
	}
	for _, each := range found.Faults {
		count(fault{Site: each.Site, Ledger: each.Origin}, 1)
	}
	if n := len(found.Unsigning); n > 0 {
		count(fault{Unsigning: true}, n)
	}
	organisations, err := w.Store.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	whose := []consent.Organisation{{}} // the installation's own trail
	for _, each := range append(whose, organisations...) {
		trails, err := w.Store.AuditTrails(ctx, each.ID)
		if err != nil {
			return nil, err
		}
		for _, trail := range trails {
			if trail.Fault.Code != "" {
				count(fault{Trail: true, Organisation: each.ID}, 1)
			}
		}
	}
	return faults, nil
}

// ours gives of what the last audit found what the people of a watch are told:
// those of an organisation of its ledgers and its trail.
func (w *watch) ours(sites []consent.SiteEntry) []fault {
	if w.whose == "" {
		return w.memory.Found
	}
	var ours []fault
	for _, each := range w.memory.Found {
		owned := slices.ContainsFunc(sites, func(site consent.SiteEntry) bool { return site.Key == each.Site })
		if owned || each.Trail && each.Organisation == w.whose {
			ours = append(ours, each)
		}
	}
	return ours
}

// audited tells what the day's audit found.
func (w *watch) audited(ctx context.Context, sites []consent.SiteEntry, now time.Time) ([]cause, error) {
	today := consent.DayOf(now).String()
	if w.memory.Audited != today {
		if w.whose == "" && consent.DayOf(w.tried).String() == today {
			return []cause{{kind: verification, key: "audit " + today, line: w.words["verification_failed"], items: []Item{{At: w.tried.UTC(), About: "not_audited"}}}}, nil
		}
		return nil, nil
	}
	ours := w.ours(sites)
	if len(ours) == 0 {
		return nil, nil
	}
	organisations, err := w.Store.Organisations(ctx)
	all := make([]cause, 0, len(ours))
	for _, each := range ours {
		all = append(all, cause{
			kind: verification, key: "audit " + today + " " + each.name(), items: []Item{w.itemOf(&each, now)}, line: w.words.count("verification_line", each.Count, "ledger", w.called(each, organisations)),
		})
	}
	return all, err
}

// itemOf is a fault for programs.
func (w *watch) itemOf(what *fault, now time.Time) Item {
	item := Item{Organisation: what.Organisation, Site: what.Site, At: consent.MidnightOf(now), About: "ledger", Counts: map[string]int{"faults": what.Count}}
	switch {
	case what.Trail && what.Organisation != "":
		item.About, item.Link = "trail", w.Admin+"/organisations/"+string(what.Organisation)+"/trail"
	case what.Trail:
		item.About = "trail"
	case what.Unsigning:
		item.About = "keys"
	case what.Site != "":
		item.Link = w.page(what.Site, "/log")
	}
	return item
}

// name tells faults apart.
func (f *fault) name() string {
	switch {
	case f.Trail:
		return "trail " + string(f.Organisation)
	case f.Unsigning:
		return "unsigning"
	default:
		return "ledger " + string(f.Site) + " " + f.Ledger
	}
}

// called says what does not hold.
func (w *watch) called(what fault, organisations []consent.Organisation) string {
	switch {
	case what.Trail:
		name := w.words["verification_installation"]
		if what.Organisation != "" {
			name = ofOrganisation(organisations, what.Organisation)
		}
		return w.words.fill("verification_trail", "whose", name)
	case what.Unsigning:
		return w.words["verification_unsigning"]
	default:
		return oneLine(cmp.Or(what.Ledger, string(what.Site), w.words["verification_database"]), maxSubject)
	}
}

package notify

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/auditing"
)

// ours gives of what the last audits found what the people of a watch are told: those of
// an organisation of its logs and its trail. Whoever is told of everything is told once of
// what is about no site.
func (w *watch) ours(sites []consent.SiteEntry) (ours []auditing.Found) {
	shared := false
	for _, each := range w.Audits.Found() {
		whole := each.Site == "" && !each.Trail && !each.Unsigning
		shared = shared || whole
		switch owned := slices.ContainsFunc(sites, func(site consent.SiteEntry) bool { return site.Key == each.Site }); {
		case w.whose == "":
			if shared && !whole {
				each.Count -= each.Shared
			}
		case !owned && (!each.Trail || each.Organisation != w.whose):
			continue
		}
		if each.Count > 0 {
			ours = append(ours, each)
		}
	}
	return ours
}

// audited tells what the audits found: of each day on which one did, once.
func (w *watch) audited(ctx context.Context, sites []consent.SiteEntry, names map[consent.SiteKey]string, now time.Time) (all []cause, err error) {
	if _, failed := w.Audits.Whole(); w.whose == "" && consent.DayOf(failed) == consent.DayOf(now) {
		link := w.aboutAudits()
		all = append(all, cause{
			kind: verification, key: "audit " + consent.DayOf(now).String(), line: w.words.fill("verification_failed", "link", link),
			items: []Item{{At: failed.UTC(), About: "not_audited", Link: link}},
		})
	}
	ours := w.ours(sites)
	if len(ours) == 0 {
		return all, nil
	}
	organisations, err := w.Store.Organisations(ctx)
	for i := range ours {
		each := &ours[i]
		item := w.itemOf(each)
		whose := w.whoseIs(each, sites, organisations)
		all = append(all, cause{
			kind: verification, key: "audit " + consent.DayOf(each.Ended).String() + " " + nameOfFound(each), items: []Item{item},
			subject: w.words["verification_subject"] + ": " + whose,
			line:    w.atLeast("verification_line", each.Count, each.More, "ledger", w.called(each, names, whose), "link", item.Link),
		})
	}
	return all, err
}

// atLeast is count, and says that there may be more.
func (w *watch) atLeast(key string, n int, more bool, pairs ...any) string {
	if more {
		return w.words.fill(key+"_most", append([]any{"n", w.words.grouped(n)}, pairs...)...)
	}
	return w.words.count(key, n, pairs...)
}

// aboutAudits is the address of what to do when a log does not hold.
func (w *watch) aboutAudits() string { return w.Admin + "/help/audit-failed" }

// whoseIs gives what the organisation is called whose something is, or the installation.
func (w *watch) whoseIs(what *auditing.Found, sites []consent.SiteEntry, organisations []consent.Organisation) string {
	whose := what.Organisation
	for i := range sites {
		if what.Site != "" && sites[i].Key == what.Site {
			whose = sites[i].Organisation
		}
	}
	if whose == "" {
		return w.words["verification_installation"]
	}
	return ofOrganisation(organisations, whose)
}

// itemOf is a fault for programs.
func (w *watch) itemOf(what *auditing.Found) Item {
	item := Item{Organisation: what.Organisation, Site: what.Site, At: consent.MidnightOf(what.Ended), About: "ledger", Counts: map[string]int{"faults": what.Count}, Link: w.aboutAudits()}
	switch {
	case what.Trail:
		item.About, item.Link = "trail", w.trailOf(what.Organisation)
	case what.Unsigning:
		item.About = "keys"
	case what.Site != "":
		item.Link = w.page(what.Site, "/log")
	}
	return item
}

// nameOfFound tells faults apart.
func nameOfFound(what *auditing.Found) string {
	switch {
	case what.Trail:
		return "trail " + string(what.Organisation)
	case what.Unsigning:
		return "unsigning"
	default:
		return "ledger " + string(what.Site)
	}
}

// called says what does not hold.
func (w *watch) called(what *auditing.Found, names map[consent.SiteKey]string, whose string) string {
	switch {
	case what.Trail:
		return w.words.fill("verification_trail", "whose", whose)
	case what.Unsigning:
		return w.words["verification_unsigning"]
	case what.Site == "":
		return w.words["verification_database"]
	default:
		return cmp.Or(names[what.Site], string(what.Site))
	}
}

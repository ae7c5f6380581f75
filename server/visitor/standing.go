package visitor

import (
	"slices"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// standing is what is known of whether a Decision still holds in the browser that made it.
// None says that it does: a newer one that was erased, or has not come yet, leaves nothing
// to know it by.
type standing string

// The standings. Once holds for one showing.
const (
	unreplaced standing = "not_replaced_here" // by any that is kept
	replaced   standing = "replaced"          // by a newer one, which says all of it anew
	ended      standing = "ended"             // its time is over
	askedAgain standing = "asked_again"       // at the next visit
	notAsked   standing = "not_asked"         // the site asks for nothing of it any more
	once       standing = ""                  // which is not told: valid_until is null
)

// stands is a standing, and until when: of one that was replaced or has ended when that was
// at the latest, zero for the next visit and for one showing.
type stands struct {
	how   standing
	until time.Time
}

// standingsOf gives how Decisions of a visitor stand now, oldest first, each made under the
// Draft of its Notice: what the site asks now, and not what it asked then, decides.
func standingsOf(entries []consent.Entry, asked []*consent.Draft, current *consent.Notice, now time.Time) []stands {
	all, last := make([]stands, len(entries)), -1
	for i := range entries {
		if !atPlaceholder(&entries[i]) {
			last = i // the newest that says everything
		}
	}
	for i := range entries {
		entry := &entries[i]
		until := entry.ValidUntil(&asked[i].Site)
		switch {
		case until.IsZero():
			all[i].how = once
		case i >= last:
			all[i] = standsLast(entry, asked[i], current, now)
		case entries[last].Time.Before(until):
			all[i] = stands{replaced, entries[last].Time}
		default: // it had ended before another was made
			all[i] = stands{ended, until}
		}
	}
	return all
}

// standsLast gives how one stands that no other replaced.
func standsLast(entry *consent.Entry, asked *consent.Draft, current *consent.Notice, now time.Time) stands {
	until := entry.ValidUntil(&asked.Site)
	ends := entry.ValidUntil(&current.Draft.Site)
	if ends.Before(current.Published) { // nothing ended before somebody said so
		ends = current.Published
	}
	if ends.Before(until) { // answers end earlier now
		until = ends
	}
	compared := consent.CompareAsks(asked, &current.Draft)
	gone, elsewhere := noLongerAsked(entry, asked, &current.Draft, compared.NoMore)
	switch {
	case !now.Before(until):
		return stands{ended, until}
	case asksAgain(entry, &compared), elsewhere && (gone || atPlaceholder(entry)):
		return stands{how: askedAgain}
	case gone && entry.Time.Before(current.Published):
		return stands{notAsked, current.Published}
	case gone: // answered on a page that was opened before
		return stands{notAsked, entry.Time}
	}
	return stands{unreplaced, until}
}

func atPlaceholder(entry *consent.Entry) bool {
	return entry.Method == consent.PlaceholderAlways || entry.Method == consent.PlaceholderOnce
}

// asksAgain says whether the site asks for what was answered anew: the banner for any
// category that it did not ask for alike, and a placeholder for a service that was
// answered in its place.
func asksAgain(entry *consent.Entry, compared *consent.Asked) bool {
	if !atPlaceholder(entry) {
		inBanner := func(unit string) bool { return !strings.Contains(unit, "/") }
		return slices.ContainsFunc(compared.Again, inBanner) || slices.ContainsFunc(compared.First, inBanner)
	}
	return slices.ContainsFunc(compared.Again, func(unit string) bool { return entry.Choice.Services[consent.ServiceRef(unit)] })
}

// noLongerAsked says whether all that was answered is asked no more under its name, and
// whether some of it is asked under another one: a service moved to another category.
func noLongerAsked(entry *consent.Entry, asked, current *consent.Draft, noMore []string) (all, elsewhere bool) {
	stays := false
	for _, unit := range asked.Asks() {
		switch {
		case !answers(entry, &unit):
		case !slices.Contains(noMore, unit.Name()):
			stays = true
		default:
			all = true
			elsewhere = elsewhere || asksForAny(current, unit.Refs)
		}
	}
	return all && !stays, elsewhere
}

// answers says whether a Decision is about what was asked: the banner's about each of its
// categories, and any about what it allows in place.
func answers(entry *consent.Entry, unit *consent.AskUnit) bool {
	if unit.Service != "" {
		return entry.Choice.Services[consent.ServiceRef(unit.Name())]
	}
	_, has := entry.Choice.Categories[unit.Category]
	return has && !atPlaceholder(entry)
}

// asksForAny says whether a Draft asks for one of some services, in whichever category.
func asksForAny(draft *consent.Draft, refs []consent.ServiceRef) bool {
	for _, unit := range draft.Asks() {
		for _, ref := range unit.Refs {
			_, key := ref.Split()
			if slices.ContainsFunc(refs, func(was consent.ServiceRef) bool { _, same := was.Split(); return same == key }) {
				return true
			}
		}
	}
	return false
}

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
	switch {
	case !now.Before(until):
		return stands{ended, until}
	case asksAgain(entry, asked, &current.Draft):
		return stands{how: askedAgain}
	}
	return stands{unreplaced, until}
}

func atPlaceholder(entry *consent.Entry) bool {
	return entry.Method == consent.PlaceholderAlways || entry.Method == consent.PlaceholderOnce
}

// asksAgain says whether the site asks for what was answered anew: the banner for any
// category that it did not ask for alike, and a placeholder for a service that was
// answered in its place.
func asksAgain(entry *consent.Entry, asked, current *consent.Draft) bool {
	compared := consent.CompareAsks(asked, current)
	if !atPlaceholder(entry) {
		inBanner := func(unit string) bool { return !strings.Contains(unit, "/") }
		return slices.ContainsFunc(compared.Again, inBanner) || slices.ContainsFunc(compared.First, inBanner)
	}
	return slices.ContainsFunc(compared.Again, func(unit string) bool { return entry.Choice.Services[consent.ServiceRef(unit)] })
}

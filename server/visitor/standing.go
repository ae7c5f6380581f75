package visitor

import (
	"slices"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// standing is whether a Decision still holds in the browser that made it.
type standing string

// The standings. Once holds for one showing.
const (
	holds      standing = "holds"
	replaced   standing = "replaced"    // by a newer one, which says all of it anew
	askedAgain standing = "asked_again" // at the next visit
	once       standing = ""            // which is not told: valid_until is null
)

// stands is a standing, and until when: of one that was replaced when it was, zero for
// the next visit and for one showing.
type stands struct {
	how   standing
	until time.Time
}

// standingsOf gives how Decisions of a visitor stand, oldest first, each made under the
// Draft of its Notice: what the site asks now, and not what it asked then, decides.
func standingsOf(entries []consent.Entry, asked []*consent.Draft, current *consent.Draft) []stands {
	all, now := make([]stands, len(entries)), -1
	for i := range entries {
		if !atPlaceholder(&entries[i]) {
			now = i // the newest that says everything
		}
	}
	for i := range entries {
		entry := &entries[i]
		until := entry.ValidUntil(&asked[i].Site)
		if ends := entry.ValidUntil(&current.Site); ends.Before(until) { // answers end earlier now
			until = ends
		}
		switch {
		case until.IsZero():
			all[i].how = once
		case i < now:
			all[i] = stands{replaced, entries[now].Time}
		case asksAgain(entry, asked[i], current):
			all[i].how = askedAgain
		default:
			all[i] = stands{holds, until}
		}
	}
	return all
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

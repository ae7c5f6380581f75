package admin

import (
	"net/http"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/turn"
)

// Entry is a route, as tests see it.
type Entry struct {
	Method, Path, Action string
	May                  consent.Permission
	Everybody, Somebody  bool
	Operators, Sure      bool
	Looks, Asks, Reason  bool
	Costs                bool
}

// AddressName is what a part of a draft is called in addresses.
func AddressName(name string) string { return addressName(name) }

// Entries gives the table of routes.
func (a *Admin) Entries() []Entry {
	entries := make([]Entry, len(a.routes))
	for i, r := range a.routes {
		entries[i] = Entry{
			Method: r.method, Path: r.path, Action: r.action, May: r.may, Everybody: r.who == everybody,
			Somebody: r.who == somebody, Operators: r.who == operators, Sure: r.sure, Looks: r.looks, Asks: r.ask != nil, Reason: r.reason, Costs: r.costs,
		}
	}
	return entries
}

// API gives the table of the routes for programs.
func (a *Admin) API() []api.Entry { return a.api.Entries() }

// Registered gives every method and path that Fiber answers, without those of the
// API.
func (a *Admin) Registered() map[string]bool {
	all := map[string]bool{}
	for _, r := range a.app.GetRoutes(true) {
		if r.Method != http.MethodHead {
			all[r.Method+" "+r.Path] = true
		}
	}
	for _, e := range a.API() {
		delete(all, e.Method+" "+e.Path)
	}
	return all
}

// Articles says which article of the manual belongs to which page.
var Articles = articles

// Fingerprint tells two states of a draft apart, as forms hold it.
var Fingerprint = fingerprint

// Kept gives the draft that is kept of a site, how many problems it has, and which
// revision it is.
func (a *Admin) Kept(site consent.SiteKey) (*consent.Draft, int, consent.DraftRevision) {
	kept, there := a.drafts.get(site)
	if !there {
		return nil, 0, 0
	}
	found := 0
	for _, some := range kept.problems().of {
		found += len(some)
	}
	return kept.draft, found, kept.revision
}

// Impatient has nobody wait for a turn.
func (a *Admin) Impatient() { *a.turns = *turn.New(0) }

// DraftShelf is what keeps drafts.
type DraftShelf struct{ *draftShelf }

// NewDraftShelf gives an empty one.
func NewDraftShelf() DraftShelf { return DraftShelf{newDraftShelf()} }

// Keep keeps a draft of which nothing else is asked.
func (s DraftShelf) Keep(d *consent.Draft) { s.add(&keptDraft{draft: d}) }

// Look looks at what is kept of a site.
func (s DraftShelf) Look(site consent.SiteKey) { s.get(site) }

// Has counts which of the sites have a draft on the shelf. Asking is no look.
func (s DraftShelf) Has(sites ...consent.SiteKey) (n int) {
	for _, site := range sites {
		if s.kept.Contains(site) {
			n++
		}
	}
	return n
}

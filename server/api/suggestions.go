package api

import (
	"net/http"

	"github.com/samtykke/samtykke/consent"
)

const (
	mostSuggestions = 100 // entries of the catalogue that are given at once
	mostSearched    = 200 // characters
)

func suggestionRoutes() []route {
	return []route{{
		method: http.MethodGet, path: "/sites/:site/suggestions", scope: consent.ScopeEdit, name: "listSuggestions",
		summary: "What the catalogue of the organisation says that vendors claim of cookies, the best match first; all of them when nothing is asked for. It is taken over by putting a service or a cookie",
		query: []parameter{
			{"search", "a name, a service or a company", object{"type": "string", "maxLength": mostSearched}},
			{"service", "cookies of this service that the draft does not have; left out with search", object{"type": "string"}},
		},
		answers: map[int]any{http.StatusOK: Suggestions{}}, handle: (*request).suggestionsGet,
	}}
}

// Suggestions are entries of a catalogue.
type Suggestions struct {
	Imported    *string          `json:"imported"    about:"when the catalogue was read in; null when the organisation has none"`
	Language    consent.Language `json:"language"    about:"of the purposes; empty when there is no catalogue"`
	Suggestions []Suggestion     `json:"suggestions"`
	More        int              `json:"more"        about:"that are not listed"`
}

// Suggestion is what the catalogue says of one cookie.
type Suggestion struct {
	Platform string              `json:"platform" about:"the service, as the catalogue calls it"`
	Company  string              `json:"company"`
	Policy   string              `json:"policy"`
	Category consent.CategoryKey `json:"category"`
	Name     string              `json:"name"`
	Match    consent.MatchType   `json:"match"`
	Domain   string              `json:"domain"`
	Purpose  string              `json:"purpose"`
	Lifetime consent.Lifetime    `json:"lifetime" about:"the vendor's claim; empty when it is no exact time"`
	Said     string              `json:"said"     about:"the claim in the vendor's words, when it is no exact time"`
}

func (r *request) suggestionsGet() (*answer, error) {
	var faults consent.Problems
	search, service := r.searched(&faults), consent.ServiceKey(r.c.Query("service"))
	if len(faults) > 0 {
		return nil, errFaults("The address asks for what there cannot be.", faults)
	}
	c, err := r.Store.Catalogue(r.ctx, r.key.Organisation)
	if consent.KindOf(err) == consent.NotFound {
		return &answer{body: Suggestions{Suggestions: []Suggestion{}}}, nil
	}
	if err != nil {
		return nil, err
	}
	found := c.Entries
	switch {
	case search != "":
		found = c.Find(search)
	case service != "":
		found, err = r.missingOf(c, service)
	}
	if err != nil {
		return nil, err
	}
	said := Suggestions{Imported: new(stamp(c.Imported)), Language: c.Language, Suggestions: []Suggestion{}, More: max(0, len(found)-mostSuggestions)}
	for _, e := range found[:len(found)-said.More] {
		said.Suggestions = append(said.Suggestions, Suggestion(e))
	}
	return &answer{body: said}, nil
}

// missingOf gives what the catalogue has of a service, and the draft has not.
func (r *request) missingOf(c *consent.Catalogue, key consent.ServiceKey) ([]consent.CatalogueEntry, error) {
	draft, err := r.Store.Draft(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	s := draft.Service(key)
	if s == nil {
		return nil, errUnknown()
	}
	return c.Missing(s), nil
}

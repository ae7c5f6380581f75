package api

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// catalogueRoutes are about what the organisation has read in of what others say about
// cookies. It belongs to no site: /suggestions says what it has for one.
func catalogueRoutes() []route {
	const path = "/catalogue"
	return []route{
		{
			method: http.MethodGet, path: path, scope: consent.ScopeRead, name: "getCatalogue",
			summary: "The catalogue of the organisation: what it was read in from, the rows that were not taken, and its cookies page by page",
			query: []parameter{
				{"search", "a name, a service or a company", object{"type": "string", "maxLength": mostSearched}},
				{"limit", "how many cookies at most", object{"type": "integer", "minimum": 1, "maximum": mostPage, "default": usualPage}},
				{"after", "next of the page before", object{"type": "string"}},
			},
			answers: map[int]any{http.StatusOK: Catalogue{}}, handle: (*request).catalogueGet,
		},
		{
			method: http.MethodPut, path: path, scope: consent.ScopeEdit, action: "api.catalogue.import", name: "putCatalogue",
			summary: "Read a file of the Open Cookie Database, CSV or JSON, in the place of the catalogue that there is. Rows that cannot be used are told, and the rest is taken; no draft changes by that",
			body:    NewCatalogue{}, answers: map[int]any{http.StatusOK: Catalogue{}}, refused: ofBody, handle: (*request).cataloguePut,
		},
		{
			method: http.MethodDelete, path: path, scope: consent.ScopeEdit, action: "api.catalogue.remove", name: "deleteCatalogue",
			summary: "Take the catalogue away. What was taken over from it into drafts stays there", answers: map[int]any{http.StatusOK: Catalogue{}}, handle: (*request).catalogueDelete,
		},
	}
}

// Catalogue is what an organisation has read in.
type Catalogue struct {
	Imported  *string          `json:"imported"  about:"when it was read in; null when the organisation has none"`
	Importer  *int64           `json:"importer"  about:"account that it was read in by"`
	Language  consent.Language `json:"language"  about:"of the purposes; empty when there is no catalogue"`
	Entries   int              `json:"entries"   about:"cookies that it has in all"`
	Platforms int              `json:"platforms" about:"services that these are of"`
	Refusals  int              `json:"refusals"  about:"rows of the file that were not taken"`
	Refused   []ImportLine     `json:"refused"   about:"the first of them, with the reason"`
	Cookies   []Suggestion     `json:"cookies"   about:"of this page"`
	Next      *string          `json:"next"      about:"ask for the next page with after; null on the last one"`
}

// NewCatalogue is a file that is to become the catalogue.
type NewCatalogue struct {
	Content  string           `json:"content"`
	Language consent.Language `json:"language,omitempty" about:"of the purposes; en when left out"`
}

// CatalogueQuery is a file that is to be read, and in whose name.
type CatalogueQuery struct {
	Organisation consent.OrganisationID
	Importer     consent.AccountID
	Language     consent.Language
	Content      string
}

// BadCatalogue is the code of a file of which nothing can be taken.
const BadCatalogue = "bad_catalogue"

// catalogueNow gives the catalogue of the organisation, an empty one for none.
func (r *request) catalogueNow() (*consent.Catalogue, error) {
	found, err := r.Store.Catalogue(r.ctx, r.key.Organisation)
	if consent.KindOf(err) == consent.NotFound {
		return &consent.Catalogue{}, nil
	}
	return found, err
}

func (r *request) catalogueGet() (*answer, error) {
	var faults consent.Problems
	search := r.searched(&faults)
	limit, from := r.pageLimit(&faults), 0
	if text := r.c.Query("after"); text != "" {
		var err error
		if from, err = strconv.Atoi(text); err != nil || from < 1 || from > consent.MaxCatalogue {
			errField(&faults, "after", "bad_after", "That is not what a page gave.", "Write next of the page before.")
		}
	}
	if len(faults) > 0 {
		return nil, errFaults("The address asks for what there cannot be.", faults)
	}
	return r.cataloguePage(search, from, limit)
}

// cataloguePage answers with the catalogue as it is now, and a page of its cookies.
func (r *request) cataloguePage(search string, from, limit int) (*answer, error) {
	c, err := r.catalogueNow()
	if err != nil {
		return nil, err
	}
	said := Catalogue{Language: c.Language, Entries: len(c.Entries), Platforms: c.Platforms(), Refusals: c.Refusals, Refused: r.Refused(c), Cookies: []Suggestion{}}
	if !c.Imported.IsZero() {
		said.Imported, said.Importer = new(stamp(c.Imported)), new(int64(c.Importer))
	}
	found := c.Entries
	if search != "" {
		found = c.Find(search)
	}
	found = found[min(from, len(found)):]
	if len(found) > limit {
		found, said.Next = found[:limit], new(strconv.Itoa(from+limit))
	}
	for _, e := range found {
		said.Cookies = append(said.Cookies, Suggestion(e))
	}
	return &answer{body: said}, nil
}

// searched reads what the address searches a catalogue for.
func (r *request) searched(faults *consent.Problems) string {
	search := strings.TrimSpace(r.c.Query("search"))
	if len([]rune(search)) > mostSearched {
		errField(faults, "search", "too_long", "Nothing has so long a name.", "Write at most 200 characters.")
	}
	return search
}

// cataloguePut reads a file. One of which nothing can be taken changes nothing.
func (r *request) cataloguePut() (*answer, error) {
	said := NewCatalogue{Language: consent.English}
	if err := r.read(&said); err != nil {
		return nil, err
	}
	if !said.Language.Known() {
		var faults consent.Problems
		errField(&faults, "language", "bad_choice", "No site can have this language.", "Write one such as nb, nn or en.")
		return nil, errFaults("Nothing was changed.", faults)
	}
	made, err := r.Catalogue(r.ctx, CatalogueQuery{r.key.Organisation, r.maker.ID, said.Language, said.Content})
	if isCode(err, BadCatalogue) {
		wrong := append([]ImportLine{{Code: BadCatalogue, Message: err.Error()}}, r.Refused(made)...)
		return nil, errLines(wrong, made.Refusals-len(made.Refused))
	}
	if err != nil {
		return nil, err
	}
	r.tells(strconv.Itoa(len(made.Entries)), "")
	if err := r.Store.SetCatalogue(r.ctx, made); err != nil {
		return nil, err
	}
	return r.cataloguePage("", 0, usualPage)
}

// catalogueDelete takes it away. What is not there is not taken away, and not told.
func (r *request) catalogueDelete() (*answer, error) {
	c, err := r.catalogueNow()
	if err != nil {
		return nil, err
	}
	if !c.Imported.IsZero() {
		if err := r.Store.DropCatalogue(r.ctx, r.key.Organisation); err != nil {
			return nil, err
		}
	}
	return r.cataloguePage("", 0, usualPage)
}

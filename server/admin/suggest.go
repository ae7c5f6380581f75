package admin

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// pageSuggestions is how many entries of the catalogue a form offers.
const pageSuggestions = 20

// suggestions are what the catalogue of the organisation offers beside a form in
// which something is added. It fills the form, and saves nothing.
type suggestions struct {
	There     bool   // the organisation has a catalogue
	Catalogue string // its page
	Search    string
	Rows      []suggestion
	More      int
	Used      *usedSuggestion
}

// suggestion is an entry of the catalogue, or a service of it.
type suggestion struct {
	Use      string // names it in the form
	Name     string
	Match    string
	By       string
	Text     web.Wording
	Lifetime string
	Cookies  int // of a service
	Names    string
}

// usedSuggestion is what the form was filled from.
type usedSuggestion struct {
	Name     string
	Imported time.Time
	Purpose  web.Wording // where no field takes it
	Said     string      // the lifetime, where it is no exact time
}

// suggest reads the catalogue, and what is searched for in it.
func (r *request) suggest() (*consent.Catalogue, *suggestions, error) {
	c, err := r.catalogue()
	if err != nil {
		return nil, nil, err
	}
	shown := &suggestions{There: c != nil, Catalogue: "/organisations/" + string(r.organisation.ID) + "/catalogue", Search: strings.TrimSpace(r.wanted("catalogue"))}
	if c == nil {
		c = &consent.Catalogue{}
	}
	shown.Search = firstCharacters(shown.Search)
	return c, shown, nil
}

// wanted gives what a person looks for in the catalogue, or takes from it: of the
// form that they have begun, or of the address.
func (r *request) wanted(name string) string {
	if r.form != nil {
		return r.form.Get(name)
	}
	return r.c.Query(name)
}

// onlyLooks says whether a form was sent to see what the catalogue has, and not to be
// saved. Enter in the field for it looks, and in the others saves.
func (r *request) onlyLooks() bool {
	return r.form.Has("search") || r.form.Has("use") || r.form.Get("by") == "enter" && r.field("catalogue") != r.field("searched")
}

// lookFor shows the form of a part as it is written so far, beside what the catalogue
// has. Nothing is saved.
func (r *request) lookFor(p *part) error {
	draft, err := r.draft()
	if err != nil {
		return err
	}
	values := maps.Clone(r.form)
	found, err := p.suggest(draft, values)
	if err != nil {
		return err
	}
	b := &builder{request: r, draft: draft, values: values}
	p.fields(b)
	return r.showPartPage(http.StatusOK, p, b, partPage{Was: r.form.Get("was"), Suggest: found})
}

// suggestServices offers services, and fills the form of a new one.
func (r *request) suggestServices(d *consent.Draft, values url.Values) (*suggestions, error) {
	c, shown, err := r.suggest()
	if err != nil {
		return nil, err
	}
	found, cookies := map[string]int{}, map[string]int{}
	for i := range c.Entries {
		cookies[strings.ToLower(c.Entries[i].Platform)]++
	}
	for _, e := range c.Find(shown.Search) {
		at, there := found[strings.ToLower(e.Platform)]
		if !there {
			at = len(shown.Rows)
			found[strings.ToLower(e.Platform)] = at
			shown.Rows = append(shown.Rows, suggestion{
				Use: e.Platform, Name: brief(e.Platform), By: brief(e.Company), Cookies: cookies[strings.ToLower(e.Platform)], Names: brief(e.Name),
			})
		} else if row := &shown.Rows[at]; strings.Count(row.Names, ", ") < 4 {
			row.Names += ", " + brief(e.Name)
		}
	}
	shown.cut()
	if entries := c.Of(r.wanted("use")); len(entries) > 0 {
		fillService(d, values, entries)
		shown.Used = &usedSuggestion{Name: brief(entries[0].Platform), Imported: c.Imported}
	}
	return shown, nil
}

func (s *suggestions) cut() {
	if len(s.Rows) > pageSuggestions {
		s.More, s.Rows = len(s.Rows)-pageSuggestions, s.Rows[:pageSuggestions]
	}
}

// fillService writes into the form of a new service what the catalogue says of it.
func fillService(d *consent.Draft, values url.Values, entries []consent.CatalogueEntry) {
	first := &entries[0]
	values.Set("key", keyOf(first.Platform))
	for _, lang := range d.Site.Languages {
		values.Set("name."+string(lang), first.Platform)
	}
	counts, most := map[consent.CategoryKey]int{}, 0
	for i := range entries {
		e := &entries[i]
		if counts[e.Category]++; d.Category(e.Category) != nil && counts[e.Category] > most {
			most = counts[e.Category]
			values.Set("category", string(e.Category))
		}
		if values.Get("provider.name") == "" {
			values.Set("provider.name", e.Company)
		}
		if values.Get("provider.policy") == "" {
			values.Set("provider.policy", e.Policy)
		}
	}
}

// suggestCookies offers cookies, and fills the form of a new one. As long as nothing
// is searched for, it offers those of the service that are not in the draft.
func (r *request) suggestCookies(d *consent.Draft, s *consent.Service, values url.Values) (*suggestions, error) {
	c, shown, err := r.suggest()
	if err != nil {
		return nil, err
	}
	found := c.Find(shown.Search)
	if shown.Search == "" {
		found = c.Missing(s)
	}
	use := r.wanted("use")
	for i := range found {
		shown.Rows = append(shown.Rows, r.suggestCookie(c.Language, &found[i]))
	}
	shown.cut()
	i := slices.IndexFunc(c.Entries, func(e consent.CatalogueEntry) bool { return use != "" && e.ID() == use })
	if i < 0 {
		return shown, nil
	}
	e := &c.Entries[i]
	r.fillCookie(d, s, values, c.Language, e)
	shown.Used = &usedSuggestion{Name: brief(e.Platform + ", " + e.Name), Imported: c.Imported, Said: brief(e.Said)}
	if !slices.Contains(d.Site.Languages, c.Language) {
		shown.Used.Purpose = r.catalogueWording(c.Language, e.Purpose)
	}
	return shown, nil
}

func (r *request) suggestCookie(lang consent.Language, e *consent.CatalogueEntry) suggestion {
	row := suggestion{
		Use: e.ID(), Name: brief(e.Name), By: brief(e.Platform), Text: r.catalogueWording(lang, e.Purpose), Lifetime: brief(e.Said),
	}
	if e.Lifetime != "" {
		row.Lifetime = brief(e.Lifetime.Words(r.lang))
	}
	if e.Match != consent.MatchExact {
		row.Match = r.say("inventory_match_" + string(e.Match))
	}
	return row
}

// catalogueWording marks a text with its language.
func (r *request) catalogueWording(lang consent.Language, text string) web.Wording {
	if lang == r.lang {
		lang = ""
	}
	return web.Wording{Text: brief(text), Lang: lang}
}

// fillCookie writes into the form of a new cookie what the catalogue says of it. The
// lifetime is the vendor's claim, and is not stated to visitors by that.
func (r *request) fillCookie(d *consent.Draft, s *consent.Service, values url.Values, lang consent.Language, e *consent.CatalogueEntry) {
	values.Set("pattern.name", e.Name)
	values.Set("pattern.match", string(e.Match))
	values.Set("status", string(consent.StatusVerify))
	values.Set("lifetime.vendor", r.lifetimeField(e.Lifetime))
	if slices.Contains(d.Site.Languages, lang) {
		values.Set("purpose."+string(lang), e.Purpose)
	}
	if e.Category != s.Category && d.Category(e.Category) != nil {
		values.Set("category", string(e.Category))
	}
	if strings.Contains(e.Domain, "3rd party") {
		values.Set("party", string(consent.ThirdParty))
	}
}

// useAddress is that of a form which is filled from the catalogue.
func useAddress(path, search, use string) string {
	return path + "?" + url.Values{"catalogue": {search}, "use": {use}}.Encode()
}

package main

import (
	"context"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

type inventorySuggestCmd struct {
	access
	Site    consent.SiteKey    `arg:"" help:"Key of the site."`
	Search  string             `arg:"" optional:"" help:"A name, a service or a company."`
	Service consent.ServiceKey `placeholder:"KEY" help:"Cookies that this service of the draft lacks."`
	Limit   int                `short:"n" default:"20" placeholder:"N" help:"Show at most this many; 20 unless told."`
	Take    []string           `sep:"none" placeholder:"NAME" help:"Take this over into the draft: with --service a cookie by its name, otherwise a service; may be repeated."`
	Yes     bool               `short:"y" help:"Save what is taken over."`
	JSON    bool               `name:"json" help:"Write one JSON object per line; one about all that is taken over."`
}

// mostSuggested is how many suggestions are shown at once: a whole catalogue.
const mostSuggested = consent.MaxCatalogue

// Help says what a suggestion is worth.
func (c *inventorySuggestCmd) Help() string {
	return `What the catalogue of the organisation says of cookies is what their vendors claim. It only suggests: what is taken over is to be verified, and its lifetime is the vendor's claim. The best match comes first. A catalogue is in one language; what still lacks words in the others is told. With --take it is told what would be added to the draft, as the forms for new services and cookies are filled; nothing is saved before --yes is added. A service comes without its cookies.

Examples:

  samtykke inventory suggest gjerdrum _ga
  samtykke inventory suggest gjerdrum --service youtube
  samtykke inventory suggest gjerdrum --take Hotjar --yes
  samtykke inventory suggest gjerdrum --service youtube --take PREF --take YSC --yes`
}

// Run shows what the catalogue has.
func (c *inventorySuggestCmd) Run(ctx context.Context, t *terminal) (err error) {
	switch {
	case len(c.Take) > 0 && c.Search != "":
		return misusef("what --take names is searched for by itself: leave %q out", c.Search)
	case len(c.Take) == 0 && (c.Search == "") == (c.Service == ""):
		return misusef("give either what to search for or --service")
	case len(c.Take) == 0 && c.Yes:
		return misusef("say with --take what is to be saved")
	case c.Limit < 1 || c.Limit > mostSuggested:
		return misusef("--limit must be between 1 and %d", mostSuggested)
	}
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	site, err := store.Site(ctx, c.Site)
	if err != nil {
		return err
	}
	catalogue, err := catalogueOf(ctx, store, site.Organisation)
	if err != nil {
		return err
	}
	if len(c.Take) > 0 {
		return c.take(ctx, t, store, catalogue)
	}
	draft, err := store.Draft(ctx, c.Site)
	if err != nil {
		return err
	}
	found, err := c.found(draft, catalogue)
	if err != nil {
		return err
	}
	more := max(0, len(found)-c.Limit)
	found = found[:len(found)-more]
	if c.JSON {
		err = entryLines(t, found)
	} else {
		err = c.show(t, draft, catalogue, found)
	}
	if err == nil && more > 0 {
		t.remark("There are %d more. Add --limit %d to see them.", more, len(found)+more)
	}
	return err
}

// found gives the entries that are asked for.
func (c *inventorySuggestCmd) found(draft *consent.Draft, catalogue *consent.Catalogue) ([]consent.CatalogueEntry, error) {
	if c.Service == "" {
		return catalogue.Find(c.Search), nil
	}
	s := draft.Service(c.Service)
	if s == nil {
		return nil, unknownService(draft, c.Service)
	}
	return catalogue.Missing(s), nil
}

func (c *inventorySuggestCmd) show(t *terminal, draft *consent.Draft, catalogue *consent.Catalogue, found []consent.CatalogueEntry) error {
	if len(found) == 0 {
		t.say("The catalogue suggests nothing.")
		return nil
	}
	if err := showEntries(t, found); err != nil {
		return err
	}
	if missing := missingTexts(draft, catalogue.Language); len(missing) > 0 {
		t.say("\nThe purposes are in %s. A cookie that you take over still lacks its purpose in: %s.", consent.Shipped()[catalogue.Language].Name, join(missing))
	}
	return nil
}

// missingTexts gives the languages of a site in which a catalogue says nothing.
func missingTexts(draft *consent.Draft, lang consent.Language) []consent.Language {
	return slices.DeleteFunc(slices.Clone(draft.Site.Languages), func(each consent.Language) bool { return each == lang })
}

// showEntries shows what a catalogue says, a cookie on each line.
func showEntries(t *terminal, entries []consent.CatalogueEntry) error {
	list := newTable(t, column{title: "COOKIE"}, column{title: "MATCH"}, column{title: "SERVICE"}, column{title: "COMPANY"}, column{title: "CATEGORY"}, column{title: "LIFETIME"}, column{title: "PURPOSE"})
	for i := range entries {
		e := &entries[i]
		lifetime := e.Said
		if e.Lifetime != "" {
			lifetime = e.Lifetime.Words(consent.English)
		}
		list.add(e.Name, string(e.Match), e.Platform, orDash(e.Company), orDash(string(e.Category)), orDash(lifetime), orDash(e.Purpose))
	}
	return list.write()
}

func entryLines(t *terminal, entries []consent.CatalogueEntry) error {
	lines := newLines(t)
	for i := range entries {
		if err := lines.Encode(api.Suggestion(entries[i])); err != nil {
			return err
		}
	}
	return nil
}

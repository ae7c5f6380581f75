package main

import (
	"context"
	"encoding/json"

	"github.com/samtykke/samtykke/consent"
)

// newLines writes JSON, a line for each object.
func newLines(t *terminal) *json.Encoder {
	lines := json.NewEncoder(t.out)
	lines.SetEscapeHTML(false)
	return lines
}

// catalogueOf makes "there is no catalogue" say how to get one.
func catalogueOf(ctx context.Context, store consent.CatalogueStore, in consent.OrganisationID) (*consent.Catalogue, error) {
	found, err := store.Catalogue(ctx, in)
	if consent.KindOf(err) == consent.NotFound {
		return nil, consent.Errorf(consent.NotFound, "no_catalogue", "%s has no catalogue. Read one in with: samtykke catalogue import %s FILE --maker EMAIL", in, in)
	}
	return found, err
}

type catalogueListCmd struct {
	access
	Organisation consent.OrganisationID `arg:"" help:"Short name of the organisation."`
	Search       string                 `arg:"" optional:"" help:"A name, a service or a company; all of it when left out."`
	Limit        int                    `short:"n" default:"20" placeholder:"N" help:"Show at most this many; 20 unless told."`
	JSON         bool                   `name:"json" help:"Write one JSON object per line."`
}

// Help says what a catalogue is.
func (c *catalogueListCmd) Help() string {
	return `A catalogue says what others have written about cookies. It suggests, on the page and with "samtykke inventory suggest", and never saves anything by itself. An organisation has one at most.

Example:

  samtykke catalogue list gjerdrum matomo`
}

// Run shows entries, and what the catalogue is.
func (c *catalogueListCmd) Run(ctx context.Context, t *terminal) (err error) {
	if c.Limit < 1 || c.Limit > mostSuggested {
		return misusef("--limit must be between 1 and %d", mostSuggested)
	}
	store, err := c.openOrganisation(ctx, t, c.Organisation)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	catalogue, err := catalogueOf(ctx, store, c.Organisation)
	if err != nil {
		return err
	}
	found := catalogue.Entries
	if c.Search != "" {
		found = catalogue.Find(c.Search)
	}
	shown := found[:min(c.Limit, len(found))]
	if c.JSON {
		return entryLines(t, shown)
	}
	if len(shown) > 0 {
		if err := showEntries(t, shown); err != nil {
			return err
		}
		t.say("")
	}
	t.say("%d of %s, in %s, read in on %s.", len(shown), plural(len(catalogue.Entries), "cookie"), consent.Shipped()[catalogue.Language].Name, dayShown(catalogue.Imported))
	return nil
}

type catalogueRemoveCmd struct {
	access
	Organisation consent.OrganisationID `arg:"" help:"Short name of the organisation."`
	Yes          bool                   `short:"y" help:"Remove it."`
	JSON         bool                   `name:"json" help:"Write one JSON object."`
}

// Help says what stays.
func (c *catalogueRemoveCmd) Help() string {
	return `What was taken over from it into drafts stays there. Nothing is removed before --yes is added.

Example:

  samtykke catalogue remove gjerdrum --yes`
}

// Run removes the catalogue, or says what would go.
func (c *catalogueRemoveCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.openOrganisation(ctx, t, c.Organisation)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	catalogue, err := catalogueOf(ctx, store, c.Organisation)
	if err != nil {
		return err
	}
	if c.Yes {
		if err := store.DropCatalogue(tellsOfOrganisation(ctx, t, c.Organisation, "catalogue.remove", ""), c.Organisation); err != nil {
			return err
		}
	}
	switch {
	case c.JSON:
		return newLines(t).Encode(map[string]any{"organisation": c.Organisation, "removed": c.Yes, "entries": len(catalogue.Entries)})
	case c.Yes:
		t.say("The catalogue of %s is removed.", c.Organisation)
	default:
		t.say("The catalogue of %s, with %s, would be removed. Run this again with --yes to do it.", c.Organisation, plural(len(catalogue.Entries), "cookie"))
	}
	return nil
}

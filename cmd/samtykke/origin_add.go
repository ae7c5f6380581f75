package main

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

type originAddCmd struct {
	access
	Site   consent.SiteKey `arg:"" help:"Key of the site."`
	Origin string          `arg:"" help:"The address, such as https://www.kommunen.example; \"https://*.kommunen.example\" is all that lies in it."`
	JSON   bool            `name:"json" help:"Write one JSON object."`
}

// Help says when it holds.
func (c *originAddCmd) Help() string {
	return `Only pages of a site's addresses show its banner, and send decisions. The draft gets the address; it holds after the next publication. What would be a fault of the draft is refused.

Example:

  samtykke origin add gjerdrum https://bibliotek.gjerdrum.kommune.no
  samtykke origin list gjerdrum
  samtykke notice publish gjerdrum`
}

// Run adds the address to the draft.
func (c *originAddCmd) Run(ctx context.Context, t *terminal) error {
	origin := consent.UnderstoodOrigin(c.Origin)
	changed, err := changeOrigins(ctx, t, c.access, c.Site, "origin.add", origin, func(origins []string) ([]string, error) {
		if slices.Contains(origins, origin) {
			return origins, nil
		}
		return append(slices.Clone(origins), origin), nil
	})
	switch {
	case err != nil:
		return err
	case c.JSON:
		return originChanged(t, c.Site, origin, changed)
	case !changed:
		t.say("%s is an address of %s already.", origin, c.Site)
		return nil
	}
	t.say("The draft of %s has the address %s. Visitors notice it after the next publication.", c.Site, origin)
	if consent.NeedsProof(origin) {
		t.say("How to show who controls it: samtykke origin list %s%s", c.Site, c.again())
	}
	return nil
}

// changeOrigins puts other addresses into the draft of a site.
func changeOrigins(ctx context.Context, t *terminal, a access, site consent.SiteKey, action, origin string, change func([]string) ([]string, error)) (changed bool, err error) {
	store, err := a.openSite(ctx, t, site)
	if err != nil {
		return false, err
	}
	defer closing(store, &err)
	telling, err := tellsOf(ctx, t, store, site, action, origin)
	if err != nil {
		return false, err
	}
	done, err := a.changeDraft(telling, t, store, site, func(draft *consent.Draft) error {
		origins, err := change(draft.Site.Origins)
		draft.Site.Origins = origins
		return err
	})
	return err == nil && done.Changed, err
}

func originChanged(t *terminal, site consent.SiteKey, origin string, changed bool) error {
	return json.NewEncoder(t.out).Encode(map[string]any{"site": site, "origin": origin, "changed": changed})
}

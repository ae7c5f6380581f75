package main

import (
	"context"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

type originRemoveCmd struct {
	access
	Site   consent.SiteKey `arg:"" help:"Key of the site."`
	Origin string          `arg:"" help:"The address, as \"samtykke origin list\" shows it."`
	JSON   bool            `name:"json" help:"Write one JSON object."`
}

// Help says what becomes of the pages there.
func (c *originRemoveCmd) Help() string {
	return `After the next publication pages of that address show no banner any more, and what waits for consent there stays waiting. The last address stays: a site without one could record no decision.

Example:

  samtykke origin remove gjerdrum https://gammel.gjerdrum.kommune.no`
}

// Run removes the address from the draft.
func (c *originRemoveCmd) Run(ctx context.Context, t *terminal) error {
	origin := consent.UnderstoodOrigin(c.Origin)
	changed, err := changeOrigins(ctx, t, c.access, c.Site, "origin.remove", origin, func(origins []string) ([]string, error) {
		at := slices.Index(origins, origin)
		if at < 0 {
			return nil, consent.Errorf(consent.NotFound, "unknown_origin", "The draft of %s has no address %q. There are: %s.", c.Site, c.Origin, join(origins))
		}
		return slices.Delete(slices.Clone(origins), at, at+1), nil
	})
	if err != nil {
		return err
	}
	if c.JSON {
		return originChanged(t, c.Site, origin, changed)
	}
	t.say("The draft of %s does not have the address %s any more. Visitors notice it after the next publication.", c.Site, origin)
	return nil
}

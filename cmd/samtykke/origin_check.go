package main

import (
	"context"
	"errors"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/control"
)

type originCheckCmd struct {
	access
	Site   consent.SiteKey `arg:"" help:"Key of the site."`
	Origin string          `arg:"" help:"The address, as \"samtykke origin list\" shows it."`
	JSON   bool            `name:"json" help:"Write one JSON object."`
}

// Help says what the exit code tells.
func (c *originCheckCmd) Help() string {
	return `The line is looked for in the DNS first, then in the file, as on the page; what is found is kept. The exit code is 1 when it is in neither. Only public addresses are asked. An address is looked at once in ten seconds.

Example:

  samtykke origin check gjerdrum https://www.gjerdrum.kommune.no`
}

// Run looks for what shows control, and keeps what it found.
func (c *originCheckCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, origins, site, err := c.openOrigins(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	origin := consent.UnderstoodOrigin(c.Origin)
	telling := tells(ctx, t, consent.Act{Organisation: site.Organisation, Site: site.Key, Action: "origin.check", Object: origin})
	fault, err := origins.Look(telling, site, origin)
	if consent.KindOf(err) == consent.NotFound {
		return c.unknown(ctx, origins, site)
	}
	if err != nil {
		return err
	}
	states, err := origins.Of(ctx, site)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(states, func(s control.OriginState) bool { return s.Origin == origin })
	switch {
	case c.JSON:
		err = originObject(t, states, origins.Must)
	case fault == "":
		t.say("It is shown who controls %s (%s).", origin, states[at].Method)
	default:
		sayWhatShows(t, &states[at])
	}
	if err == nil && fault != "" {
		t.remark("samtykke: nothing shows yet who controls %s", origin)
		return told{errors.New(string(fault))}
	}
	return err
}

// unknown names the addresses that can be looked at.
func (c *originCheckCmd) unknown(ctx context.Context, origins *control.Origins, site *consent.SiteEntry) error {
	states, err := origins.Of(ctx, site)
	if err != nil {
		return err
	}
	var needed []string
	for i := range states {
		if states[i].Needed {
			needed = append(needed, states[i].Origin)
		}
	}
	if len(needed) == 0 {
		return consent.Errorf(consent.NotFound, "unknown_origin", "The draft of %s has no address of which control can be shown. Add one with: samtykke origin add %s ORIGIN", c.Site, c.Site)
	}
	return consent.Errorf(consent.NotFound, "unknown_origin", "The draft of %s has no address %q of which control can be shown. There are: %s.", c.Site, c.Origin, join(needed))
}

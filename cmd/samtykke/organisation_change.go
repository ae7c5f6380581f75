package main

import (
	"context"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/organising"
)

type organisationChangeCmd struct {
	access
	Organisation consent.OrganisationID `arg:"" help:"Short name of the organisation."`
	Name         *string                `placeholder:"NAME" help:"What it is called from now on."`
	Number       *string                `placeholder:"NUMBER" help:"Norwegian organisation number, nine digits."`
	SecondFactor string                 `default:"" enum:",yes,no" placeholder:"yes|no" help:"Whether everybody needs two-step login."`
}

// Help says who notices.
func (c *organisationChangeCmd) Help() string {
	return `The drafts of its sites take the new name and number along, and visitors see them after the next publication. Once two-step login is demanded, those who lack it have no access to the organisation until they have set it up.

Examples:

  samtykke organisation change gjerdrum --name Gjerdrum --number 864949762
  samtykke organisation change gjerdrum --second-factor yes`
}

// Run changes what was named, and nothing else.
func (c *organisationChangeCmd) Run(ctx context.Context, t *terminal) (err error) {
	if c.Name == nil && c.Number == nil && c.SecondFactor == "" {
		return misusef("say what to change: --name, --number or --second-factor")
	}
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	now, err := knownOrganisation(ctx, store, c.Organisation)
	if err != nil {
		return err
	}
	if err := c.rename(ctx, t, store, *now); err != nil || c.SecondFactor == "" {
		return err
	}
	return c.demand(ctx, t, store)
}

// rename changes name and number where they are others.
func (c *organisationChangeCmd) rename(ctx context.Context, t *terminal, store consent.Store, now consent.Organisation) error {
	if c.Name == nil && c.Number == nil {
		return nil
	}
	to := now
	if c.Name != nil {
		to.Name = strings.TrimSpace(*c.Name)
	}
	if c.Number != nil {
		to.Number = ungrouped(*c.Number)
	}
	if err := checked(to); err != nil {
		return err
	}
	if to == now {
		t.say("%s is called %s (%s) already.", to.ID, to.Name, to.Number)
		return nil
	}
	if err := organising.Change(tellsOfOrganisation(ctx, t, to.ID, "organisation.change", ""), store, to, t.clock); err != nil {
		return err
	}
	sites, err := store.Sites(ctx)
	if err != nil {
		return err
	}
	t.say("%s is now called %s (%s).", to.ID, to.Name, to.Number)
	if count := sitesOf(sites, to.ID); count > 0 {
		t.say("So it is in %s of its sites. Visitors see it after the next publication.", plural(count, "draft"))
	}
	return nil
}

// demand sets whether everybody needs a second factor. Nobody has logged in, so nobody
// locks themselves out.
func (c *organisationChangeCmd) demand(ctx context.Context, t *terminal, store consent.Store) error {
	needed := c.SecondFactor == "yes"
	was, err := store.NeedsFactor(ctx, c.Organisation)
	if err != nil {
		return err
	}
	if was != needed {
		telling := tellsOfOrganisation(ctx, t, c.Organisation, "organisation.factor", c.SecondFactor)
		if err := organising.NeedFactor(telling, store, c.Organisation, needed, true); err != nil {
			return err
		}
	}
	if needed {
		t.say("Everybody needs two-step login to enter %s.", c.Organisation)
	} else {
		t.say("A password is enough to enter %s.", c.Organisation)
	}
	return nil
}

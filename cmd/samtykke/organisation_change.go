package main

import (
	"context"
	"log/slog"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/organising"
	"github.com/samtykke/samtykke/server/publishing"
)

type organisationChangeCmd struct {
	access
	Organisation consent.OrganisationID `arg:"" help:"Short name of the organisation."`
	Name         *string                `placeholder:"NAME" help:"What it is called from now on."`
	Number       *string                `placeholder:"NUMBER" help:"Norwegian organisation number, nine digits."`
	SecondFactor string                 `placeholder:"yes|no" help:"Whether everybody needs two-step login."`
	TwoPeople    string                 `placeholder:"yes|no" help:"Whether nobody publishes alone."`
}

// Help says who notices.
func (c *organisationChangeCmd) Help() string {
	return `The drafts of its sites take the new name and number along, and visitors see them after the next publication. Once two-step login is demanded, those who lack it have no access to the organisation until they have set it up. Where nobody publishes alone, at least two people must be able to publish; on the page two people end that, here it ends at once.

Examples:

  samtykke organisation change gjerdrum --name Gjerdrum --number 864949762
  samtykke organisation change gjerdrum --second-factor yes
  samtykke organisation change gjerdrum --two-people yes`
}

// Run changes what was named, and nothing else.
func (c *organisationChangeCmd) Run(ctx context.Context, t *terminal) (err error) {
	if c.Name == nil && c.Number == nil && c.SecondFactor == "" && c.TwoPeople == "" {
		return misusef("say what to change: --name, --number, --second-factor or --two-people")
	}
	for flag, value := range map[string]string{"second-factor": c.SecondFactor, "two-people": c.TwoPeople} {
		if value != "" && value != "yes" && value != "no" {
			return misusef("--%s: %q is neither yes nor no; write --%s yes or --%s no", flag, value, flag, flag)
		}
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
	if err := c.rename(ctx, t, store, *now); err != nil {
		return err
	}
	if c.SecondFactor != "" {
		if err := c.demand(ctx, t, store); err != nil {
			return err
		}
	}
	if c.TwoPeople == "" {
		return nil
	}
	return c.twoPeople(ctx, t, store)
}

// twoPeople sets whether nobody publishes alone.
func (c *organisationChangeCmd) twoPeople(ctx context.Context, t *terminal, store consent.Store) error {
	needed := c.TwoPeople == "yes"
	was, err := store.NeedsTwo(ctx, c.Organisation)
	if err != nil {
		return err
	}
	publisher := publishing.New(store, nil, t.clock, slog.New(slog.DiscardHandler))
	switch {
	case needed && !was:
		err = publisher.BeginTwo(tellsOfOrganisation(ctx, t, c.Organisation, "organisation.two.begin", ""), c.Organisation)
	case was && !needed:
		err = publisher.StopTwo(tellsOfOrganisation(ctx, t, c.Organisation, "organisation.two.end", ""), c.Organisation)
	}
	if err != nil {
		return err
	}
	if needed {
		t.say("In %s nobody publishes alone.", c.Organisation)
	} else {
		t.say("In %s one person is enough to publish.", c.Organisation)
	}
	return nil
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
	sites, err := store.Sites(ctx)
	if err != nil {
		return err
	}
	sites = slices.DeleteFunc(sites, func(site consent.SiteEntry) bool { return site.Organisation != to.ID })
	planned, err := plansOf(ctx, store, sites)
	if err != nil {
		return err
	}
	if _, err := organising.Change(tellsOfOrganisation(ctx, t, to.ID, "organisation.change", ""), store, to, t.clock); err != nil {
		return err
	}
	return c.renamed(ctx, t, store, to, planned)
}

// renamed tells what became of it. Planned are the plans for the drafts of the sites.
func (c *organisationChangeCmd) renamed(ctx context.Context, t *terminal, store consent.PlanStore, to consent.Organisation, planned []*consent.Plan) error {
	t.say("%s is now called %s (%s).", to.ID, to.Name, to.Number)
	if len(planned) > 0 {
		t.say("So it is in %s of its sites. Visitors see it after the next publication.", plural(len(planned), "draft"))
	}
	for _, plan := range planned {
		if err := c.remarkLapsed(ctx, t, store, plan); err != nil {
			return err
		}
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

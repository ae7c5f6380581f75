package main

import (
	"context"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/server/sitefile"
)

type serviceSharedCmd struct {
	access
	Site   consent.SiteKey `arg:"" help:"Key of the site."`
	Search string          `arg:"" optional:"" help:"A name, a company, a host or a cookie."`
	JSON   bool            `name:"json" help:"Write one JSON object per line."`
}

// Help says what for.
func (c *serviceSharedCmd) Help() string {
	return `The services of the organisation's other sites, those that are not on this one first. "samtykke service copy" puts them into the draft; what is here already is compared with "samtykke service compare".

Examples:

  samtykke service shared gjerdrum
  samtykke service shared gjerdrum matomo

Read on: samtykke help draft`
}

// Run lists them.
func (c *serviceSharedCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	site, err := store.Site(ctx, c.Site)
	if err != nil {
		return err
	}
	draft, err := store.Draft(ctx, c.Site)
	if err != nil {
		return err
	}
	found, err := admin.Machine{Store: store, Clock: t.clock}.Sharing().Others(ctx, &site, draft, c.Search)
	if err != nil {
		return err
	}
	list, lines := newTable(t, column{title: "SERVICE"}, column{title: "NAME"}, column{title: "COMPANY"}, column{title: "COOKIES", right: true}, column{title: "HERE"}), newLines(t)
	for _, s := range found.Services {
		if !c.JSON {
			list.add(s.Service, orDash(s.Name), orDash(s.Provider), strconv.Itoa(s.Cookies), orDash(string(s.Here)))
		} else if err := lines.Encode(s); err != nil {
			return err
		}
	}
	if found.More > 0 {
		t.remark("… and %s more. Search for fewer: samtykke service shared %s SEARCH%s", plural(found.More, "service"), c.Site, c.again())
	}
	switch {
	case c.JSON:
		return nil
	case len(found.Services) == 0:
		t.say("No other site of the organisation has such a service.")
		return nil
	}
	return list.write()
}

type serviceCopyCmd struct {
	partChange
	Site     consent.SiteKey `arg:"" help:"Key of the site that gets them."`
	Services []string        `arg:"" name:"site/service" help:"Each as \"samtykke service shared SITE\" lists it."`
}

// Help says what stays behind.
func (c *serviceCopyCmd) Help() string {
	return `Puts services of the organisation's other sites into the draft: all that are named, or none. What belongs to a site stays with it: notes, measured lifetimes, pages where a service never runs, and languages.

Example:

  samtykke service copy gjerdrum bibliotek/matomo

Read on: samtykke help draft`
}

// Run copies them.
func (c *serviceCopyCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	site, err := store.Site(ctx, c.Site)
	if err != nil {
		return err
	}
	sharing := admin.Machine{Store: store, Clock: t.clock}.Sharing()
	done, err := c.editDraft(ctx, t, store, c.Site, c.Revision, func(draft *consent.Draft) (*edit, error) {
		next := draft.Copy()
		faults, err := sharing.Copy(ctx, &site, next, c.Services)
		if err != nil {
			return nil, err
		}
		if len(faults) > 0 {
			return nil, t.refuseNamed(faults, c.Services)
		}
		return &edit{next, "draft.service.copy", strings.Join(c.Services, ", "), sitefile.NewProblems(draft, next.ValidateOn(t.today()), t.today(), "")}, nil
	})
	if err != nil {
		return err
	}
	return c.done(t, done)
}

// refuseNamed shows why nothing was done with what was named, each by its name.
func (t *terminal) refuseNamed(faults consent.Problems, names []string) error {
	for _, p := range faults {
		name := p.Path
		for _, part := range strings.Split(p.Path, ".") {
			if at, err := strconv.Atoi(part); err == nil && at < len(names) {
				name = names[at]
			}
		}
		t.remark("%s: %s", printable(name), printable(p.Message))
	}
	t.remark("\nNothing was saved.")
	return told{faults}
}

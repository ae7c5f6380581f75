package main

import (
	"context"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/sitefile"
)

type serviceCompareCmd struct {
	access
	Site    consent.SiteKey    `arg:"" help:"Key of the site."`
	Service consent.ServiceKey `arg:"" help:"Key of the service."`
	JSON    bool               `name:"json" help:"Write one JSON object per site."`
}

// Help says what follows.
func (c *serviceCompareCmd) Help() string {
	return `What the organisation's other sites say of the service otherwise. "samtykke service take" puts one of their versions here, and "samtykke service send" puts this one there.

Example:

  samtykke service compare gjerdrum youtube

Read on: samtykke help draft`
}

// Run compares the service.
func (c *serviceCompareCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	draft, err := store.Draft(ctx, c.Site)
	if err != nil {
		return err
	}
	at, err := newElsewhere(ctx, t, store, draft, c.Service)
	if err != nil {
		return err
	}
	lines := newLines(t)
	for i := range at.sites {
		if !c.JSON {
			at.tell(t, &at.sites[i])
		} else if err := lines.Encode(at.sites[i]); err != nil {
			return err
		}
	}
	if len(at.sites) == 0 && !c.JSON {
		t.say("The organisation has no other site.")
	}
	return nil
}

// elsewhere is a service of a draft beside what the other sites say of it.
type elsewhere struct {
	sharing api.Sharing
	site    consent.SiteEntry
	service *consent.Service
	sites   []api.ElsewhereSite
}

func newElsewhere(ctx context.Context, t *terminal, store consent.Store, draft *consent.Draft, key consent.ServiceKey) (*elsewhere, error) {
	at := &elsewhere{sharing: admin.Machine{Store: store, Clock: t.clock}.Sharing(), service: draft.Service(key)}
	if at.service == nil {
		return nil, unknownService(draft, key)
	}
	var err error
	if at.site, err = store.Site(ctx, draft.Site.Key); err != nil {
		return nil, err
	}
	found, err := at.sharing.Elsewhere(ctx, &at.site, draft, at.service)
	if err != nil {
		return nil, err
	}
	at.sites = found.Sites
	return at, nil
}

// of gives what one site says, and names the others when there is no such site.
func (e *elsewhere) of(site consent.SiteKey) (*api.ElsewhereSite, error) {
	keys := make([]consent.SiteKey, len(e.sites))
	for i := range e.sites {
		if keys[i] = e.sites[i].Site; keys[i] == site {
			return &e.sites[i], nil
		}
	}
	return nil, consent.Errorf(consent.NotFound, "unknown_site", "The organisation of %s has no other site %q, but: %s.", e.site.Key, site, orDash(join(keys)))
}

// tell says what one site says otherwise.
func (e *elsewhere) tell(t *terminal, s *api.ElsewhereSite) {
	switch {
	case s.Service == "":
		t.say("%s does not have %s.", s.Site, e.service.Key)
	case s.Same:
		t.say("%s says the same of %s.", s.Site, e.service.Key)
	default:
		t.say("%s says otherwise:", s.Service)
	}
	for _, each := range s.Differences {
		t.say("  %s\n    %s: %s\n    %s: %s", printable(each.Field), e.site.Key, orDash(printable(each.Here)), s.Site, orDash(printable(each.There)))
	}
	if s.More > 0 {
		t.say("  … and %s more.", plural(s.More, "difference"))
	}
}

type serviceTakeCmd struct {
	partChange
	Site    consent.SiteKey    `arg:"" help:"Key of the site that gets it."`
	Service consent.ServiceKey `arg:"" help:"Key of the service there."`
	From    consent.SiteKey    `arg:"" help:"Key of the site whose version is taken over."`
	Seen    string             `placeholder:"SEEN" help:"Take it over only while the other site says what \"samtykke service compare --json\" told as seen."`
	Yes     bool               `short:"y" help:"Take it over."`
}

// Help says what stays.
func (c *serviceTakeCmd) Help() string {
	return `Without --yes it says what another site says otherwise; with it that takes the place of what is said here. What belongs to a site stays with it: notes, measured lifetimes, pages where a service never runs, and languages.

Example:

  samtykke service take gjerdrum matomo bibliotek --yes

Read on: samtykke help draft`
}

// Run takes the version over.
func (c *serviceTakeCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	done, err := c.editDraft(ctx, t, store, c.Site, c.Revision, func(draft *consent.Draft) (*edit, error) {
		at, err := newElsewhere(ctx, t, store, draft, c.Service)
		if err != nil {
			return nil, err
		}
		theirs, err := at.of(c.From)
		switch {
		case err != nil:
			return nil, err
		case theirs.Service == "":
			return nil, consent.Errorf(consent.NotFound, "unknown_service", "%s does not have %s.", c.From, c.Service)
		case c.Seen != "" && c.Seen != theirs.Seen:
			return nil, errChangedElsewhere(c.Service, c.From)
		}
		if !c.Yes && !c.JSON {
			at.tell(t, theirs)
		}
		next := draft.Copy()
		faults, err := at.sharing.Take(ctx, &at.site, next, next.Service(c.Service), api.Taking{Service: theirs.Service, Seen: theirs.Seen})
		if err != nil {
			return nil, err
		}
		if len(faults) > 0 {
			return nil, t.refuseNamed(faults, nil)
		}
		problems := sitefile.NewProblems(draft, next.ValidateOn(t.today()), t.today(), "")
		if !c.Yes {
			return &edit{draft: draft, problems: problems}, nil
		}
		return &edit{next, "draft.service.take", theirs.Service, problems}, nil
	})
	if err != nil {
		return err
	}
	if c.Yes || c.JSON {
		return c.done(t, done)
	}
	t.say("Nothing is saved. Run this again with --yes to save it in the draft of %s.", c.Site)
	return nil
}

func errChangedElsewhere(service consent.ServiceKey, site consent.SiteKey) error {
	return consent.Errorf(consent.Conflict, "changed", "Somebody has changed %s on %s meanwhile. Nothing was saved. Look at it again: samtykke service compare", service, site)
}

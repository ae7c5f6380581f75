package main

import (
	"context"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

type serviceSendCmd struct {
	partChange
	Site    consent.SiteKey    `arg:"" help:"Key of the site that has it."`
	Service consent.ServiceKey `arg:"" help:"Key of the service there."`
	To      []consent.SiteKey  `arg:"" help:"Keys of the sites that get it."`
	Seen    []string           `placeholder:"SEEN" help:"Once for each site, in order: put it there only while the site says what \"samtykke service compare --json\" told as seen."`
	Yes     bool               `short:"y" help:"Put it there."`
}

// Help says what becomes of it.
func (c *serviceSendCmd) Help() string {
	return `Without --yes it says what each site says otherwise now; with it what is said here is put into the drafts of all sites that are named, or of none. It stands in the trail as a change of each, and visitors notice it when each is published.

Example:

  samtykke service send gjerdrum matomo bibliotek kulturskolen --yes

Read on: samtykke help draft`
}

// sentService is what is told of each site.
type sentService struct {
	Site    consent.SiteKey `json:"site"`
	Changed bool            `json:"changed"`
}

// Run puts the service into other drafts.
func (c *serviceSendCmd) Run(ctx context.Context, t *terminal) (err error) {
	if len(c.Seen) > 0 && len(c.Seen) != len(c.To) {
		return misusef("give --seen once for each site, or not at all")
	}
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	draft, revision, err := store.DraftAt(ctx, c.Site)
	if err != nil {
		return err
	}
	if c.Revision != 0 && c.Revision != revision {
		return errOtherRevision(c.Site, revision, c.Revision)
	}
	at, err := newElsewhere(ctx, t, store, draft, c.Service)
	if err != nil {
		return err
	}
	sent := make([]sentService, len(c.To))
	to, entries := make([]api.SendingTo, len(c.To)), make([]consent.SiteEntry, len(c.To))
	for i, site := range c.To {
		theirs, err := at.of(site)
		switch {
		case err != nil:
			return err
		case slices.Contains(c.To[:i], site):
			return misusef("%s is named twice", site)
		case len(c.Seen) > 0 && c.Seen[i] != theirs.Seen:
			return errChangedElsewhere(c.Service, site)
		case !c.Yes && !c.JSON:
			at.tell(t, theirs)
		}
		sent[i], to[i], entries[i].Key = sentService{site, c.Yes && !theirs.Same}, api.SendingTo{Site: site, Seen: theirs.Seen}, site
	}
	if c.Yes {
		if err := c.send(ctx, t, store, at, to, entries); err != nil {
			return err
		}
	}
	return c.told(t, sent)
}

// send saves the service in the other drafts, and says what lapsed by that.
func (c *serviceSendCmd) send(ctx context.Context, t *terminal, store consent.Store, at *elsewhere, to []api.SendingTo, entries []consent.SiteEntry) error {
	telling, err := tellsOf(ctx, t, store, c.Site, "draft.service.send", string(c.Site)+"/"+string(c.Service))
	if err != nil {
		return err
	}
	plans, err := plansOf(ctx, store, entries)
	if err != nil {
		return err
	}
	faults, err := at.sharing.Send(telling, &at.site, at.service, to)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		names := make([]string, len(c.To))
		for i, site := range c.To {
			names[i] = string(site)
		}
		return t.refuseNamed(faults, names)
	}
	for _, plan := range plans {
		if err := c.remarkLapsed(ctx, t, store, plan); err != nil {
			return err
		}
	}
	return nil
}

func (c *serviceSendCmd) told(t *terminal, sent []sentService) error {
	lines := newLines(t)
	for _, each := range sent {
		switch {
		case c.JSON:
			if err := lines.Encode(each); err != nil {
				return err
			}
		case each.Changed:
			t.say("The draft of %s is changed. Show it to visitors with: samtykke notice publish %s%s", each.Site, each.Site, c.again())
		case c.Yes:
			t.say("The draft of %s says so already.", each.Site)
		}
	}
	if !c.Yes && !c.JSON {
		t.say("Nothing is saved. Run this again with --yes to save it in these drafts.")
	}
	return nil
}

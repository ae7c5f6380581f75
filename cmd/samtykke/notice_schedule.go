package main

import (
	"context"
	"errors"
	"log/slog"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
)

type noticeScheduleCmd struct {
	access
	Site    consent.SiteKey `arg:"" help:"Key of the site."`
	Time    string          `arg:"" help:"When, such as 2026-12-01T08:00."`
	Maker   string          `required:"" placeholder:"EMAIL" help:"Account that answers for it: nothing is published when this person may not publish at that time."`
	Comment string          `placeholder:"TEXT" help:"What is said of it on the page, and in the audit trail when it is published."`
}

// Help says who carries it out.
func (c *noticeScheduleCmd) Help() string {
	return `A running server publishes the draft within a minute after the time, or when it starts again. A draft that is changed meanwhile is not published: the page for publishing says so. The time is Norwegian, as on the page; or write 2026-12-01T07:00:00Z.

Where the organisation asks for two people to publish this is refused: somebody proposes the draft, on the page or with "samtykke notice propose", and another one approves it. At once the operator publishes all the same: samtykke notice publish SITE

Example:

  samtykke notice schedule gjerdrum 2026-12-01T08:00 --maker kari@example.no`
}

// Run plans the publishing of the draft as it is now.
func (c *noticeScheduleCmd) Run(ctx context.Context, t *terminal) (err error) {
	due, until, err := span(c.Time, t.clock())
	if err != nil {
		return err
	}
	if !due.Equal(until) {
		return misusef("%q is a day; write the hour, too, such as 2026-12-01T08:00", c.Time)
	}
	if err := publishing.CheckComment(c.Comment); err != nil {
		return err
	}
	settings, said, err := c.spoken(t)
	if err != nil {
		return err
	}
	store, err := c.openWith(ctx, t, settings)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	if _, err := known(ctx, store, c.Site); err != nil {
		return err
	}
	site, err := store.Site(ctx, c.Site)
	if err != nil {
		return err
	}
	maker, err := knownAccount(ctx, store, c.Maker)
	if err != nil {
		return err
	}
	if !publishing.Publishes(maker, site.Organisation) {
		return consent.Errorf(consent.Forbidden, "maker_not_permitted", "%s may not publish the sites of %s. Name somebody who may, or give a role: samtykke account role EMAIL %s publisher", maker.Email, site.Organisation, site.Organisation)
	}
	draft, revision, err := store.DraftAt(ctx, c.Site)
	if err != nil {
		return err
	}
	act := consent.Act{Organisation: site.Organisation, Site: c.Site, Action: "publish.schedule", Object: consent.InNorway(due).Format("2006-01-02 15:04"), Reason: c.Comment}
	plan := &consent.Plan{Site: c.Site, Revision: revision, Proposer: maker.ID, Comment: c.Comment, Due: due.UTC()}
	err = publishing.New(store, said, t.clock, slog.New(slog.DiscardHandler)).Schedule(tells(ctx, t, act), site.Organisation, draft, plan)
	if err != nil {
		return c.refused(t, err)
	}
	remarkAhead(t, draft)
	t.say("The draft of %s is published at %s, if nobody changes it.", c.Site, whenShown(due))
	return nil
}

// refused says what to do instead.
func (c *noticeScheduleCmd) refused(t *terminal, err error) error {
	var faults consent.Problems
	if errors.As(err, &faults) {
		t.refuseDraft(c.Site, faults, "planned")
		return told{err}
	}
	var own *consent.Error
	if errors.As(err, &own) && own.Code == "plan_waits" {
		own.Message += " End it first: samtykke notice unschedule " + string(c.Site)
	}
	return err
}

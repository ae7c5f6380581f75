package main

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/publishing"
)

type noticeProposeCmd struct {
	access
	Site    consent.SiteKey `arg:"" help:"Key of the site."`
	Maker   string          `required:"" placeholder:"EMAIL" help:"Account that proposes it, and so may not agree to it."`
	Due     string          `placeholder:"TIME" help:"When it is to be published, such as 2026-12-01T08:00; once somebody agrees when left out."`
	Comment string          `placeholder:"TEXT" help:"What is said of it to whoever agrees, and in the audit trail."`
	JSON    bool            `name:"json" help:"Write one JSON object."`
}

// Help says who may agree.
func (c *noticeProposeCmd) Help() string {
	return `Another person agrees to the draft as it is now, on the page for publishing or with "samtykke notice approve". That is nobody who has proposed it or changed it since the last notice, and nobody whom one of those has let in lately. A draft with faults is not proposed.

Example:

  samtykke notice propose gjerdrum --maker kari@example.no --comment chat`
}

// Run proposes the draft, and says who may agree.
func (c *noticeProposeCmd) Run(ctx context.Context, t *terminal) (err error) {
	due, err := whenDue(c.Due, t.clock())
	if err != nil {
		return err
	}
	if err := publishing.CheckComment(c.Comment); err != nil {
		return err
	}
	d, err := c.openPlans(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(d.store, &err)
	maker, err := permitted(ctx, d.store, c.Maker, d.site.Organisation, consent.MayEdit, "change drafts")
	if err != nil {
		return err
	}
	draft, revision, err := d.store.DraftAt(ctx, c.Site)
	if err != nil {
		return err
	}
	plan := &consent.Plan{Site: c.Site, Revision: revision, Proposer: maker.ID, Comment: c.Comment, Due: due}
	if err := d.publisher.Propose(d.telling(ctx, "publish.propose", maker.ID, due, c.Comment), draft, plan); err != nil {
		return c.refused(t, err)
	}
	remarkAhead(t, draft)
	agree, err := d.mayAgree(ctx, plan)
	if err != nil {
		return err
	}
	if len(agree) == 0 {
		d.remarkNobody()
	}
	if c.JSON {
		two, err := d.store.NeedsTwo(ctx, d.site.Organisation)
		if err != nil {
			return err
		}
		said, err := api.PlanOf(ctx, d.store, plan)
		if err != nil {
			return err
		}
		return json.NewEncoder(t.out).Encode(plannedObject{api.Planned{TwoPeople: two, Plan: said}, agree})
	}
	t.say("The draft of %s is proposed by %s.", c.Site, maker.Email)
	if len(agree) > 0 {
		d.sayWhoAgrees(agree)
	}
	return nil
}

// whenDue reads when something is to happen, the zero time for nothing written.
func whenDue(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	due, until, err := span(text, now)
	if err != nil {
		return due, err
	}
	if !due.Equal(until) {
		return due, misusef("%q is a day; write the hour, too, such as 2026-12-01T08:00", text)
	}
	return due.UTC(), nil
}

// refused says what to do instead.
func (c *noticeProposeCmd) refused(t *terminal, err error) error {
	var faults consent.Problems
	if errors.As(err, &faults) {
		t.refuseDraft(c.Site, faults, "proposed")
		return told{err}
	}
	var own *consent.Error
	if errors.As(err, &own) && own.Code == "plan_waits" {
		own.Message += " See it: samtykke notice plan " + string(c.Site)
	}
	return err
}

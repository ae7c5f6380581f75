package main

import (
	"context"
	"errors"
	"time"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
)

type noticeApproveCmd struct {
	access
	Site       consent.SiteKey `arg:"" help:"Key of the site."`
	By         string          `required:"" placeholder:"EMAIL" help:"Account that agrees."`
	Draft      *consent.Hash   `placeholder:"SHA-256" help:"The draft that was agreed to: refused when it is another by now."`
	JSON       bool            `name:"json" help:"Write one JSON object."`
	NoPictures bool            `help:"Take no pictures of the banner."`
	Browser    string          `placeholder:"PATH" help:"The browser to take pictures with; otherwise Chromium or Chrome is looked for."`
}

// Help says whose word it is.
func (c *noticeApproveCmd) Help() string {
	return `Do this when the person has said so to you: the audit trail tells of a command that agreed in their name. The rules are those of the page: who proposed the draft, or changed it since the last notice, may not agree to it. The draft is published at once, or at the time that was proposed.

With --draft nothing but the draft that the person has seen is agreed to: give the whole SHA-256, as "samtykke notice plan" and the page for publishing have it. Without it, that is whatever is proposed now.

Examples:

  samtykke notice plan gjerdrum
  samtykke notice approve gjerdrum --by ola@example.no [--draft SHA-256]
  samtykke notice approve gjerdrum --by ola@example.no`
}

// Run agrees to the proposal.
func (c *noticeApproveCmd) Run(ctx context.Context, t *terminal) (err error) {
	d, err := c.openPlans(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(d.store, &err)
	who, err := permitted(ctx, d.store, c.By, d.site.Organisation, consent.MayPublish, "publish")
	if err != nil {
		return err
	}
	plan, err := d.proposed(ctx, (*consent.Plan).Waits)
	if err != nil {
		return err
	}
	before, err := consent.InForce(ctx, d.store, c.Site)
	if err != nil {
		return err
	}
	seen, err := c.seen(ctx, d)
	if err != nil {
		return err
	}
	done, err := d.publisher.Approve(d.telling(ctx, "publish.approve", who.ID, time.Time{}, ""), c.Site, plan.ID, who.ID, seen)
	if err != nil {
		return c.refused(ctx, d, plan, err)
	}
	if done == nil {
		return c.later(t, plan)
	}
	return c.published(ctx, t, d, before, done)
}

// seen gives which draft is agreed to: the one that was named, or else the one that
// there is.
func (c *noticeApproveCmd) seen(ctx context.Context, d *planDesk) (consent.Hash, error) {
	draft, err := d.store.Draft(ctx, c.Site)
	if err != nil {
		return consent.Hash{}, err
	}
	switch sum := draft.Hash(); {
	case c.Draft == nil, *c.Draft == sum:
		return sum, nil
	default:
		return sum, consent.Errorf(consent.Conflict, "draft_another", "The draft of %s has the SHA-256 %s, not the one that was given, so nothing was agreed to. Have the person look at it again.", c.Site, sum)
	}
}

// refused names who may agree instead.
func (c *noticeApproveCmd) refused(ctx context.Context, d *planDesk, plan *consent.Plan, err error) error {
	var own *consent.Error
	if !errors.As(err, &own) || own.Kind != consent.Forbidden || own.Code == "origins_unproven" {
		return err
	}
	agree, failed := d.mayAgree(ctx, plan)
	if failed != nil || len(agree) == 0 {
		return err
	}
	own.Message = c.By + ": " + own.Message + " May agree: " + join(agree) + "."
	return err
}

// later says when it is published.
func (c *noticeApproveCmd) later(t *terminal, plan *consent.Plan) error {
	if c.JSON {
		return newLines(t).Encode(map[string]any{"site": c.Site, "due": plan.Due.UTC().Format(stamp)})
	}
	t.say("The draft of %s is published at %s, if nobody changes it.", c.Site, whenShown(plan.Due))
	return nil
}

// published tells of the notice, as publishing does.
func (c *noticeApproveCmd) published(ctx context.Context, t *terminal, d *planDesk, before *consent.Notice, done *banner.Published) error {
	as := noticePublishCmd{access: c.access, Site: c.Site, JSON: c.JSON, NoPictures: c.NoPictures, Browser: c.Browser}
	return as.told(ctx, t, d.store, before, done)
}

type noticeReturnCmd struct {
	access
	Site   consent.SiteKey `arg:"" help:"Key of the site."`
	By     string          `required:"" placeholder:"EMAIL" help:"Account that sends it back, or that proposed it and takes it back."`
	Reason string          `placeholder:"TEXT" help:"What has to be changed. Whoever takes back what they proposed needs none."`
	JSON   bool            `name:"json" help:"Write one JSON object."`
}

// Help says what becomes of the draft.
func (c *noticeReturnCmd) Help() string {
	return `The draft stays as it is, and is not published. Whoever proposed it takes it back by that; others who publish send it back with a reason, which stands on the page and in the audit trail.

Examples:

  samtykke notice return gjerdrum --by ola@example.no --reason incomplete
  samtykke notice return gjerdrum --by kari@example.no`
}

// Run ends the proposal.
func (c *noticeReturnCmd) Run(ctx context.Context, t *terminal) (err error) {
	d, err := c.openPlans(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(d.store, &err)
	who, err := permitted(ctx, d.store, c.By, d.site.Organisation, consent.MayEdit, "change drafts")
	if err != nil {
		return err
	}
	plan, err := d.proposed(ctx, (*consent.Plan).Open)
	if err != nil {
		return err
	}
	telling := d.telling(ctx, "publish.return", who.ID, time.Time{}, c.Reason)
	err = d.publisher.Return(telling, c.Site, plan.ID, who.ID, publishing.Publishes(who, d.site.Organisation), c.Reason)
	var own *consent.Error
	if errors.As(err, &own) && own.Code == "bad_reason" {
		return misusef("write with --reason what has to be changed")
	}
	if err != nil {
		return err
	}
	if c.JSON {
		return newLines(t).Encode(map[string]any{"site": c.Site, "taken_back": plan.Proposer == who.ID})
	}
	if plan.Proposer == who.ID {
		t.say("The proposal to publish the draft of %s is taken back.", c.Site)
	} else {
		t.say("The proposal to publish the draft of %s is sent back.", c.Site)
	}
	return nil
}

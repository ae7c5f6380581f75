package main

import (
	"context"
	"log/slog"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
)

type noticeUnscheduleCmd struct {
	access
	Site consent.SiteKey `arg:"" help:"Key of the site."`
}

// Help says what stays.
func (c *noticeUnscheduleCmd) Help() string {
	return `The draft stays as it is, and is published at no time. What waits for a second person to approve it is not ended here, but by "samtykke notice return".

Example:

  samtykke notice unschedule gjerdrum`
}

// Run ends what is planned.
func (c *noticeUnscheduleCmd) Run(ctx context.Context, t *terminal) (err error) {
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
	publisher := publishing.New(store, said, t.clock, slog.New(slog.DiscardHandler))
	plan, err := publisher.Plan(ctx, c.Site)
	if err != nil {
		return err
	}
	if !plan.Open() || plan.State != consent.PlanScheduled {
		return consent.Errorf(consent.NotFound, "no_plan", "No time is set for publishing the draft of %s.", c.Site)
	}
	telling, err := tellsOf(ctx, t, store, c.Site, "publish.cancel", "")
	if err != nil {
		return err
	}
	if err := publisher.Cancel(telling, c.Site, plan.ID, 0); err != nil {
		return err
	}
	t.say("The draft of %s is published at no time any more.", c.Site)
	return nil
}

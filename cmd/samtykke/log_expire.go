package main

import (
	"context"
	"time"

	"github.com/samtykke/samtykke/consent"
)

type logExpireCmd struct {
	access
	Site consent.SiteKey `arg:"" help:"Key of the site."`
	Yes  bool            `help:"Do it. Without this, only what would go is shown."`
}

// Help says who does this otherwise.
func (c *logExpireCmd) Help() string {
	return `Decisions are kept as evidence for as long as the site's notice says (site.retention). A running server removes what is older by itself, when it starts and every six hours; this does it now, and says how many.

Record and salt go; the leaf stays and opens nothing any more, and a later leaf says which have expired.

Example:

  samtykke log expire gjerdrum`
}

// Run removes, or says what it would remove.
func (c *logExpireCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	notice, err := current(ctx, store, c.Site)
	if err != nil {
		return err
	}
	if notice == nil {
		t.say("The site %s has published nothing, so nothing is stored.", c.Site)
		return nil
	}
	now := t.clock()
	before := notice.Draft.Site.Retention.Before(now)
	kept := notice.Draft.Site.Retention.Words(consent.English)
	if !c.Yes {
		oldest, err := store.Read(ctx, consent.LogQuery{Site: c.Site, To: before, Oldest: true, Limit: 1})
		if err != nil {
			return err
		}
		if len(oldest) == 0 {
			t.say("Nothing is older than %s, for which decisions are kept.", kept)
			return nil
		}
		t.say("Decisions are kept for %s. The oldest is of %s; all from before %s would go. Run this again with --yes to do it.",
			kept, oldest[0].Time.In(now.Location()).Format(time.DateTime), before.Format(time.DateTime))
		return nil
	}
	gone, err := store.Expire(ctx, c.Site, before, now.UTC())
	t.say("%d decisions from before %s were removed.", gone, before.Format(time.DateTime))
	return err
}

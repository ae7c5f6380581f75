package main

import (
	"context"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/rights"
)

type logReleaseCmd struct {
	access
	logChosen
	Why string `placeholder:"TEXT" help:"Why, in your words, needed with --yes: 1 to 500 characters, such as the number of the case, and nothing about the person."`
	Yes bool   `help:"Do it. Without this, only what would be released is shown."`
}

// Help says what the law wants first.
func (c *logReleaseCmd) Help() string {
	return `Ends what log freeze began: the decisions are used again, and go when their time is up. Whoever asked for the restriction must be told before it is lifted (GDPR art. 18(3)). When nothing changes, the exit code is 1. The audit trail keeps the reason, as it does of the page.

Examples:

  samtykke log release gjerdrum --receipt 019ab0c4-8f3e-7cc1-9d4b-0a6f5e2d1c3b
  samtykke log release gjerdrum --receipt 019ab0c4-8f3e-7cc1-9d4b-0a6f5e2d1c3b --why 2026/1234 --yes`
}

// Run releases, or says what it would release.
func (c *logReleaseCmd) Run(ctx context.Context, t *terminal) error {
	if !c.Yes {
		return c.preview(ctx, t)
	}
	if err := rights.CheckReason(c.Why); err != nil {
		return misusef("--why: %w Say why the freeze ends, such as --why \"Case 2026/1234\", and nothing about the person", err)
	}
	return restrict(ctx, t, c.access, &c.logChosen, consent.Restriction{Release: true, Why: c.Why}, "released")
}

func (c *logReleaseCmd) preview(ctx context.Context, t *terminal) (err error) {
	visitor, id, err := c.who(t)
	if err != nil {
		return err
	}
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	if _, err := c.sake(ctx, store); err != nil {
		return err
	}
	if visitor, id, err = c.widened(ctx, store, visitor, id); err != nil {
		return err
	}
	entries, err := c.find(ctx, store, visitor, id)
	if err != nil {
		return err
	}
	t.say("%d would be released, of %d %s. Run this again with --why and --yes to do it.", frozenAmong(entries), len(entries), between(entries))
	return nil
}

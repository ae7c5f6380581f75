package main

import (
	"context"

	"github.com/samtykke/samtykke/consent"
)

type logRotateCmd struct {
	access
	Site consent.SiteKey `arg:"" help:"Key of the site."`
}

// Help says what stays valid.
func (c *logRotateCmd) Help() string {
	return `Use this when somebody may have seen the signing key. The new key signs from the next checkpoint on, also on a server that is running. What the earlier keys signed stays valid, and a leaf says when the key changed.

Example:

  samtykke log rotate gjerdrum`
}

// Run makes the key and names its public half.
func (c *logRotateCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	key, err := store.Rotate(ctx, c.Site, t.clock().UTC())
	if err == nil {
		t.say("The new verifier key, to publish:\n%s", key)
	}
	return err
}

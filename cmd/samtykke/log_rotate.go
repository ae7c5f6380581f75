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
	return `Use this when somebody may have seen the signing key, or when it is lost. The new key signs from the next checkpoint on, also on a server that is running. What the earlier keys signed stays valid, and a leaf says when the key changed.

Each year has a key of its own. This year's is replaced, and so is one of an earlier year that is not there any more. The audit trail tells of it.

Example:

  samtykke log rotate gjerdrum`
}

// Run makes the keys and names their public halves.
func (c *logRotateCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	ctx, err = tellsOf(ctx, t, store, c.Site, "log.rotate", "")
	if err != nil {
		return err
	}
	keys, err := store.Rotate(ctx, c.Site, t.clock().UTC())
	if err == nil {
		t.say("New verifier keys, to publish:\n%s", keys)
	}
	return err
}

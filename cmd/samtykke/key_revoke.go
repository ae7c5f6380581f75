package main

import (
	"context"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

type keyRevokeCmd struct {
	access
	Organisation consent.OrganisationID `arg:"" help:"Organisation that it belongs to."`
	Key          consent.APIKeyID       `arg:"" help:"Key, as \"samtykke key list\" shows it."`
}

// Help says when.
func (c *keyRevokeCmd) Help() string {
	return `It stops working with the next request, and so do the invitations that it made. What was done with it stays in the audit trail, which tells of this, too.`
}

// Run ends the key.
func (c *keyRevokeCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	keys, err := store.APIKeys(ctx, c.Organisation)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(keys, func(k consent.APIKey) bool { return k.ID == c.Key })
	if at < 0 {
		return consent.Errorf(consent.NotFound, "unknown_key", "There is no key %q of %s. See those that there are: samtykke key list %s", c.Key, c.Organisation, c.Organisation)
	}
	if err := store.RevokeAPIKey(tellsOfKey(ctx, t, "key.revoke", &keys[at]), c.Organisation, c.Key); err != nil {
		return err
	}
	t.say("The key %q works no more.", keys[at].Name)
	return nil
}

package main

import (
	"context"

	"github.com/samtykke/samtykke/consent"
)

type accountResetCmd struct {
	access
	Email  string `arg:"" help:"E-mail address of the account."`
	Factor bool   `help:"Take the second factor away, too: the device and the recovery codes are lost."`
}

// Help says what happens to the old password.
func (c *accountResetCmd) Help() string {
	return `The old password works until the link is used. The link works once, within seven days. When it is used, everything else that opens the account ends: passkeys, authenticator app, recovery codes, a link to a provider and all logins. The API keys that the person has made end, too: programs that use them stop, and need new ones. --factor takes the second factor away at once. The link is written here, and not sent: hand it to the person in a way that nobody else reads.`
}

// Run makes a new link.
func (c *accountResetCmd) Run(ctx context.Context, t *terminal) (err error) {
	settings, err := c.settings(t, nil)
	if err != nil {
		return err
	}
	store, err := c.openWith(ctx, t, settings)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	account, err := knownAccount(ctx, store, c.Email)
	if err != nil {
		return err
	}
	if account.Closed {
		return consent.Errorf(consent.Conflict, "closed_account", "The account %s is closed. An operator opens it again, on the page of all accounts.", account.Email)
	}
	if c.Factor {
		if err := store.DropFactors(tellsOfAccount(ctx, t, "account.factor.remove", account.ID), account.ID); err != nil {
			return err
		}
	}
	link, err := newLink(tellsOfAccount(ctx, t, "account.link", account.ID), t, store, adminAddress(settings), account.Email)
	if err != nil {
		return err
	}
	t.say("This link works once, within seven days:\n\n  %s", link)
	sayHere(t, settings)
	return nil
}

package main

import (
	"context"
)

type accountCloseCmd struct {
	access
	Email string `arg:"" help:"E-mail address of the account."`
	Open  bool   `help:"Let the person in again."`
}

// Help says what stays.
func (c *accountCloseCmd) Help() string {
	return `Whoever is logged in is logged out at once, and the API keys that the person has made end for good: opening the account again does not bring them back. What the person has done stays in the audit trail, so an account is never removed. The last operator, and the last administrator of an organisation, cannot be closed: make somebody else one first.`
}

// Run closes the account, or opens it again.
func (c *accountCloseCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	account, err := knownAccount(ctx, store, c.Email)
	if err != nil {
		return err
	}
	account.Closed = !c.Open
	action := "account.close"
	if c.Open {
		action = "account.open"
	}
	if err := store.ChangeAccount(tellsOfAccount(ctx, t, action, account.ID), account); err != nil {
		return err
	}
	if c.Open {
		t.say("%s may log in again.", account.Email)
	} else {
		t.say("%s is closed: nobody logs in with it any more.", account.Email)
	}
	return nil
}

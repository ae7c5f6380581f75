package main

import (
	"context"
	"strconv"

	"github.com/samtykke/samtykke/consent"
)

// objectOf names an account in the trail.
func objectOf(account *consent.Account) string { return strconv.FormatInt(int64(account.ID), 10) }

type accountLogoutCmd struct {
	access
	Email string `arg:"" help:"E-mail address of the account."`
	JSON  bool   `name:"json" help:"Write one JSON object."`
}

// Help says what still opens the account.
func (c *accountLogoutCmd) Help() string {
	return `Every browser in which the person is logged in has to log in again. Password, passkeys and API keys stay: "samtykke account reset" makes a new password, and "samtykke account close" lets nobody in.

Example:

  samtykke account logout ola@example.no`
}

// Run ends the logins.
func (c *accountLogoutCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	account, err := knownAccount(ctx, store, c.Email)
	if err != nil {
		return err
	}
	logins, err := store.Logins(ctx, account.ID)
	if err != nil {
		return err
	}
	if err := store.EndLogins(tellsOfAccount(ctx, t, "account.logout", account.ID), account.ID, consent.LoginID{}); err != nil {
		return err
	}
	ended := 0
	for i := range logins {
		if !logins[i].Over(t.clock()) {
			ended++
		}
	}
	if c.JSON {
		return newLines(t).Encode(map[string]any{"email": account.Email, "ended": ended})
	}
	t.say("%s: %s ended.", account.Email, plural(ended, "login"))
	return nil
}

package main

import (
	"context"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
)

type initCmd struct {
	access
	Email    string `arg:"" optional:"" help:"E-mail address of the first administrator."`
	Language string `default:"nb" enum:"nb,nn,en" help:"Language of the pages: nb, nn or en."`
}

// Help says how to begin.
func (c *initCmd) Help() string {
	return `Makes the database when there is none, and the first account: an operator, who is administrator of every organisation that is there already. The link that it writes works once. Open it while the server runs. It also says which of public.url and admin.url are not set: links in letters and answers are made of them.

Example:

  samtykke init kari@example.no
  samtykke serve`
}

// Run makes the first account, or says that there is one.
func (c *initCmd) Run(ctx context.Context, t *terminal) (err error) {
	if c.Email == "" {
		return misusef("name the first administrator: samtykke init kari@example.no")
	}
	settings, err := c.settings(t, nil)
	if err != nil {
		return err
	}
	email, err := consent.NewEmail(c.Email)
	if err != nil {
		return err
	}
	store, err := openStore(ctx, t, settings)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	accounts, err := store.Accounts(ctx)
	if err != nil {
		return err
	}
	if len(accounts) > 0 {
		return consent.Errorf(consent.Conflict, "begun", "There is an account already (%s). Make further ones with: samtykke account add EMAIL. A new link for somebody: samtykke account reset EMAIL", accounts[0].Email)
	}
	id, err := c.first(ctx, t, store, email)
	if err != nil {
		return err
	}
	// without its link the account is no way in, so the act goes with that
	link, err := newLink(tellsOfAccount(ctx, t, "account.add", id), t, store, adminAddress(settings), email)
	if err != nil {
		return err
	}
	t.say("Start the server (samtykke serve%s), then open this link and choose a password. It works once:\n\n  %s", c.again(), link)
	for _, each := range unset(settings) {
		t.say("\n%s", each)
	}
	return nil
}

// unset says which addresses are to be set before links are handed on: the server does
// not know under which names it is reached.
func unset(settings *config.Config) []string {
	var said []string
	if settings.Public.URL == "" {
		said = append(said, "Before the first visitor, set public.url to the address of the script, such as https://samtykke.example.no: links in answers to visitors, script tags and the name of the ledger are made of it.")
	}
	if settings.Admin.URL == "" {
		said = append(said, "Before you invite others, set admin.url to the address of the administration, such as https://samtykke-admin.example.no: links in letters lead there, and until then to localhost.")
	}
	return said
}

// first makes the operator, as administrator of what is there.
func (c *initCmd) first(ctx context.Context, t *terminal, store consent.Store, email string) (consent.AccountID, error) {
	organisations, err := store.Organisations(ctx)
	if err != nil {
		return 0, err
	}
	account := &consent.Account{Email: email, Name: email, Language: consent.Language(c.Language), Operator: true, Created: t.clock()}
	for _, o := range organisations {
		account.Memberships = append(account.Memberships, consent.Membership{Organisation: o.ID, Role: consent.RoleAdministrator})
	}
	return store.AddAccount(ctx, account)
}

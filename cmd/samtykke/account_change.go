package main

import (
	"context"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/organising"
)

type accountChangeCmd struct {
	access
	Email    string           `arg:"" help:"E-mail address of the account."`
	NewEmail string           `name:"email" placeholder:"EMAIL" help:"Address with which the person logs in from now on."`
	Name     *string          `placeholder:"NAME" help:"What the person is called from now on."`
	Language consent.Language `enum:",nb,nn,en" default:"" placeholder:"LANGUAGE" help:"Language of the pages: nb, nn or en."`
	Operator string           `enum:",yes,no" default:"" placeholder:"yes|no" help:"Whether the person makes organisations, and looks after all accounts."`
	JSON     bool             `name:"json" help:"Write one JSON object."`
}

// Help says who is told.
func (c *accountChangeCmd) Help() string {
	return `The audit trail of the installation tells of the change, and that of each organisation of the person when the name or the address becomes another: whoever reads the new address can get a link to a new password. Logins go on, unless somebody becomes an operator or is one no more: then they end, and API keys with the scope installation do for good. What the person may do in an organisation is changed by "samtykke account role".

Examples:

  samtykke account change ola@example.no --email ola.nordmann@example.no
  samtykke account change kari@example.no --operator yes`
}

// Run changes what was named, and nothing else.
func (c *accountChangeCmd) Run(ctx context.Context, t *terminal) (err error) {
	if c.NewEmail == "" && c.Name == nil && c.Language == "" && c.Operator == "" {
		return misusef("say what to change: --email, --name, --language or --operator")
	}
	if c.Name != nil {
		if err := personName(*c.Name, c.Email); err != nil {
			return err
		}
	}
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	account, err := knownAccount(ctx, store, c.Email)
	if err != nil {
		return err
	}
	if c.Name != nil || c.Language != "" {
		if err := c.profile(ctx, t, store, account); err != nil {
			return err
		}
	}
	if c.NewEmail != "" {
		if err := c.address(ctx, t, store, account); err != nil {
			return err
		}
	}
	if c.Operator != "" && account.Operator != (c.Operator == "yes") {
		account.Operator = c.Operator == "yes"
		telling := tells(ctx, t, consent.Act{Action: "account.operator", Object: objectOf(account) + " " + c.Operator})
		if err := store.ChangeAccount(telling, account); err != nil {
			return err
		}
	}
	if c.JSON {
		return newLines(t).Encode(map[string]any{"email": account.Email, "name": account.Name, "language": account.Language, "operator": account.Operator})
	}
	t.say("%s is %s, in %s, and %s.", account.Email, printable(account.Name), consent.Shipped()[account.Language].Name, operatorWord(account.Operator))
	return nil
}

func operatorWord(operator bool) string {
	if operator {
		return "an operator"
	}
	return "no operator"
}

// personName says what is wrong with what somebody who has an address is to be called.
func personName(name, email string) error {
	if name = strings.TrimSpace(name); name == "" {
		return misusef("--name is empty; write what the person is called")
	}
	if err := consent.CheckPersonName(name, email); err != nil {
		return misusef("--name: %v", err)
	}
	return nil
}

// profile changes name and language, as the page of one's own account does.
func (c *accountChangeCmd) profile(ctx context.Context, t *terminal, store consent.AccountStore, account *consent.Account) error {
	before := *account
	if c.Name != nil {
		account.Name = strings.TrimSpace(*c.Name)
	}
	if c.Language != "" {
		account.Language = c.Language
	}
	if account.Name == before.Name && account.Language == before.Language {
		return nil
	}
	return store.SetProfile(tellsOfAccount(ctx, t, "account.change", account.ID), account.ID, account.Name, account.Language)
}

// address changes the address. The organisations of the person are told first, and nothing
// that does not happen.
func (c *accountChangeCmd) address(ctx context.Context, t *terminal, store consent.Store, account *consent.Account) error {
	email, err := consent.NewEmail(c.NewEmail)
	if err != nil {
		return err
	}
	if email == account.Email {
		return nil
	}
	switch _, err := store.AccountOf(ctx, email); {
	case err == nil:
		return consent.Errorf(consent.Conflict, "email_taken", "There is an account %s already. Close one of them, or choose another address.", email)
	case consent.KindOf(err) != consent.NotFound:
		return err
	}
	if err := organising.CheckTwinAnywhere(ctx, store, email, account.ID); err != nil {
		return err
	}
	for _, m := range account.Memberships {
		act := consent.Act{Time: t.clock(), Organisation: m.Organisation, Action: "account.change", Object: objectOf(account)}
		if err := store.RecordAct(ctx, act); err != nil {
			return err
		}
	}
	account.Email = email
	return store.ChangeAccount(tellsOfAccount(ctx, t, "account.change", account.ID), account)
}

package main

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

type accountListCmd struct {
	access
	JSON bool `name:"json" help:"Write one JSON object per line."`
}

// Run lists the accounts by name.
func (c *accountListCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	accounts, err := store.Accounts(ctx)
	if err != nil {
		return err
	}
	state, err := statesIn(ctx, store)
	if err != nil {
		return err
	}
	if c.JSON {
		return accountLines(t, accounts, state)
	}
	if len(accounts) == 0 {
		t.say("No accounts. Make the first one with: samtykke init EMAIL%s", c.again())
		return nil
	}
	list := newTable(t, column{title: "EMAIL"}, column{title: "NAME"}, column{title: "ROLES"}, column{title: "STATE"})
	for i := range accounts {
		list.add(accounts[i].Email, accounts[i].Name, roles(&accounts[i]), state(&accounts[i]))
	}
	return list.write()
}

// roles writes what an account may do as --role takes it.
func roles(account *consent.Account) string {
	var all []string
	if account.Operator {
		all = append(all, "operator")
	}
	for _, m := range account.Memberships {
		all = append(all, string(m.Organisation)+"="+string(m.Role))
	}
	return strings.Join(all, " ")
}

// loginStore is what is read to say how people log in.
type loginStore interface {
	consent.IdentityStore
	consent.FactorStore
}

// statesIn gives what says whether somebody can log in, and how who has no password does.
func statesIn(ctx context.Context, store loginStore) (func(*consent.Account) string, error) {
	linked, err := store.HaveIdentities(ctx)
	if err != nil {
		return nil, err
	}
	factors, err := store.HaveFactors(ctx)
	if err != nil {
		return nil, err
	}
	keys := map[consent.AccountID]bool{}
	for id := range factors {
		has, err := store.Factors(ctx, id)
		if err != nil {
			return nil, err
		}
		keys[id] = len(has.Passkeys) > 0
	}
	return func(account *consent.Account) string {
		switch {
		case account.Closed:
			return "closed"
		case account.Password != "":
			return "in use"
		case linked[account.ID]:
			return "linked to the provider, no password"
		case keys[account.ID]:
			return "passkey, no password"
		default:
			return "no way to log in yet"
		}
	}, nil
}

func accountLines(t *terminal, accounts []consent.Account, state func(*consent.Account) string) error {
	lines := json.NewEncoder(t.out)
	lines.SetEscapeHTML(false)
	for i := range accounts {
		a := &accounts[i]
		roles := map[consent.OrganisationID]consent.AccountRole{}
		for _, m := range a.Memberships {
			roles[m.Organisation] = m.Role
		}
		err := lines.Encode(map[string]any{
			"email": a.Email, "name": a.Name, "language": a.Language, "operator": a.Operator, "state": state(a), "roles": roles,
			"created": a.Created.UTC().Format(stamp),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

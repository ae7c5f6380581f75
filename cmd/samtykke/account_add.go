package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/organising"
)

type accountAddCmd struct {
	access
	Email    string   `arg:"" help:"E-mail address, with which the person logs in."`
	Name     string   `placeholder:"NAME" help:"Name of the person; otherwise the address."`
	Language string   `default:"nb" enum:"nb,nn,en" help:"Language of the pages: nb, nn or en."`
	Role     []string `short:"r" placeholder:"ORGANISATION=ROLE" help:"What the person may do: viewer, editor, publisher, auditor or administrator. May be repeated."`
	Operator bool     `help:"May make organisations, and accounts in them."`
	JSON     bool     `name:"json" help:"Write one JSON object."`
}

// Help says what the link is for.
func (c *accountAddCmd) Help() string {
	return `The link works once, within seven days, and is the only way in: hand it to the person in a way that nobody else reads. An account without a role sees nothing yet.

Examples:

  samtykke account add kari@example.no --operator --role gjerdrum=administrator
  samtykke account add revisor@example.no --role gjerdrum=auditor --role nannestad=auditor`
}

// Run makes the account.
func (c *accountAddCmd) Run(ctx context.Context, t *terminal) (err error) {
	settings, err := c.settings(t, nil)
	if err != nil {
		return err
	}
	account := &consent.Account{Language: consent.Language(c.Language), Operator: c.Operator, Created: t.clock()}
	if account.Email, err = consent.NewEmail(c.Email); err != nil {
		return err
	}
	account.Name = cmp.Or(strings.TrimSpace(c.Name), account.Email)
	if err := personName(account.Name, account.Email); err != nil {
		return err
	}
	for _, text := range c.Role {
		organisation, role, found := strings.Cut(text, "=")
		if !found || !slices.Contains(consent.Roles, consent.AccountRole(role)) {
			return misusef("--role %q: write it as gjerdrum=editor. The roles are: %s", text, join(consent.Roles))
		}
		account.Memberships = append(account.Memberships, consent.Membership{
			Organisation: consent.OrganisationID(organisation), Role: consent.AccountRole(role),
		})
	}
	store, err := c.create(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	if err := organising.CheckTwinAnywhere(ctx, store, account.Email, 0); err != nil {
		return err
	}
	id, err := store.AddAccount(ctx, account)
	if consent.KindOf(err) == consent.NotFound {
		return c.unknown(ctx, store, err)
	}
	if err != nil {
		return err
	}
	// without its link the account is no way in, so the act goes with that
	link, err := newLink(tellsOfAccount(ctx, t, "account.add", id), t, store, adminAddress(settings), account.Email)
	if err != nil {
		return err
	}
	if err := tellRoles(ctx, t, store, id, account.Memberships); err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(t.out).Encode(map[string]any{"email": account.Email, "link": link})
	}
	t.say("There is an account for %s. This link works once, within seven days:\n\n  %s\n", account.Email, link)
	sayHere(t, settings)
	if len(account.Memberships) == 0 && !account.Operator {
		t.say("It may do nothing yet: give it a role on the page of an organisation.")
	}
	return nil
}

// tellRoles tells each organisation's audit trail who got a role there.
func tellRoles(ctx context.Context, t *terminal, store consent.Store, id consent.AccountID, all []consent.Membership) error {
	for _, m := range all {
		act := actHere(t, "account.add", fmt.Sprintf("%d %s", id, m.Role))
		act.Organisation = m.Organisation
		if err := store.RecordAct(ctx, act); err != nil {
			return fmt.Errorf("the account is made, but the trail of %s could not be told: %w", m.Organisation, err)
		}
	}
	return nil
}

// unknown names the organisations that there are, when it is one of the roles that is
// in none.
func (c *accountAddCmd) unknown(ctx context.Context, store consent.Store, err error) error {
	for _, text := range c.Role {
		organisation, _, _ := strings.Cut(text, "=")
		if _, err := knownOrganisation(ctx, store, consent.OrganisationID(organisation)); err != nil {
			return err
		}
	}
	return err
}

package main

import (
	"context"
	"errors"
	"strconv"

	"github.com/samtykke/samtykke/consent"
)

type accountRoleCmd struct {
	access
	Email        string                 `arg:"" help:"E-mail address of the account."`
	Organisation consent.OrganisationID `arg:"" help:"Where the role is."`
	Role         consent.AccountRole    `arg:"" enum:"viewer,editor,publisher,auditor,administrator,none" help:"What the person may do from now on: viewer, editor, publisher, auditor, administrator or none."`
}

// Help says what the roles are told by.
func (c *accountRoleCmd) Help() string {
	return `A person has one role in each organisation, and the new one stands in place of the old one. With none the person has no access there any more; the account stays. The last administrator keeps the role: make somebody else administrator first. What each role may do: samtykke help administration.

Examples:

  samtykke account role ola@example.no gjerdrum publisher
  samtykke account role ola@example.no gjerdrum none`
}

// Run gives the role, or takes it away.
func (c *accountRoleCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	account, err := knownAccount(ctx, store, c.Email)
	if err != nil {
		return err
	}
	if _, err := knownOrganisation(ctx, store, c.Organisation); err != nil {
		return err
	}
	role := c.Role
	if role == "none" {
		role = ""
	}
	had := account.Role(c.Organisation)
	if had != role {
		if err := giveRole(ctx, t, store, account, c.Organisation, role); err != nil {
			return c.refused(err)
		}
	}
	switch {
	case role == "" && had == "":
		t.say("%s has no role in %s.", account.Email, c.Organisation)
	case role == "":
		t.say("%s has no access to %s any more.", account.Email, c.Organisation)
	default:
		t.say("%s is %s in %s.", account.Email, role, c.Organisation)
	}
	return nil
}

// refused says how somebody else becomes administrator.
func (c *accountRoleCmd) refused(err error) error {
	var known *consent.Error
	if errors.As(err, &known) && known.Code == "last_administrator" {
		known.Message += " With: samtykke account role EMAIL " + string(c.Organisation) + " administrator"
	}
	return err
}

// giveRole gives a role, or takes it away with "". The trail of the organisation tells
// of it as of what an administrator does there.
func giveRole(ctx context.Context, t *terminal, store consent.AccountStore, account *consent.Account, in consent.OrganisationID, role consent.AccountRole) error {
	action, object := "member.role", strconv.FormatInt(int64(account.ID), 10)
	if role == "" {
		action = "member.remove"
	} else {
		object += " " + string(role)
	}
	return store.SetRole(tellsOfOrganisation(ctx, t, in, action, object), account.ID, in, role)
}

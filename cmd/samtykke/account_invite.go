package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
	"github.com/samtykke/samtykke/server/organising"
)

type accountInviteCmd struct {
	access
	Organisation consent.OrganisationID `arg:"" help:"Where the person gets a role."`
	Email        string                 `arg:"" help:"E-mail address of the person, who may have an account or not."`
	Role         consent.AccountRole    `arg:"" enum:"viewer,editor,publisher,auditor,administrator" help:"What the person may do: viewer, editor, publisher, auditor or administrator."`
	By           string                 `required:"" placeholder:"EMAIL" help:"Account that invites: it administers the organisation, and still does when the link is used."`
	JSON         bool                   `name:"json" help:"Write one JSON object."`
}

// Help says how it differs from making an account.
func (c *accountInviteCmd) Help() string {
	return `The person opens the link within seven days, and joins with the account that has this address, or with a new one. It is the invitation that an administrator makes on the page of people, but the link is written here and not sent: hand it to the person in a way that nobody else reads. "samtykke account add" makes an account at once.

Example:

  samtykke account invite gjerdrum ola@example.no editor --by kari@example.no`
}

// Run makes the invitation.
func (c *accountInviteCmd) Run(ctx context.Context, t *terminal) (err error) {
	settings, err := c.settings(t, nil)
	if err != nil {
		return err
	}
	store, err := c.openWith(ctx, t, settings)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	organisation, err := knownOrganisation(ctx, store, c.Organisation)
	if err != nil {
		return err
	}
	by, err := permitted(ctx, store, c.By, c.Organisation, consent.MayAdminister, "invite people")
	if err != nil {
		return err
	}
	invite := organising.Invite{By: by, Organisation: organisation, Email: c.Email, Role: c.Role, Language: by.Language, Address: adminAddress(settings)}
	shown := func(_ context.Context, letter notify.Letter) (string, error) { return letter.Link, nil }
	made, link, err := invite.Send(tellsOfOrganisation(ctx, t, c.Organisation, "member.invite", inNameOf(by, string(c.Role))), store, shown, t.clock())
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(t.out).Encode(map[string]any{"organisation": c.Organisation, "email": made.Email, "role": made.Role, "link": link, "expires": made.Expires.UTC().Format(stamp)})
	}
	t.say("%s is invited to %s as %s. This link works once, within seven days:\n\n  %s", made.Email, c.Organisation, made.Role, link)
	sayHere(t, settings)
	return nil
}

type accountUninviteCmd struct {
	access
	Organisation consent.OrganisationID `arg:"" help:"Where the person was to get a role."`
	Email        string                 `arg:"" help:"E-mail address that was invited."`
	JSON         bool                   `name:"json" help:"Write one JSON object."`
}

// Help says what it does not do.
func (c *accountUninviteCmd) Help() string {
	return `The link does not work any more. Whoever has used it already keeps the role: "samtykke account role" takes it away.

Example:

  samtykke account uninvite gjerdrum ola@example.no`
}

// Run takes every invitation of the address back.
func (c *accountUninviteCmd) Run(ctx context.Context, t *terminal) (err error) {
	email, err := consent.NormalEmail(c.Email)
	if err != nil {
		return err
	}
	store, err := c.openOrganisation(ctx, t, c.Organisation)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	all, err := store.Invitations(ctx, c.Organisation, t.clock())
	if err != nil {
		return err
	}
	theirs := slices.DeleteFunc(slices.Clone(all), func(i consent.Invitation) bool { return i.Email != email })
	if len(theirs) == 0 {
		return uninvited(c.Organisation, email, all)
	}
	for i := range theirs {
		telling := tellsOfOrganisation(ctx, t, c.Organisation, "member.uninvite", hex.EncodeToString(theirs[i].ID[:8])) // as the pages name it
		if err := store.DropInvitation(telling, c.Organisation, theirs[i].ID); err != nil {
			return err
		}
	}
	if c.JSON {
		return newLines(t).Encode(map[string]any{"organisation": c.Organisation, "email": email, "taken_back": len(theirs)})
	}
	t.say("The invitation of %s to %s is taken back.", email, c.Organisation)
	return nil
}

// uninvited names who is invited instead.
func uninvited(in consent.OrganisationID, email string, all []consent.Invitation) error {
	if len(all) == 0 {
		return consent.Errorf(consent.NotFound, "no_invitation", "Nobody is invited to %s.", in)
	}
	emails := make([]string, len(all))
	for i := range all {
		emails[i] = all[i].Email
	}
	return consent.Errorf(consent.NotFound, "no_invitation", "%s is not invited to %s. Invited are: %s.", email, in, join(emails))
}

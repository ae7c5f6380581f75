// Package organising holds the rules of what administrators do with the people and
// settings of their organisation, for the pages and for the API.
package organising

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
)

// MayGive says whether somebody may give a role in an organisation, or take it away:
// nobody gives more than they have.
func MayGive(who *consent.Account, in consent.OrganisationID, role consent.AccountRole) error {
	if !slices.Contains(consent.Roles, role) {
		return consent.Errorf(consent.Invalid, "unknown_role", "Choose one of the roles.")
	}
	if !who.MayInvite(in, role) {
		return consent.Errorf(consent.Forbidden, "role_too_high", "Nobody gives a role that allows more than their own.")
	}
	return nil
}

// Hand takes a link to the one person whom it lets in. It gives the link where the host
// sends no e-mail, to be handed over.
type Hand func(ctx context.Context, letter notify.Letter) (link string, err error)

// Invite is who shall be invited, by whom and to what.
type Invite struct {
	By           *consent.Account
	Key          *consent.APIKey // of theirs that does, whoever holds it; nil for the person
	Organisation *consent.Organisation
	Email        string // as it was written
	Role         consent.AccountRole
	Language     consent.Language // of the letter
	Address      string           // of the administration
}

// Send invites somebody. The link is "" when it was sent. What is answered is the same
// whether the address has an account elsewhere or not.
func (i *Invite) Send(ctx context.Context, store consent.Store, hand Hand, now time.Time) (made *consent.Invitation, link string, err error) {
	if err := MayGive(i.By, i.Organisation.ID, i.Role); err != nil {
		return nil, "", err
	}
	email, err := consent.NewEmail(i.Email)
	if err != nil {
		return nil, "", err
	}
	account, err := store.AccountOf(ctx, email)
	if err != nil && consent.KindOf(err) != consent.NotFound {
		return nil, "", err
	}
	if account != nil && account.Role(i.Organisation.ID) != "" {
		return nil, "", consent.Errorf(consent.Invalid, "is_member", "%s has access already. Change the role instead.", email)
	}
	if err := CheckTwin(ctx, store, email, i.Organisation.ID, now); err != nil {
		return nil, "", err
	}
	random := make([]byte, 32)
	_, _ = rand.Read(random) // never fails: the program ends instead
	secret := base64.RawURLEncoding.EncodeToString(random)
	link, err = hand(ctx, notify.Letter{To: email, Language: i.Language, Organisation: i.Organisation.Name, Link: i.Address + "/invitation/" + secret})
	if err != nil {
		return nil, "", err
	}
	made = &consent.Invitation{
		ID: InvitationOf(secret), Organisation: i.Organisation.ID, Email: email, Role: i.Role, Maker: i.By.ID, Expires: now.Add(consent.LinkLasts),
	}
	if i.Key != nil {
		made.Key = i.Key.ID
		if made.Expires.After(i.Key.Expires) {
			made.Expires = i.Key.Expires
		}
	}
	return made, link, store.AddInvitation(consent.TellingMore(ctx, consent.ToldInvitation(made.ID)), made)
}

// InvitationOf gives the id under which an invitation's secret is kept.
func InvitationOf(secret string) consent.InvitationID {
	return consent.InvitationID(consent.HashOf([]byte(secret)))
}

// SetRole gives a member another role, or takes it away with "". Nobody takes away more
// than they have.
func SetRole(ctx context.Context, store consent.AccountStore, by, member *consent.Account, in consent.OrganisationID, role consent.AccountRole) error {
	if err := MayGive(by, in, member.Role(in)); err != nil {
		return err
	}
	if role != "" {
		if err := MayGive(by, in, role); err != nil {
			return err
		}
	}
	return store.SetRole(ctx, member.ID, in, role)
}

package consent

import (
	"context"
	"time"
)

// Identity is who an Account is at a provider of logins (OpenID Connect). It is
// known by what the provider never gives to anybody else, and never by an e-mail
// address: at some providers whoever likes writes one into their account.
type Identity struct {
	Issuer  string // the provider
	Subject string // names the person there, for this program
	// Tenant and Object are how Entra ID names the organisation and the person, ""
	// where the provider tells none. Where they are kept they have to match, too.
	Tenant  string
	Object  string
	Account AccountID
	Added   time.Time
}

// Is says whether a kept Identity is the one that the provider tells of.
func (i *Identity) Is(told *Identity) bool {
	return i.Issuer == told.Issuer && i.Subject == told.Subject &&
		(i.Tenant == "" || i.Tenant == told.Tenant) && (i.Object == "" || i.Object == told.Object)
}

// IdentityStore keeps Identities. An Account has one at most at each provider.
type IdentityStore interface {
	// Identity gives the one of a subject at a provider, or NotFound.
	Identity(ctx context.Context, issuer, subject string) (*Identity, error)
	// IdentityOf gives that of an Account at a provider, or NotFound.
	IdentityOf(ctx context.Context, account AccountID, issuer string) (*Identity, error)
	// HaveIdentities gives the Accounts that have one, at whichever provider.
	HaveIdentities(ctx context.Context) (map[AccountID]bool, error)
	// SetIdentity stores one in place of the Account's earlier one at the provider.
	// One that another Account has is a Conflict (code "identity_taken").
	SetIdentity(ctx context.Context, identity *Identity) error
	// DropIdentity takes one away, and ends every Login of the Account but one. It
	// is a Conflict (code "only_way") when the Account has no password: nobody is
	// left without a way to log in.
	DropIdentity(ctx context.Context, account AccountID, issuer string, except LoginID) error
	// RedeemLinkAs is RedeemLink with an Identity in place of a password.
	RedeemLinkAs(ctx context.Context, id LinkID, identity *Identity, now time.Time) (AccountID, error)
	// TakeInvitationAs is TakeInvitation for an Account that is made, with how it
	// logs in.
	TakeInvitationAs(ctx context.Context, id InvitationID, account *Account, identity *Identity, now time.Time) (AccountID, error)
}

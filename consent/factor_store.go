package consent

import (
	"context"
	"time"
)

// FactorStore keeps how Accounts prove who they are beside the password.
type FactorStore interface {
	// Factors gives those of an Account.
	Factors(ctx context.Context, account AccountID) (*Factors, error)
	// HaveFactors gives the Accounts that have a second factor.
	HaveFactors(ctx context.Context) (map[AccountID]bool, error)
	// SetApp sets up an authenticator app in place of an earlier one. Step is that
	// of the code that proved it.
	SetApp(ctx context.Context, account AccountID, sealed []byte, step int64) error
	// UseApp keeps that a step's code was used, or is a Conflict (code "used_code")
	// when it or a later one was used already.
	UseApp(ctx context.Context, account AccountID, step int64) error
	// DropApp takes the app away, and the recovery codes when no factor is left.
	DropApp(ctx context.Context, account AccountID) error
	// SetCodes replaces the recovery codes.
	SetCodes(ctx context.Context, account AccountID, codes []CodeID) error
	// UseCode uses up a recovery code, or is NotFound (code "unknown_code").
	UseCode(ctx context.Context, account AccountID, code CodeID) error
	// AddPasskey stores a passkey. One that is known is a Conflict.
	AddPasskey(ctx context.Context, passkey *Passkey) error
	// Passkey gives one, or NotFound.
	Passkey(ctx context.Context, id []byte) (*Passkey, error)
	// UsePasskey keeps what a use has changed: Credential, Used and Copied.
	UsePasskey(ctx context.Context, passkey *Passkey) error
	// DropPasskey takes one of an Account's away, and the recovery codes when no
	// factor is left.
	DropPasskey(ctx context.Context, account AccountID, id []byte) error
	// DropFactors takes everything away, and ends the Account's Logins.
	DropFactors(ctx context.Context, account AccountID) error

	// NeedsFactor says whether everybody in an Organisation needs a second factor.
	NeedsFactor(ctx context.Context, organisation OrganisationID) (bool, error)
	// SetNeedsFactor sets it.
	SetNeedsFactor(ctx context.Context, organisation OrganisationID, needed bool) error
	// LacksFactor says whether an Organisation needs a second factor, and the
	// Account has none.
	LacksFactor(ctx context.Context, organisation OrganisationID, account AccountID) (bool, error)
}

// InvitationStore keeps Invitations.
type InvitationStore interface {
	// AddInvitation stores an Invitation in place of an earlier one of the same
	// address to the same Organisation.
	AddInvitation(ctx context.Context, invitation *Invitation) error
	// Invitations gives those of an Organisation that can be taken up, by address.
	Invitations(ctx context.Context, organisation OrganisationID, now time.Time) ([]Invitation, error)
	// Invitation gives one that can be taken up, or NotFound.
	Invitation(ctx context.Context, id InvitationID, now time.Time) (*Invitation, error)
	// DropInvitation withdraws one of an Organisation. It is Conflict (invitation_gone) when
	// it is gone: taken up, most likely, or withdrawn.
	DropInvitation(ctx context.Context, organisation OrganisationID, id InvitationID) error
	// TakeInvitation makes its Account a member, and uses the Invitation up; an
	// Account whose ID is 0 is made. It is NotFound when somebody was faster, and Forbidden
	// (code "key_invitation") when an APIKey made it for a role that publishes, and two
	// people are required by then. The Act
	// that it is stands in the trail of the Organisation, and in that of the
	// installation: both name the Account, and tell what Joined gives.
	TakeInvitation(ctx context.Context, id InvitationID, account *Account, now time.Time) (AccountID, error)
}

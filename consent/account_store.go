package consent

import (
	"context"
	"time"
)

// DraftRevision counts how often a Draft was saved. 0 is one that does not exist.
type DraftRevision int64

// DraftStore lets several people work on one Draft.
type DraftStore interface {
	// DraftAt gives the Site's Draft and which revision it is, or NotFound.
	DraftAt(ctx context.Context, site SiteKey) (*Draft, DraftRevision, error)
	// SiteSize gives how many bytes the Site's Draft takes in the store, or its longest
	// Notice when that takes more, without reading either; or NotFound.
	SiteSize(ctx context.Context, site SiteKey) (int, error)
	// ReplaceDraft saves a Draft that was made of a revision. When the Draft is
	// another by now it is a Conflict (code "draft_changed"), and nothing is saved; so is
	// one of another Organisation than the Site is in (code "other_organisation").
	ReplaceDraft(ctx context.Context, draft *Draft, was DraftRevision, now time.Time) error
	// ReplaceDrafts saves several, each with its Act, or none of them.
	ReplaceDrafts(ctx context.Context, changes []DraftChange, now time.Time) error
}

// DraftChange is one of several Drafts that are saved together.
type DraftChange struct {
	Draft *Draft
	Was   DraftRevision // of which it was made
	Act   Act
}

// NewOrganisation is an Organisation that is to be made.
type NewOrganisation struct {
	Organisation
	Meant         bool      // although there is one of that number
	Administrator AccountID // 0 for nobody
}

// OrganisationStore keeps Organisations. One also comes to be when a site file
// that names it is imported (SaveDraft), but none changes by that.
type OrganisationStore interface {
	// AddOrganisation makes an Organisation with its administrator, or neither. It is a
	// Conflict when there is one of that id (code "organisation_exists"), or of that number
	// (code "same_number").
	AddOrganisation(ctx context.Context, organisation NewOrganisation, now time.Time) error
	// ChangeOrganisation changes name and number, or is NotFound.
	ChangeOrganisation(ctx context.Context, organisation Organisation) error
	// Organisations gives all, by id.
	Organisations(ctx context.Context) ([]Organisation, error)
}

// AccountStore keeps Accounts.
type AccountStore interface {
	// AddAccount stores an Account with its Memberships and gives its id. An e-mail
	// address that is taken is a Conflict, an unknown Organisation NotFound.
	AddAccount(ctx context.Context, account *Account) (AccountID, error)
	// ChangeAccount changes name, language, e-mail address, and whether it is an
	// operator's and closed. Closing one ends its Logins and Links, and the APIKeys
	// and Invitations that it has made; its Logins end, too, when it becomes an operator's
	// or is one no more, and so do the APIKeys that only an operator may make. It is a Conflict
	// when no operator would be left who is not closed (code "last_operator"), or no
	// such administrator of an Organisation (code "last_administrator").
	ChangeAccount(ctx context.Context, account *Account) error
	// SetProfile changes what a person may change of their own Account.
	SetProfile(ctx context.Context, account AccountID, name string, language Language) error
	// SetRole gives an Account a role in an Organisation, in place of the one that
	// it had; "" takes it away. APIKeys that were made for more than the role permits
	// end, and so do Invitations of who may make none, and the Logins of the Account but the
	// Pass that the change came with, which RenewLogin is for: an old one does not have the
	// new role. An Organisation's last administrator who is not
	// closed is a Conflict (code "last_administrator"). Where two people are required, a
	// role that publishes, and that the Account had not, is Forbidden to the Pass of an
	// APIKey (code "two_people_key").
	SetRole(ctx context.Context, account AccountID, organisation OrganisationID, role AccountRole) error
	// Account gives one, or NotFound.
	Account(ctx context.Context, id AccountID) (*Account, error)
	// AccountOf gives the Account with a normal e-mail address, or NotFound.
	AccountOf(ctx context.Context, email string) (*Account, error)
	// Accounts gives all, by name.
	Accounts(ctx context.Context) ([]Account, error)
	// SetPassword replaces the hash, and ends every Login but one.
	SetPassword(ctx context.Context, account AccountID, password string, except LoginID) error
	// LoginFailed counts a failure, and keeps when the next try may be made. Those are
	// forgotten whose time for the next try was before the given one.
	LoginFailed(ctx context.Context, account AccountID, retry, forgotten time.Time) error
	// LoginSucceeded forgets the failures, and stores a fresh hash of the password when
	// one is given and the hash is still the one that it was made in place of.
	LoginSucceeded(ctx context.Context, account AccountID, was, fresh string) error
}

// LoginStore keeps Logins and Links.
type LoginStore interface {
	// AddLogin lets an Account in, and forgets its failures. It is a Conflict (code
	// "login_overtaken") when the Account is closed, or what was Shown opens it no more:
	// whoever has changed that meanwhile has ended the Logins that there were.
	AddLogin(ctx context.Context, login *Login) error
	// Login gives one, or NotFound. Whether it is over is the caller's to see.
	Login(ctx context.Context, id LoginID) (*Login, error)
	// Logins gives those of an Account, newest first.
	Logins(ctx context.Context, account AccountID) ([]Login, error)
	// TouchLogin keeps when it was last seen, and when the person last proved who
	// they are.
	TouchLogin(ctx context.Context, id LoginID, seen, confirmed time.Time) error
	// EndLogin ends one of an Account, or none when it has ended.
	EndLogin(ctx context.Context, account AccountID, id LoginID) error
	// EndLogins ends all of an Account but one; the zero LoginID spares none.
	EndLogins(ctx context.Context, account AccountID, but LoginID) error
	// RenewLogin gives one another id, and keeps the rest: after a change of role nobody
	// who has had the old token in hand has the new role with it. When it has ended it is
	// Forbidden (PassEnded).
	RenewLogin(ctx context.Context, id, next LoginID) error
	// NameLogin keeps what the person calls one of their own: Invalid for what
	// CheckLoginName refuses, NotFound (code "unknown_login") when it has ended.
	NameLogin(ctx context.Context, account AccountID, id LoginID, name string) error
	// EndOldLogins removes those that are over.
	EndOldLogins(ctx context.Context, now time.Time) error

	// AddLink stores a Link in place of the Account's earlier ones.
	AddLink(ctx context.Context, link *Link) error
	// Link gives one that can be used, or NotFound.
	Link(ctx context.Context, id LinkID, now time.Time) (*Link, error)
	// RedeemLink sets the password, and ends the Link with everything else that opens
	// the Account, Logins, Passkeys, the app, recovery codes and Identities, and with
	// the APIKeys, Invitations and Links that it has made: whoever knew the old
	// password may have made them. It is NotFound when somebody was faster.
	RedeemLink(ctx context.Context, id LinkID, password string, now time.Time) (AccountID, error)
}

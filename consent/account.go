package consent

import (
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// AccountID names an Account. It is never used again.
type AccountID int64

// ParseAccountID reads the number of an account as it is written, and says whether it is
// one: without signs, blanks and zeros before it, so that one account has one name.
func ParseAccountID(text string) (AccountID, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return AccountID(n), err == nil && n > 0 && strconv.FormatInt(n, 10) == text
}

// Account is a person who administers: a web editor, a data protection officer,
// an auditor. What it may do is said by its Memberships.
type Account struct {
	ID       AccountID
	Email    string
	Name     string
	Language Language // of the pages
	// Operator may make Organisations, and Accounts in any of them. It is for those
	// who run the installation. It opens no page of an Organisation; but whoever
	// makes a Link for somebody could use it, which the Organisation's trail tells.
	Operator bool
	Closed   bool // may not log in any more
	Created  time.Time
	// Password is a hash in the PHC string format, never the password. Empty until
	// the person has chosen one.
	Password string
	// Failures are the logins that failed since the last one that succeeded, and
	// Retry is when the next may be tried.
	Failures    int
	Retry       time.Time
	Seen        time.Time // the day of the last login, zero for none
	Memberships []Membership
}

// Membership is what an Account may do in one Organisation.
type Membership struct {
	Organisation OrganisationID
	Role         AccountRole
}

// Role gives the Account's role in an Organisation, "" for none.
func (a *Account) Role(organisation OrganisationID) AccountRole {
	for _, m := range a.Memberships {
		if m.Organisation == organisation {
			return m.Role
		}
	}
	return ""
}

// AccountRole is what an Account may do in an Organisation.
type AccountRole string

// The roles.
const (
	RoleViewer        AccountRole = "viewer"        // sees sites, inventories, notices and figures
	RoleEditor        AccountRole = "editor"        // changes drafts, too
	RolePublisher     AccountRole = "publisher"     // publishes, too
	RoleAuditor       AccountRole = "auditor"       // sees everything, the log and the audit trail too, and changes nothing
	RoleAdministrator AccountRole = "administrator" // all of it, with accounts and data subjects' rights
)

// Roles are all roles, the least of them first.
var Roles = []AccountRole{RoleViewer, RoleEditor, RolePublisher, RoleAuditor, RoleAdministrator}

// Permission is what one page or action asks for.
type Permission string

// The permissions.
const (
	MaySee        Permission = "see"        // sites, inventories, notices and figures
	MayEdit       Permission = "edit"       // drafts
	MayPublish    Permission = "publish"    // drafts become notices
	MayRead       Permission = "read"       // the log of decisions, and the register of requests
	MayAudit      Permission = "audit"      // what administrators have done
	MayAdminister Permission = "administer" // accounts, retention, data subjects' rights
)

// permissions of each role.
var permissions = map[AccountRole][]Permission{
	RoleViewer:        {MaySee},
	RoleEditor:        {MaySee, MayEdit},
	RolePublisher:     {MaySee, MayEdit, MayPublish},
	RoleAuditor:       {MaySee, MayRead, MayAudit},
	RoleAdministrator: {MaySee, MayEdit, MayPublish, MayRead, MayAudit, MayAdminister},
}

// May says whether the role gives a permission.
func (r AccountRole) May(permission Permission) bool {
	return slices.Contains(permissions[r], permission)
}

// Covers says whether whoever has the role may give another one: nobody gives
// more than they have.
func (r AccountRole) Covers(other AccountRole) bool {
	for _, permission := range permissions[other] {
		if !r.May(permission) {
			return false
		}
	}
	return other != ""
}

// LoginID is the SHA-256 of a login's token: who reads the database cannot
// log in with it.
type LoginID [32]byte

// Login is a browser in which an Account is logged in.
type Login struct {
	ID        LoginID
	Account   AccountID
	Created   time.Time
	Seen      time.Time // the last request, to within a minute
	Confirmed time.Time // when the person last proved who they are
	// Provider says that it began at a provider of logins, and not with a password.
	Provider bool
	// Means is how it began, so that a person knows it again: no address and no
	// browser is kept of it.
	Means LoginMeans
	// Name is what the person calls it, "" for nothing.
	Name string
	// Shown is what let the person in. A Login that is read tells nothing of it.
	Shown Shown
}

// Shown is what somebody has proven themselves with, as it was when it was checked.
type Shown struct {
	Password string    // the hash that the password was held against, "" for none
	Fresh    string    // a hash of the same password that is kept instead, "" for none
	Passkey  []byte    // its id, nil for none
	Identity *Identity // at the provider, nil for none
}

// MaxLoginName is how long the name of a login may be, in characters.
const MaxLoginName = 60

// CheckLoginName refuses a name that is too long, or that holds what nobody sees.
func CheckLoginName(name string) error {
	if utf8.RuneCountInString(name) > MaxLoginName {
		return Errorf(Invalid, "long_login_name", "The name has more than %d characters. Choose a shorter one.", MaxLoginName)
	}
	return CheckName(name)
}

// LoginMeans is what somebody logged in with, "" for a login from before that was kept.
type LoginMeans string

// The means.
const (
	MeansPassword   LoginMeans = "password"
	MeansApp        LoginMeans = "app"         // a password, and a code of the app
	MeansCode       LoginMeans = "code"        // a password, and a recovery code
	MeansSecondKey  LoginMeans = "second_key"  // a password, and a passkey
	MeansPasskey    LoginMeans = "passkey"     // a passkey alone
	MeansAtProvider LoginMeans = "at_provider" // the provider of logins
)

// ToldMeans is how an Act tells what somebody logged in with, or proved who they are.
func ToldMeans(means LoginMeans) string { return "means=" + string(means) }

// How long a Login lasts: without a request, and in all.
const (
	LoginIdle = 30 * time.Minute
	LoginLong = 12 * time.Hour
)

// Over says whether the Login has ended at a moment.
func (s *Login) Over(now time.Time) bool {
	return now.Sub(s.Seen) > LoginIdle || now.Sub(s.Created) > LoginLong
}

// LinkID is the SHA-256 of the secret part of a Link.
type LinkID [32]byte

// Link lets a person choose a password, once: the first administrator, somebody
// who was invited, somebody who has forgotten theirs.
type Link struct {
	ID      LinkID
	Account AccountID
	Expires time.Time
	// Maker must still be allowed to when the link is used; 0 is a command on the
	// machine.
	Maker AccountID
}

// LinkLasts is how long a Link can be used.
const LinkLasts = 7 * 24 * time.Hour

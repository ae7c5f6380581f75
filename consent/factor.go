package consent

import (
	"encoding/hex"
	"strconv"
	"time"
)

// Factors are how an Account proves who it is beside its password.
type Factors struct {
	// App is whether an authenticator app is set up (TOTP, RFC 6238), and Sealed its
	// secret, encrypted: who reads the database cannot make codes.
	App    bool
	Sealed []byte
	// Step is the last step of time whose code was used.
	Step     int64
	Passkeys []Passkey
	// Codes are how many recovery codes are left.
	Codes int
}

// Any says whether the Account has a second factor. Recovery codes are none: they
// stand in for one.
func (f *Factors) Any() bool { return f.App || len(f.Passkeys) > 0 }

// Passkey is a key pair of which a device of the person holds the private half.
type Passkey struct {
	ID      []byte // as the device names it
	Account AccountID
	Name    string // as the person calls it
	// Credential is what is needed to check a signature, as JSON.
	Credential []byte
	Added      time.Time
	Used       time.Time // zero when it was not used yet
	// Copied says that the key was used on two devices, as it seems: its counter
	// went back. It is not taken any more.
	Copied bool
}

// MaxPasskeys is how many an Account may have.
const MaxPasskeys = 20

// CodeID is the SHA-256 of a recovery code, together with whose it is.
type CodeID [32]byte

// InvitationID is the SHA-256 of the secret part of an Invitation's link.
type InvitationID [32]byte

// Short is the part of it by which an Invitation is named in addresses and trails.
func (id InvitationID) Short() string { return hex.EncodeToString(id[:8]) }

// ToldInvitation is how an Act tells which Invitation it made, used or ended: whoever reads
// a trail follows one by it.
func ToldInvitation(id InvitationID) string { return "invitation=" + id.Short() }

// Invitation offers somebody a role in an Organisation. It makes nobody a member:
// the person has to take it up, by its link, with the account that has the address.
// So whoever made an account in another's name gains nothing when that other is
// invited elsewhere.
type Invitation struct {
	ID           InvitationID
	Organisation OrganisationID
	Email        string
	Role         AccountRole
	Maker        AccountID // must still be allowed to give the role when it is taken up
	Key          APIKeyID  // with which the Maker made it, "" for none: it ends with the key
	Expires      time.Time
}

// Joined is how an Act tells of which role somebody got by the Invitation, and who made it.
// The address stands in no trail: where nobody takes the Invitation up, nothing is to be
// left of it.
func (i *Invitation) Joined() string {
	told := string(i.Role) + " " + ToldInvitation(i.ID) + " inviter=" + strconv.FormatInt(int64(i.Maker), 10)
	if i.Key != "" {
		told += " key=" + string(i.Key)
	}
	return told
}

// InvitationEnd is the action of an Act that tells of an Invitation that ended with the
// key that made it, or because its maker may invite nobody any more.
const InvitationEnd = "member.invitation.end"

// MayInvite says whether the Account may give a role in an Organisation.
func (a *Account) MayInvite(organisation OrganisationID, role AccountRole) bool {
	own := a.Role(organisation)
	return !a.Closed && own.May(MayAdminister) && own.Covers(role)
}

// MayReset says whether the Account may make a link with which another one's
// password is chosen anew, or take its second factor away: that is the power to
// become the other. It takes an operator, or an administrator of everything that
// the other can enter. It is asked again when the link is used.
func (a *Account) MayReset(other *Account) bool {
	if a.Closed || a.ID == other.ID || other.Operator && !a.Operator {
		return false
	}
	if a.Operator {
		return true
	}
	for _, m := range other.Memberships {
		if !a.MayInvite(m.Organisation, m.Role) {
			return false
		}
	}
	return len(other.Memberships) > 0
}

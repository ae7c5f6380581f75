package consent

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"time"
)

// APIKeyID names an APIKey: twelve hexadecimal digits, which stand at the beginning
// of its secret, too, so that people tell keys apart. It is no secret.
type APIKeyID string

// APIKey lets a program do some of what its maker may do in one Organisation: never
// more than the maker may at that moment.
type APIKey struct {
	ID           APIKeyID
	Hash         Hash // SHA-256 of the secret, which is kept nowhere
	Organisation OrganisationID
	Name         string
	Scopes       []Scope
	Maker        AccountID
	Created      time.Time
	Expires      time.Time
	Used         time.Time // the day of the last use, zero for none
}

// MaxAPIKeyName is how long the name of a key may be, in characters.
const MaxAPIKeyName = 100

// APIKeyDays are how long a key may hold, in days.
var APIKeyDays = []int{30, 90, 365}

// Begins is how the secret of a key begins. Programs that look for secrets in code
// find it by that.
func (k *APIKey) Begins() string { return "smt_" + string(k.ID) + "_" }

// Seal names a key by what is random, and gives the secret that it is used with.
func (k *APIKey) Seal(random [38]byte) (secret string) {
	k.ID = APIKeyID(hex.EncodeToString(random[:6]))
	secret = k.Begins() + base64.RawURLEncoding.EncodeToString(random[6:])
	k.Hash = HashOf([]byte(secret))
	return secret
}

// Has says whether the key was made for something.
func (k *APIKey) Has(scope Scope) bool { return slices.Contains(k.Scopes, scope) }

// Within says whether its maker may do all that the key was made for.
func (k *APIKey) Within(maker *Account) bool {
	return !slices.ContainsFunc(k.Scopes, func(s Scope) bool { return !maker.Allows(k.Organisation, s) })
}

// KeyEnd is the action of an Act that tells of a key that ended because its maker lost
// the right to it, or got a new password by a link.
const KeyEnd = "key.end"

// Scope is what an APIKey was made for.
type Scope string

// The scopes.
const (
	ScopeRead     Scope = "read"     // sites, drafts, notices and findings
	ScopeLog      Scope = "log"      // decisions, figures and requests
	ScopeAudit    Scope = "audit"    // what administrators have done
	ScopeEdit     Scope = "edit"     // change drafts and the catalogue
	ScopeRequests Scope = "requests" // enter requests, and what came of them
	ScopePublish  Scope = "publish"  // drafts become notices
	ScopeErase    Scope = "erase"    // erase, freeze and release decisions
	ScopeSites    Scope = "sites"    // add sites

	// For these and the four from ScopeRecipients on the pages ask for the password once more, which a key
	// cannot be asked for: each is a scope of its own, that whoever makes the key has to
	// choose.
	ScopeExport  Scope = "export"  // take the log out as a file, and answers to requests
	ScopeKeeping Scope = "keeping" // change how long answers hold and decisions are kept

	// What follows is about the organisation itself.
	ScopeOrganisation Scope = "organisation" // see people, keys, recipients and settings
	ScopeSettings     Scope = "settings"     // change name and number
	ScopeRecipients   Scope = "recipients"   // change who is told by e-mail
	ScopeKeys         Scope = "keys"         // revoke keys
	ScopePeople       Scope = "people"       // invite people, change and end what they may do
	ScopeRules        Scope = "rules"        // change who needs a second factor or another's approval

	// ScopeInstallation is about the installation, which Operators run.
	ScopeInstallation Scope = "installation" // what belongs to no organisation in the audit trail
)

// Scopes are all scopes, the least of them first.
var Scopes = []Scope{
	ScopeRead, ScopeLog, ScopeAudit, ScopeEdit, ScopeRequests, ScopePublish, ScopeErase, ScopeSites, ScopeExport, ScopeKeeping,
	ScopeOrganisation, ScopeSettings, ScopeRecipients, ScopeKeys, ScopePeople, ScopeRules, ScopeInstallation,
}

// Permission gives what the maker of a key must be permitted for a scope to hold,
// "" for one that is none.
func (s Scope) Permission() Permission {
	switch s {
	case ScopeRead:
		return MaySee
	case ScopeLog, ScopeExport:
		return MayRead
	case ScopeAudit:
		return MayAudit
	case ScopeEdit:
		return MayEdit
	case ScopePublish:
		return MayPublish
	case ScopeRequests, ScopeErase, ScopeSites, ScopeKeeping, ScopeOrganisation, ScopeSettings, ScopeRecipients, ScopeKeys, ScopePeople, ScopeRules, ScopeInstallation:
		return MayAdminister
	}
	return ""
}

// OfInstallation says whether a scope is about the installation: the maker of a key must
// be an Operator, too, for it to hold.
func (s Scope) OfInstallation() bool { return s == ScopeInstallation }

// Allows says whether the Account may do in an Organisation what a scope stands for.
func (a *Account) Allows(organisation OrganisationID, scope Scope) bool {
	return a.Role(organisation).May(scope.Permission()) && (a.Operator || !scope.OfInstallation())
}

// APIKeyStore keeps APIKeys. A key ends, too, with what takes its maker's right away
// (AccountStore, LoginStore): it does not wake when the right comes back.
type APIKeyStore interface {
	// AddAPIKey stores a key. An unknown Organisation or maker is NotFound.
	AddAPIKey(ctx context.Context, key *APIKey) error
	// APIKeyOf gives the key whose secret has a hash, expired or not, or NotFound
	// (code "unknown_key").
	APIKeyOf(ctx context.Context, hash Hash) (*APIKey, error)
	// APIKeys gives those of an Organisation, the newest first.
	APIKeys(ctx context.Context, organisation OrganisationID) ([]APIKey, error)
	// UseAPIKey keeps the day of a use.
	UseAPIKey(ctx context.Context, id APIKeyID, day time.Time) error
	// APIKeysBy gives those that somebody has made, in every Organisation.
	APIKeysBy(ctx context.Context, maker AccountID) ([]APIKey, error)
	// EndAPIKeys ends all of those, each with an Act in the trail of its Organisation.
	EndAPIKeys(ctx context.Context, maker AccountID) error
	// RevokeAPIKey ends a key of an Organisation, or is NotFound (code "unknown_key").
	RevokeAPIKey(ctx context.Context, organisation OrganisationID, id APIKeyID) error
}

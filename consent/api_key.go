package consent

import (
	"context"
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

// Has says whether the key was made for something.
func (k *APIKey) Has(scope Scope) bool { return slices.Contains(k.Scopes, scope) }

// Scope is what an APIKey was made for.
type Scope string

// The scopes.
const (
	ScopeRead    Scope = "read"    // sites, drafts and notices
	ScopeLog     Scope = "log"     // decisions, figures and requests
	ScopeEdit    Scope = "edit"    // change drafts
	ScopePublish Scope = "publish" // drafts become notices
)

// Scopes are all scopes, the least of them first.
var Scopes = []Scope{ScopeRead, ScopeLog, ScopeEdit, ScopePublish}

// Permission gives what the maker of a key must be permitted for a scope to hold,
// "" for one that is none.
func (s Scope) Permission() Permission {
	switch s {
	case ScopeRead:
		return MaySee
	case ScopeLog:
		return MayRead
	case ScopeEdit:
		return MayEdit
	case ScopePublish:
		return MayPublish
	}
	return ""
}

// APIKeyStore keeps APIKeys.
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
	// RevokeAPIKey ends a key of an Organisation, or is NotFound (code "unknown_key").
	RevokeAPIKey(ctx context.Context, organisation OrganisationID, id APIKeyID) error
}

package consent

// StorageKind is the technique by which an item is kept on the device.
type StorageKind string

// The storage kinds (EDPB Guidelines 2/2023: the rule covers any technique).
const (
	KindCookie    StorageKind = "cookie"
	KindLocal     StorageKind = "local"
	KindSession   StorageKind = "session"
	KindIndexedDB StorageKind = "indexeddb"
	KindCache     StorageKind = "cache"
	KindPixel     StorageKind = "pixel"
)

// Status says what is known about a Cookie today.
type Status string

// The statuses.
const (
	StatusActive   Status = "active"   // expected
	StatusVerify   Status = "verify"   // existence or category must be settled
	StatusObsolete Status = "obsolete" // the vendor no longer writes it
	StatusResidual Status = "residual" // the service is gone; removed on sight
)

// PartyKind says whose host keeps the cookie.
type PartyKind string

// The parties, seen from the page.
const (
	FirstParty PartyKind = "first" // the site's own host or a parent of it
	ThirdParty PartyKind = "third" // another host: page script cannot remove it
)

// Cookie is one item kept on the device. Its key is (service, pattern): the
// same name has different purposes and lifetimes at different services.
type Cookie struct {
	Pattern Pattern     `json:"pattern" yaml:"pattern"`
	Kind    StorageKind `json:"kind" yaml:"kind"`
	Party   PartyKind   `json:"party" yaml:"party"`
	// HTTPOnly says that page script can neither see nor remove it.
	HTTPOnly bool `json:"http_only,omitempty" yaml:"http_only,omitempty"`
	// Category is empty when it is the service's.
	Category CategoryKey `json:"category,omitempty" yaml:"category,omitempty"`
	Purpose  Text        `json:"purpose" yaml:"purpose"`
	// SetBy is the company that sets it, when that is not the service's provider.
	SetBy string `json:"set_by,omitempty" yaml:"set_by,omitempty"`
	// Lifetime is what is declared, known of the vendor, and observed.
	Lifetime Lifetimes `json:"lifetime" yaml:"lifetime"`
	Status   Status    `json:"status" yaml:"status"`
	// Exemption is the signed reason for a necessary cookie.
	Exemption *Exemption `json:"exemption,omitempty" yaml:"exemption,omitempty"`
	// Reason says why the cookie has its category, when it is not necessary.
	Reason string   `json:"reason,omitempty" yaml:"reason,omitempty"`
	Notes  []string `json:"notes,omitempty" yaml:"notes,omitempty"`
}

// Lifetimes are the three lifetimes of a cookie. None is ever corrected into
// another; their difference is shown.
type Lifetimes struct {
	Declared Lifetime `json:"declared,omitempty" yaml:"declared,omitempty"`
	Vendor   Lifetime `json:"vendor,omitempty" yaml:"vendor,omitempty"`
	Observed Lifetime `json:"observed,omitempty" yaml:"observed,omitempty"`
}

// Exempt is one of the two exemptions of ekomloven § 3-15.
type Exempt string

// The exemptions.
const (
	ExemptTransmission Exempt = "transmission" // sole purpose is transmission
	ExemptRequested    Exempt = "requested"    // strictly necessary for a service the visitor asked for
)

// Exemption argues and signs that a cookie is strictly necessary.
type Exemption struct {
	Ground   Exempt `json:"ground" yaml:"ground"`
	Reason   Text   `json:"reason" yaml:"reason"`
	When     Text   `json:"when,omitempty" yaml:"when,omitempty"` // only under these circumstances
	Reviewer string `json:"reviewer" yaml:"reviewer"`             // a role, never a named person
	Reviewed string `json:"reviewed" yaml:"reviewed"`             // date, YYYY-MM-DD
}

// MatchType is how a Pattern matches a name.
type MatchType string

// The match types.
const (
	MatchExact  MatchType = "exact"
	MatchPrefix MatchType = "prefix"
	MatchRegex  MatchType = "regex"
)

// Pattern matches the names of cookies. Aliases are other spellings of the
// same name (a typo in an old declaration), matched like the name itself.
type Pattern struct {
	Name    string    `json:"name" yaml:"name"` // the name, prefix, or RE2 expression (anchored at both ends)
	Match   MatchType `json:"match" yaml:"match"`
	AnyCase bool      `json:"any_case,omitempty" yaml:"any_case,omitempty"`
	Aliases []string  `json:"aliases,omitempty" yaml:"aliases,omitempty"`
	// Declared is how people wrote the name, when that differs; shown beside it.
	Declared string `json:"declared,omitempty" yaml:"declared,omitempty"`
}

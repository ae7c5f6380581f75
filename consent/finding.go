package consent

import "time"

// FindingKind says what was seen on a page.
type FindingKind string

// The kinds of Finding that a visitor's page reports. None carries a value, the
// address of a page or anything about the visitor.
const (
	// FoundResidual: a cookie of a switched-off service was seen and removed.
	FoundResidual FindingKind = "residual"
	// FoundUnknown: the markup names a category or service the Notice does not have.
	FoundUnknown FindingKind = "unknown"
	// FoundStuck: a withdrawn cookie could not be removed by page script.
	FoundStuck FindingKind = "stuck"
	// FoundMarkup: markup that does not do what its author hopes.
	FoundMarkup FindingKind = "markup"
	// FoundForeign: a page asks at an address that is none of the Site's, so that
	// no answer is recorded there. The name is that address, and no page reports it.
	FoundForeign FindingKind = "foreign"
)

// FindingKinds are all kinds, in the order of their weight.
var FindingKinds = []FindingKind{FoundStuck, FoundForeign, FoundResidual, FoundUnknown, FoundMarkup}

// MostFindings is how many a store gives at most: the newest.
const MostFindings = 1000

// IsOfMarkup says that the name comes from the markup, and not from the Notice.
func (k FindingKind) IsOfMarkup() bool { return k == FoundUnknown || k == FoundMarkup }

// IsOfNotice says that the name is one of the Notice's, and not made up by a page.
func (k FindingKind) IsOfNotice() bool { return k == FoundStuck || k == FoundResidual }

// Finding is one thing seen on a Site's pages, counted per UTC day.
type Finding struct {
	Site  SiteKey
	Day   time.Time // midnight UTC
	Kind  FindingKind
	Name  string // "service/pattern" for cookies, "category/service" or "what/name" for markup, an origin
	Count int
	Last  time.Time
}

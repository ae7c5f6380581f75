package consent

import "time"

// DecisionID is a UUID version 7 (RFC 9562) made by the browser. It is the
// idempotency key of a Decision within its Site.
type DecisionID [16]byte

// VisitorKey is what the server keeps of a visitor's token: its 6-byte time
// prefix and the first 16 bytes of the SHA-256 of the whole token. The token
// itself never leaves the browser but to authorise, and is never stored.
type VisitorKey [22]byte

// Method says how a Choice was made.
type Method string

// The methods.
const (
	AcceptAll         Method = "accept_all"
	RejectAll         Method = "reject_all"
	Save              Method = "save"
	Withdraw          Method = "withdraw"
	PlaceholderOnce   Method = "placeholder_once"
	PlaceholderAlways Method = "placeholder_always"
	SignalMethod      Method = "signal"
	APIMethod         Method = "api"
	Expiry            Method = "expiry"
)

// Methods are all methods.
var Methods = []Method{AcceptAll, RejectAll, Save, Withdraw, PlaceholderOnce, PlaceholderAlways, SignalMethod, APIMethod, Expiry}

// Layer says where the Choice was made.
type Layer string

// The layers.
const (
	LayerFirst       Layer = "first"
	LayerSecond      Layer = "second"
	LayerPlaceholder Layer = "placeholder"
	LayerPage        Layer = "page" // an editor's own button, or the page API
)

// State is the verdict that the server derives from a Choice.
type State string

// The states (ISO/IEC TS 27560 event state).
const (
	StateGiven       State = "given"
	StatePartlyGiven State = "partly_given"
	StateRefused     State = "refused"
	StateWithdrawn   State = "withdrawn"
	StateExpired     State = "expired"
)

// Decision is one consent event. It is appended once and never edited.
type Decision struct {
	ID       DecisionID
	Site     SiteKey
	Visitor  VisitorKey
	Notice   NoticeNumber
	Bundle   BundleID
	Language Language
	Method   Method
	Layer    Layer
	State    State // derived by the server
	Choice   Choice
	Previous DecisionID // zero when it is the visitor's first
	GPC      bool       // the browser sent Global Privacy Control
	// Time is the server's, UTC, to the millisecond: the evidence.
	Time time.Time
	// Skew is the browser's clock minus the server's: a hint, whole seconds,
	// clamped to ±10 years.
	Skew time.Duration
}

// ValidUntil gives when the Decision ends and the visitor is asked again, under
// the validity of the Site that asked: the same for grants and refusals. It is
// the zero time for placeholder_once, which grants one showing and no more.
func (d *Decision) ValidUntil(site *Site) time.Time {
	if d.Method == PlaceholderOnce {
		return time.Time{}
	}
	return site.Validity.After(d.Time)
}

// Receipt is what the visitor can keep of a Decision.
type Receipt struct {
	ID         DecisionID
	Site       SiteKey
	Time       time.Time
	Notice     NoticeNumber
	NoticeHash Hash
	Bundle     BundleID
	BundleHash Hash
	State      State
	ValidUntil time.Time // zero when it holds for one showing only
}

package consent

import "time"

// RestrictionReason says why Decisions were frozen, by the grounds of GDPR art.
// 18(1). It is a code, so that nothing about a person can stand there.
type RestrictionReason string

// The reasons.
const (
	ReasonAsked     RestrictionReason = "asked"     // by the visitor, who need not say why
	ReasonAccuracy  RestrictionReason = "accuracy"  // (a): somebody says that it is wrong
	ReasonUnlawful  RestrictionReason = "unlawful"  // (b): it should not be kept, but is not to be erased
	ReasonClaim     RestrictionReason = "claim"     // (c): somebody needs it for a legal claim
	ReasonObjection RestrictionReason = "objection" // (d): an objection is being looked at
)

// RestrictionReasons are all reasons, in the order of the law.
var RestrictionReasons = []RestrictionReason{ReasonAsked, ReasonAccuracy, ReasonUnlawful, ReasonClaim, ReasonObjection}

// Restriction says which Decisions to freeze or to release (GDPR art. 18). A
// frozen Decision is kept and nothing else: it does not expire, the operator
// cannot erase it, and statistics leave it out. Its owner, by the token, may
// still erase it, unless it is needed for a legal claim (GDPR art. 17(3)(e)).
type Restriction struct {
	Visitor VisitorKey // all Decisions that this visitor has made so far
	ID      DecisionID // or only this one
	Release bool       // ends the restriction instead
	// Reason is why. A release ends only what was frozen for its reason, and when
	// it has none, whatever the reason was.
	Reason RestrictionReason
	// Why is what whoever runs the site wrote about it, "" from a visitor. Nothing about
	// a person stands there. A backup that is put back does not know it.
	Why  string
	Time time.Time
}

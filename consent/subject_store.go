package consent

import (
	"context"
	"time"
)

// Stub is what is left of an erased Decision: enough to say so, and to keep a late
// retry from bringing it back.
type Stub struct {
	ID     DecisionID
	Origin string        // of the ledger that its leaf stands in still; "" when that cannot be told, as in one that was dropped
	Index  int64         // of that leaf
	Time   time.Time     // of the erasure
	Actor  Actor         // who had it erased; "" when that is not known
	Reason ErasureReason // the ground; "" when none was given, as by visitors, or it is not known
}

// SubjectStore says what data subjects' rights have done to a Decision, for those
// who look at one.
type SubjectStore interface {
	// Erased gives what is left of a Decision that was erased, or NotFound.
	Erased(ctx context.Context, site SiteKey, id DecisionID) (*Stub, error)
	// Restricted gives when and why a Decision was frozen, or NotFound for one that
	// is not frozen.
	Restricted(ctx context.Context, site SiteKey, id DecisionID) (*Restriction, error)
}

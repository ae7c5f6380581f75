package consent

import (
	"slices"
	"time"
)

// Actor says who had something erased.
type Actor string

// The actors.
const (
	ActorVisitor  Actor = "visitor"  // with the token
	ActorOperator Actor = "operator" // whoever runs the server, by a command
)

// ErasureReason says why something was erased, by the grounds of GDPR art. 17(1).
// It is a code, because the ledger keeps it for ever: nothing about a person can
// stand there.
type ErasureReason string

// The reasons.
const (
	ErasedNotNeeded       ErasureReason = "not_needed"       // (a)
	ErasedWithdrawn       ErasureReason = "withdrawn"        // (b)
	ErasedObjection       ErasureReason = "objection"        // (c)
	ErasedUnlawful        ErasureReason = "unlawful"         // (d)
	ErasedLegalObligation ErasureReason = "legal_obligation" // (e)
	ErasedChild           ErasureReason = "child"            // (f)
)

// ErasureReasons are all reasons, in the order of the law.
var ErasureReasons = []ErasureReason{
	ErasedNotNeeded, ErasedWithdrawn, ErasedObjection, ErasedUnlawful, ErasedLegalObligation, ErasedChild,
}

// Erasure says which Decisions to remove, and what the ledger will say about it
// for ever.
type Erasure struct {
	Visitor VisitorKey // all Decisions of this visitor
	ID      DecisionID // or only this one
	Actor   Actor
	Reason  ErasureReason // empty when none is given
	Time    time.Time
}

// CheckReason refuses a reason that is none of the codes (Invalid,
// erasure_reason). It does not repeat it: that may be what must not be written.
func (e *Erasure) CheckReason() error {
	if e.Reason == "" || slices.Contains(ErasureReasons, e.Reason) {
		return nil
	}
	return Errorf(Invalid, "erasure_reason", "That is no reason for an erasure, and the ledger would keep it for ever: give one of %s, or none.", joined(ErasureReasons))
}

package consent

import "time"

// EarlyDecisions are those of a Notice that are dated before it was published, and
// where the first of them is. Their leaves hold, and nobody can have answered then.
type EarlyDecisions struct {
	LedgerFault
	Notice    NoticeNumber
	Count     int
	Published time.Time
	Latest    time.Time // the time of the latest of them
}

// BreakCause is why nobody knows how long an earlier part of a tree was.
type BreakCause string

// The causes.
const (
	BreakKeyOnly BreakCause = "key_only" // only its key was left
	BreakNothing BreakCause = "nothing"  // it had so many leaves, and nothing of it was left
	BreakUnknown BreakCause = "unknown"  // it broke off there, and may have had more
)

// BreakCauses are all of them.
var BreakCauses = []BreakCause{BreakKeyOnly, BreakNothing, BreakUnknown}

// LedgerBreak is where a later part of a tree begins and nobody here knows how long
// the one before it was: leaves may be missing of which nothing tells.
type LedgerBreak struct {
	Site    SiteKey
	Origin  string // of the later part
	Earlier string // the origin of the one before it
	Leaves  int64  // that are known of that one
	Cause   BreakCause
	Why     string
}

// Warnings counts what the audit tells of beside faults: what was signed holds, and
// there is something to look at.
func (a *LedgerAudit) Warnings() int {
	n := len(a.Early) + len(a.Breaks) + len(a.Unsigning)
	for i := range a.Trees {
		if a.Trees[i].Lost > 0 {
			n++
		}
	}
	return n
}

package consent

import (
	"context"
	"time"
)

// PlanID names a Plan. It is never used again.
type PlanID int64

// PlanState is how far a Plan has come.
type PlanState string

// The states. A Plan that was carried out is gone: the Notice is there.
const (
	PlanProposed  PlanState = "proposed"  // waits for somebody who agrees
	PlanReturned  PlanState = "returned"  // somebody did not agree
	PlanScheduled PlanState = "scheduled" // waits for its time
	PlanCancelled PlanState = "cancelled" // somebody has ended it
	PlanFailed    PlanState = "failed"    // its time came, and it could not be carried out
)

// Plan is that one revision of a Draft is to be published: when somebody else
// agrees, at a later time, or both. Once the Draft is another, nothing comes of it.
type Plan struct {
	ID       PlanID
	Site     SiteKey
	State    PlanState
	Revision DraftRevision
	Fallen   bool // the Draft is another by now; only read
	Proposer AccountID
	Proposed time.Time
	Comment  string
	Due      time.Time // zero for at once
	Decider  AccountID // who agreed, returned or cancelled it; 0 for nobody
	Decided  time.Time
	Reason   string // why it was returned, or the code of why it failed
}

// Waits says whether something may still come of the Plan.
func (p *Plan) Waits() bool {
	return p != nil && !p.Fallen && (p.State == PlanProposed || p.State == PlanScheduled)
}

// Lapsed says whether the Plan waited when the Draft was changed. All that is left to do
// is to end it.
func (p *Plan) Lapsed() bool {
	return p != nil && p.Fallen && (p.State == PlanProposed || p.State == PlanScheduled)
}

// Open says whether there is something to end: the Plan waits, or lapsed while it did.
func (p *Plan) Open() bool { return p.Waits() || p.Lapsed() }

// SentBack says whether the Plan is somebody's proposal that another has sent back. What
// they took back themselves is not.
func (p *Plan) SentBack(who AccountID) bool {
	return p.State == PlanReturned && p.Proposer == who && p.Decider != who
}

// Proposal is a Plan with what it takes to say who may agree to it.
type Proposal struct {
	Plan
	Organisation OrganisationID
	Published    time.Time   // of the Notice in force, zero for none
	Savers       []AccountID // who changed the Draft since that, as Savers gives them
}

// PlanField is the field by which an Act tells that it changed a Draft for which a Plan
// waited: from the Plan's state to PlanLapsed.
const (
	PlanField  = "plan"
	PlanLapsed = "lapsed"
)

// PlanStore keeps at most one Plan for each Site. Whatever is published ends it.
type PlanStore interface {
	// Plan gives that of a Site, or NotFound (code "no_plan").
	Plan(ctx context.Context, site SiteKey) (*Plan, error)
	// DuePlans gives those that are to be carried out at a moment.
	DuePlans(ctx context.Context, now time.Time) ([]Plan, error)
	// Proposals gives those of all Sites that wait, and those that were sent back.
	Proposals(ctx context.Context) ([]Proposal, error)
	// SetPlan stores a Plan in place of the one that was there, 0 for none, and
	// sets its ID. It is a Conflict when that is another by now (code
	// "plan_changed"), or the Draft (code "draft_changed").
	SetPlan(ctx context.Context, plan *Plan, was PlanID) error
	// MovePlan stores State, Decider, Decided and Reason. It is a Conflict (code
	// "plan_changed") when the Plan is in another state than from, or has fallen: then it
	// can only be returned or cancelled.
	MovePlan(ctx context.Context, plan *Plan, from PlanState) error
	// SavePlanned does what SaveNotice does, and ends the Plan with it. It is a
	// Conflict (code "plan_changed") when the Plan is in another state, or has
	// fallen: then nothing is stored.
	SavePlanned(ctx context.Context, plan *Plan, notice *Notice) error
	// SaveAlone does what SaveNotice does for a Notice that nobody else has agreed to.
	// It is Forbidden (code "approval_needed") where somebody must by then, as it is to
	// SavePlanned for a Plan that nobody has decided.
	SaveAlone(ctx context.Context, site SiteKey, notice *Notice) error

	// Saver gives who saved a Site's Draft last, and which revision that made; 0 is
	// a command on the machine.
	Saver(ctx context.Context, site SiteKey) (AccountID, DraftRevision, error)
	// Savers gives who changed a Site's Draft since its last Notice, and who saved it
	// last.
	Savers(ctx context.Context, site SiteKey) ([]AccountID, error)
}

// Package publishing makes notices of drafts for those who come from outside: at
// once, when somebody else has agreed, or at a later time. An organisation may ask
// that nobody publishes alone: then who agrees has neither proposed the draft nor
// changed it since the last notice. Commands on the machine are the operator's, and not held to it.
package publishing

import (
	"context"
	"log/slog"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
)

// Store is what is read and written.
type Store interface {
	consent.SiteStore
	consent.DraftStore
	consent.NoticeStore
	consent.BundleStore
	consent.PlanStore
	consent.TwoStore
	consent.OriginProofStore
	// Account gives one, or NotFound.
	Account(ctx context.Context, id consent.AccountID) (*consent.Account, error)
	// Accounts gives all.
	Accounts(ctx context.Context) ([]consent.Account, error)
	// Acts gives one page of a trail.
	Acts(ctx context.Context, query consent.TrailQuery) ([]consent.ActEntry, error)
}

// Publisher publishes. It is safe for use by many.
type Publisher struct {
	store Store
	said  consent.Translations
	clock func() time.Time
	log   *slog.Logger
	// ProvenOrigins refuses drafts that name origins whose control the organisation
	// has not proven.
	ProvenOrigins bool
	// Published is told of each notice that was made, and must not wait. May be nil.
	Published func(consent.SiteKey, consent.NoticeNumber)
}

// New makes a Publisher.
func New(store Store, said consent.Translations, clock func() time.Time, log *slog.Logger) *Publisher {
	return &Publisher{store: store, said: said, clock: clock, log: log}
}

// Now publishes a draft that nobody else has to agree to. The error is Forbidden
// (code "approval_needed") where somebody must.
func (p *Publisher) Now(ctx context.Context, organisation consent.OrganisationID, draft *consent.Draft) (*banner.Published, error) {
	needed, err := p.store.NeedsTwo(ctx, organisation)
	if err != nil {
		return nil, err
	}
	if needed {
		return nil, consent.ErrApprovalNeeded()
	}
	if err := p.checkOrigins(ctx, organisation, draft); err != nil {
		return nil, err
	}
	return p.publish(naming(ctx, draft), alone{p.store}, draft)
}

// alone is a store that takes a notice to which nobody else has agreed, unless somebody
// must by then.
type alone struct{ Store }

func (s alone) SaveNotice(ctx context.Context, site consent.SiteKey, notice *consent.Notice) error {
	return s.SaveAlone(ctx, site, notice)
}

// naming has the audit trail tell which state of a draft a change is about.
func naming(ctx context.Context, draft *consent.Draft) context.Context {
	return consent.TellingMore(ctx, "draft="+draft.Hash().String())
}

// publish makes the notice, and tells of it.
func (p *Publisher) publish(ctx context.Context, store banner.PublishStore, draft *consent.Draft) (*banner.Published, error) {
	done, err := banner.Publish(ctx, store, draft, p.said, p.clock)
	if err == nil && done.Fresh && p.Published != nil {
		p.Published(draft.Site.Key, done.Notice.Number)
	}
	return done, err
}

// Propose asks somebody else to publish a revision of a draft, at once or at a later
// time. The error is Problems when the draft has faults, and Conflict (code
// "nothing_changed") when it says what the notice in force says.
func (p *Publisher) Propose(ctx context.Context, draft *consent.Draft, plan *consent.Plan) error {
	if faults := draft.Validate().Faults(); len(faults) > 0 {
		return faults
	}
	if err := p.checkSigned(ctx, draft, p.clock()); err != nil {
		return err
	}
	if err := p.checkChanged(ctx, draft); err != nil {
		return err
	}
	if !plan.Due.IsZero() {
		if err := CheckDue(plan.Due, p.clock()); err != nil {
			return err
		}
	}
	plan.State = consent.PlanProposed
	return p.set(naming(ctx, draft), plan)
}

// set stores a plan, unless another one waits: whoever wants another ends that
// first.
func (p *Publisher) set(ctx context.Context, plan *consent.Plan) error {
	plan.Proposed = p.clock().UTC()
	before, err := p.Plan(ctx, plan.Site)
	if err != nil {
		return err
	}
	var was consent.PlanID
	if before != nil {
		was = before.ID
	}
	if before.Waits() {
		return consent.Errorf(consent.Conflict, "plan_waits", "Something is planned for this draft already.")
	}
	return p.store.SetPlan(ctx, plan, was)
}

// Plan gives what is planned for a draft, nil for nothing.
func (p *Publisher) Plan(ctx context.Context, site consent.SiteKey) (*consent.Plan, error) {
	plan, err := p.store.Plan(ctx, site)
	if consent.KindOf(err) == consent.NotFound {
		return nil, nil //nolint:nilnil // that nothing is planned is no failure
	}
	return plan, err
}

// waiting gives a plan that is still the one that somebody has seen, and stands.
func (p *Publisher) waiting(ctx context.Context, site consent.SiteKey, id consent.PlanID, state consent.PlanState) (*consent.Plan, error) {
	plan, err := p.seen(ctx, site, id, state)
	if err == nil && !plan.Waits() {
		return nil, errPlanChanged()
	}
	return plan, err
}

// seen gives a plan that is still the one that somebody has seen, though it may have
// lapsed meanwhile.
func (p *Publisher) seen(ctx context.Context, site consent.SiteKey, id consent.PlanID, state consent.PlanState) (*consent.Plan, error) {
	plan, err := p.Plan(ctx, site)
	if err != nil {
		return nil, err
	}
	if !plan.Open() || plan.ID != id || plan.State != state {
		return nil, errPlanChanged()
	}
	return plan, nil
}

// MayApprove says whether somebody may agree to a plan: Forbidden, as Refuses says,
// when it is their own work, or as CheckPlan says, when a key proposed it.
func (p *Publisher) MayApprove(ctx context.Context, plan *consent.Plan, who consent.AccountID) error {
	_, revision, err := p.store.Saver(ctx, plan.Site)
	if err != nil {
		return err
	}
	if revision != plan.Revision {
		return errPlanChanged()
	}
	if err := p.CheckPlan(ctx, plan); err != nil {
		return err
	}
	second, err := p.Second(ctx, plan)
	if err != nil {
		return err
	}
	return second.Refuses(who)
}

// Approve publishes what was proposed: that revision, and no other, and only when it
// says what whoever agrees has seen. It is nil for what is published at a later time. A
// time that has passed meanwhile is now.
func (p *Publisher) Approve(ctx context.Context, site consent.SiteKey, id consent.PlanID, who consent.AccountID, seen consent.Hash) (*banner.Published, error) {
	plan, err := p.waiting(ctx, site, id, consent.PlanProposed)
	if err != nil {
		return nil, err
	}
	if err := p.MayApprove(ctx, plan, who); err != nil {
		return nil, err
	}
	draft, err := p.draftOf(ctx, plan)
	if err != nil {
		return nil, err
	}
	if draft.Hash() != seen {
		return nil, errPlanChanged()
	}
	plan.Decider, plan.Decided = who, p.clock().UTC()
	if plan.Due.After(p.clock()) {
		plan.State = consent.PlanScheduled
		return nil, p.store.MovePlan(consent.TellingMore(naming(ctx, draft), strings.TrimSpace(dueTold(plan))), plan, consent.PlanProposed)
	}
	done, err := p.carryOut(ctx, plan)
	if err != nil || done.Fresh {
		return done, err
	}
	plan.State, plan.Reason = consent.PlanFailed, Same
	return done, p.store.MovePlan(naming(ctx, draft), plan, consent.PlanProposed)
}

// draftOf gives the draft that a plan is about.
func (p *Publisher) draftOf(ctx context.Context, plan *consent.Plan) (*consent.Draft, error) {
	draft, revision, err := p.store.DraftAt(ctx, plan.Site)
	if err == nil && revision != plan.Revision {
		err = errPlanChanged()
	}
	return draft, err
}

// carryOut makes a notice of a plan, and ends the plan in the same moment. Where the
// notice in force says the same, nothing is done.
func (p *Publisher) carryOut(ctx context.Context, plan *consent.Plan) (*banner.Published, error) {
	draft, err := p.draftOf(ctx, plan)
	if err != nil {
		return nil, err
	}
	site, err := p.store.Site(ctx, plan.Site)
	if err != nil {
		return nil, err
	}
	if err := p.checkOrigins(ctx, site.Organisation, draft); err != nil {
		return nil, err
	}
	return p.publish(naming(ctx, draft), &planned{p.store, plan}, draft)
}

// planned is a store in which a notice ends its plan.
type planned struct {
	Store
	plan *consent.Plan
}

func (s *planned) SaveNotice(ctx context.Context, _ consent.SiteKey, notice *consent.Notice) error {
	return s.SavePlanned(ctx, s.plan, notice)
}

// Return sends a proposal back to who made it, with a reason. Who made it takes it back
// by that, and needs none; others must be among those who publish. One that has lapsed is
// cleared away by that, and nobody has to say why.
func (p *Publisher) Return(ctx context.Context, site consent.SiteKey, id consent.PlanID, who consent.AccountID, publishes bool, reason string) error {
	plan, err := p.seen(ctx, site, id, consent.PlanProposed)
	if err != nil {
		return err
	}
	mine := plan.Proposer == who
	switch {
	case !mine && !publishes:
		return consent.Errorf(consent.Forbidden, "not_permitted", "Only those who publish send back what somebody else has proposed.")
	case !mine && plan.Waits() && !consent.IsSeen(reason):
		return consent.Errorf(consent.Invalid, "bad_reason", "Write what has to be changed.")
	}
	if err := CheckComment(reason); err != nil {
		return err
	}
	return p.end(ctx, site, id, consent.PlanProposed, consent.PlanReturned, who, reason)
}

// CheckComment says whether a comment can be kept in the trail: Invalid (code "too_long"
// or "hidden_character").
func CheckComment(comment string) error {
	switch {
	case utf8.RuneCountInString(comment) > consent.LongestReason:
		return consent.Errorf(consent.Invalid, "too_long", "The comment is too long. Write at most 2,000 characters.")
	case consent.HidesInComment(comment):
		return consent.Errorf(consent.Invalid, "hidden_character", "The comment holds a control character or a character that nobody sees. Write it again as plain text.")
	}
	return nil
}

func (p *Publisher) end(ctx context.Context, site consent.SiteKey, id consent.PlanID, from, to consent.PlanState, who consent.AccountID, reason string) error {
	plan, err := p.seen(ctx, site, id, from)
	if err != nil {
		return err
	}
	telling := consent.TellingMore(ctx, endTold(plan, who))
	plan.State, plan.Decider, plan.Decided, plan.Reason = to, who, p.clock().UTC(), reason
	return p.store.MovePlan(telling, plan, from)
}

// endTold has the audit trail tell what ends: what it was, whose when that is somebody
// else, and for which time.
func endTold(plan *consent.Plan, who consent.AccountID) string {
	told := "plan="
	switch {
	case plan.Lapsed():
		told += "lapsed"
	case plan.State == consent.PlanScheduled:
		told += "cancelled"
	case plan.Proposer == who:
		told += "withdrawn"
	default:
		told += "returned"
	}
	if plan.Proposer != 0 && plan.Proposer != who {
		told += " account=" + strconv.FormatInt(int64(plan.Proposer), 10)
	}
	return told + dueTold(plan)
}

// dueTold tells the time that a plan is for, of one that has any.
func dueTold(plan *consent.Plan) string {
	if plan.Due.IsZero() {
		return ""
	}
	return " due=" + consent.InNorway(plan.Due).Format("2006-01-02T15:04")
}

func errPlanChanged() error {
	return consent.Errorf(consent.Conflict, "plan_changed", "What was planned is something else by now. Look at it again.")
}

func errUnpermitted() error {
	return consent.Errorf(consent.Forbidden, "not_permitted", "Whoever had it published at this time may not publish here any more.")
}

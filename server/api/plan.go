package api

import (
	"context"
	"net/http"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
)

// planRoutes are about what shall be published when somebody else agrees, or at a later
// time. To agree is for people, on the page, and so is to propose where two people are
// required: a key is handed on, and with another's key one person would be two.
func planRoutes() []route {
	const path = "/sites/:site/plan"
	planned := map[int]any{http.StatusOK: Planned{}}
	created := map[int]any{http.StatusCreated: Planned{}}
	made := append([]int{http.StatusConflict}, ofMatch...)
	return []route{
		{
			method: http.MethodGet, path: path, scope: consent.ScopeRead, name: "getPlan",
			summary: "What is planned for the draft, or what became of the last plan. Its ETag is needed to end it", answers: planned, handle: (*request).planGet,
		},
		{
			method: http.MethodPost, path: path + "/propose", scope: consent.ScopeEdit, action: "api.publish.propose", name: "propose",
			summary: "Ask somebody else to publish the draft that If-Match names, at once or at a later time. They agree on the page for publishing: no key does. Where two people are required, no key proposes, either (two_people_key)",
			matched: true, makes: true, body: Proposal{}, answers: created, refused: made, handle: (*request).proposePost,
		},
		{
			method: http.MethodPost, path: path + "/schedule", scope: consent.ScopePublish, action: "api.publish.schedule", name: "schedule",
			summary: "Have the draft that If-Match names published at a later time. A change of the draft cancels that. Where two people are required, no key does (two_people_key)",
			matched: true, makes: true, body: Scheduling{}, answers: created, refused: made, handle: (*request).schedulePost,
		},
		{
			method: http.MethodPost, path: path + "/return", scope: consent.ScopeEdit, action: "api.publish.return", name: "returnProposal",
			summary: "Send a proposal back. What the maker of the key has proposed is taken back by that, without a reason; for others' proposals the key needs the scope publish, too",
			matched: true, body: Returning{}, answers: planned, refused: made, handle: (*request).returnPost,
		},
		{
			method: http.MethodPost, path: path + "/cancel", scope: consent.ScopePublish, action: "api.publish.cancel", name: "cancel",
			summary: "Cancel what was to be published at a later time", matched: true, answers: planned, refused: made, handle: (*request).cancelPost,
		},
	}
}

// Planned is what is planned for a draft.
type Planned struct {
	TwoPeople bool  `json:"two_people" about:"nobody publishes alone: people propose and agree on the page, and no key does"`
	Plan      *Plan `json:"plan"       about:"null when nothing was planned since the notice in force"`
}

// Plan is that one state of a draft is to be published.
type Plan struct {
	State    consent.PlanState `json:"state"`
	Waits    bool              `json:"waits"    about:"something may still come of it"`
	Fallen   bool              `json:"fallen"   about:"the draft was changed since, so nothing comes of it"`
	Draft    string            `json:"draft"    about:"ETag of the draft that is to be published, without its quotes"`
	Sum      *string           `json:"draft_hash" about:"SHA-256 of all that this draft says, as its page shows the beginning of it and the audit trail tells who approved it; null when the draft is another by now"`
	Proposer int64             `json:"proposer" about:"account that made it; 0 for a command on the server"`
	Proposed string            `json:"proposed"`
	Comment  string            `json:"comment"`
	Due      *string           `json:"due"      about:"null for at once"`
	Decider  *int64            `json:"decider"  about:"account that agreed, sent it back or cancelled it; null for nobody"`
	Decided  *string           `json:"decided"`
	Reason   string            `json:"reason"   about:"why it was sent back, or the code of why it failed"`
}

// Proposal is what is said when a draft is proposed.
type Proposal struct {
	Comment string `json:"comment,omitempty" about:"for the audit trail and whoever agrees; at most 2,000 characters"`
	Due     string `json:"due,omitempty"     about:"when it is to be published, such as 2026-12-01T08:00:00+01:00; left out for at once"`
}

// Scheduling is what is said when a draft is to be published at a later time.
type Scheduling struct {
	Comment string `json:"comment,omitempty" about:"for the audit trail; at most 2,000 characters"`
	Due     string `json:"due"               about:"when it is to be published, such as 2026-12-01T08:00:00+01:00; at most a year ahead"`
}

// Returning is why a proposal goes back.
type Returning struct {
	Reason string `json:"reason,omitempty" about:"what has to be changed; at most 2,000 characters"`
}

// PlanFields are the fields that rules of plans are about.
var PlanFields = map[string]string{"due_past": "due", "due_far": "due", "bad_reason": "reason", "too_long": "reason", "hidden_character": "reason"}

// PlanOf gives a plan as programs get it, nil for none: with the hash of its draft, as
// long as that is the one.
func PlanOf(ctx context.Context, drafts consent.DraftStore, plan *consent.Plan) (*Plan, error) {
	if plan == nil {
		return nil, nil //nolint:nilnil // that nothing is planned is no failure
	}
	draft, revision, err := drafts.DraftAt(ctx, plan.Site)
	if err != nil {
		return nil, err
	}
	said := &Plan{
		State: plan.State, Waits: plan.Waits(), Fallen: plan.Fallen, Draft: revisionTag(plan.Revision),
		Proposer: int64(plan.Proposer), Proposed: stamp(plan.Proposed), Comment: plan.Comment, Reason: plan.Reason,
	}
	if !plan.Due.IsZero() {
		said.Due = new(stamp(plan.Due))
	}
	if plan.Decider != 0 {
		said.Decider = new(int64(plan.Decider))
	}
	if !plan.Decided.IsZero() {
		said.Decided = new(stamp(plan.Decided))
	}
	if revision == plan.Revision {
		said.Sum = new(draft.Hash().String())
	}
	return said, nil
}

func (r *request) planned() (*consent.Plan, *Planned, error) {
	plan, err := r.Publisher.Plan(r.ctx, r.site.Key)
	if err != nil {
		return nil, nil, err
	}
	two, err := r.Store.NeedsTwo(r.ctx, r.site.Organisation)
	if err != nil {
		return nil, nil, err
	}
	said, err := PlanOf(r.ctx, r.Store, plan)
	return plan, &Planned{two, said}, err
}

// planGet also answers with what was planned, and its new tag.
func (r *request) planGet() (*answer, error) {
	_, said, err := r.planned()
	if err != nil {
		return nil, err
	}
	body, err := encode(said)
	return &answer{body: body, tag: tagOf(body)}, err
}

// planMade answers with a plan that is new.
func (r *request) planMade() (*answer, error) {
	_, said, err := r.planned()
	if err != nil {
		return nil, err
	}
	body, err := encode(said)
	return &answer{status: http.StatusCreated, body: said, tag: tagOf(body), location: Base + "/sites/" + string(r.site.Key) + "/plan"}, err
}

func (r *request) proposePost() (*answer, error) {
	var said Proposal
	draft, plan, err := r.planOf(&said, func() (string, string) { return said.Comment, said.Due })
	if err != nil {
		return nil, err
	}
	if err := r.Publisher.CheckKey(r.ctx, r.site.Organisation); err != nil {
		return nil, err
	}
	if err := r.Publisher.Propose(r.ctx, draft, plan); err != nil {
		return nil, r.unpublished(err)
	}
	return r.planMade()
}

func (r *request) schedulePost() (*answer, error) {
	var said Scheduling
	draft, plan, err := r.planOf(&said, func() (string, string) { return said.Comment, said.Due })
	if err != nil {
		return nil, err
	}
	if plan.Due.IsZero() {
		return nil, errDue()
	}
	if err := r.Publisher.CheckKey(r.ctx, r.site.Organisation); err != nil {
		return nil, err
	}
	if err := r.Publisher.Schedule(r.ctx, r.site.Organisation, draft, plan); err != nil {
		return nil, r.unpublished(err)
	}
	return r.planMade()
}

// planOf reads what is planned for the draft that the program has seen. Of gives the
// comment and the time of what was read.
func (r *request) planOf(into any, of func() (comment, due string)) (*consent.Draft, *consent.Plan, error) {
	draft, revision, err := r.draftSeen()
	if err != nil {
		return nil, nil, err
	}
	if err := r.read(into); err != nil {
		return nil, nil, err
	}
	comment, due := of()
	if err := checkComment(comment); err != nil {
		return nil, nil, err
	}
	plan := &consent.Plan{Site: r.site.Key, Revision: revision, Proposer: r.maker.ID, Comment: comment}
	told := ""
	if due != "" {
		if plan.Due, err = time.Parse(time.RFC3339, due); err != nil {
			return nil, nil, errDue()
		}
		told = consent.InNorway(plan.Due).Format("2006-01-02 15:04")
	}
	r.tells(told, comment)
	return draft, plan, nil
}

func errDue() error {
	var faults consent.Problems
	errField(&faults, "due", "bad_due", "That is no time.", "Write it with its offset, as 2026-12-01T08:00:00+01:00.")
	return errFaults("Nothing was planned.", faults)
}

func checkComment(comment string) error {
	return ofField(publishing.CheckComment(comment), map[string]string{"too_long": "comment", "hidden_character": "comment"})
}

// planSeen gives the plan when it still is the one that the program has seen.
func (r *request) planSeen() (consent.PlanID, error) {
	plan, said, err := r.planned()
	if err != nil {
		return 0, err
	}
	if err := r.unchanged(said); err != nil || plan == nil {
		return 0, err
	}
	return plan.ID, nil
}

func (r *request) returnPost() (*answer, error) {
	plan, err := r.planSeen()
	if err != nil {
		return nil, err
	}
	var said Returning
	if err := r.read(&said); err != nil {
		return nil, err
	}
	r.tells("", said.Reason)
	lacks := r.permitted(consent.ScopePublish)
	err = r.Publisher.Return(r.ctx, r.site.Key, plan, r.maker.ID, lacks == nil, said.Reason)
	if lacks != nil && isCode(err, "not_permitted") {
		return nil, lacks
	}
	if err != nil {
		return nil, ofField(err, PlanFields)
	}
	return r.planGet()
}

func (r *request) cancelPost() (*answer, error) {
	plan, err := r.planSeen()
	if err != nil {
		return nil, err
	}
	if err := r.Publisher.Cancel(r.ctx, r.site.Key, plan, r.maker.ID); err != nil {
		return nil, err
	}
	return r.planGet()
}

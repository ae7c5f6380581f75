package admin

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

func planRoutes() []route {
	const publish = "/sites/:site/publish"
	return []route{
		{method: http.MethodPost, path: publish + "/propose", may: consent.MayEdit, action: "publish.propose", reason: true, handle: (*request).proposePost},
		{method: http.MethodPost, path: publish + "/return", may: consent.MayEdit, action: "publish.return", reason: true, handle: (*request).returnPost},
		{method: http.MethodPost, path: publish + "/approve", may: consent.MayPublish, action: "publish.approve", handle: (*request).approvePost},
		{method: http.MethodPost, path: publish + "/cancel", may: consent.MayPublish, action: "publish.cancel", handle: (*request).cancelPost},
	}
}

// planShown is what a page says of a plan.
type planShown struct {
	ID       consent.PlanID
	State    consent.PlanState
	Fallen   bool
	FellBy   string // by whom and what, "" where the trail does not tell
	Waits    bool
	Proposer string
	Proposed time.Time
	Comment  string
	Due      time.Time // zero for at once
	Late     bool      // Due has passed
	Decider  string    // "" for nobody
	Reason   string    // that somebody gave, or that says why it failed
	Two      bool      // two people are required
	Alone    bool      // they are not, and the person may publish it without anybody
	// Of a proposal.
	Mine    bool
	Back    bool     // the person's, and sent back by somebody else
	For     []string // who may agree
	Agree   bool     // the person may
	WhyNot  string   // they may not, although they publish
	ByKey   bool     // a key proposed it, so nobody may
	Publish bool     // the person may publish
}

func (p *planShown) waits() bool { return p != nil && p.Waits }

// planShown gives what is planned for the draft of the Site, nil for nothing.
func (r *request) planShown() (*planShown, error) {
	plan, err := r.publisher.Plan(r.ctx, r.site.Key)
	if plan == nil || err != nil {
		return nil, err
	}
	all, err := r.Store.Accounts(r.ctx)
	if err != nil {
		return nil, err
	}
	called := callings(all, r.organisation.ID)
	shown := &planShown{
		ID: plan.ID, State: plan.State, Fallen: plan.Fallen, Waits: plan.Waits(), Proposed: plan.Proposed, Comment: plan.Comment, Due: plan.Due, Late: !plan.Due.IsZero() && !plan.Due.After(r.Clock()),
		Reason: plan.Reason, Mine: plan.Proposer == r.account.ID, Back: plan.SentBack(r.account.ID), Publish: r.may(consent.MayPublish),
		Proposer: r.nameIn(called, plan.Proposer), Decider: r.nameIn(called, plan.Decider),
	}
	if plan.State == consent.PlanFailed {
		shown.Reason = r.say("plan_failed_" + plan.Reason)
	}
	switch {
	case plan.Lapsed():
		shown.FellBy, err = r.fellBy(plan, called)
	case plan.State == consent.PlanProposed && shown.Waits:
		err = r.sayWhoAgrees(shown, plan, all)
	}
	return shown, err
}

// fellBy says who changed the draft so that a plan fell, when and how.
func (r *request) fellBy(plan *consent.Plan, called map[consent.AccountID]string) (string, error) {
	acts, err := r.Store.Acts(r.ctx, consent.TrailQuery{Organisation: r.organisation.ID, Site: r.site.Key, From: plan.Proposed, Limit: mostLooked})
	fell := consent.FieldChange{Field: consent.PlanField, Was: string(plan.State), Is: consent.PlanLapsed}
	at := slices.IndexFunc(acts, func(act consent.ActEntry) bool { return slices.Contains(act.Changes, fell) })
	if err != nil || at < 0 {
		return "", err
	}
	act := &acts[at].Act
	words, _ := web.WordsIn(r.lang)
	return r.say("plan_fell_by", "who", (&changers{request: r, called: called}).doer(act), "time", words.Clock(act.Time), "what", r.actWords(act.Action)), nil
}

// sayWhoAgrees says for whom a proposal waits.
func (r *request) sayWhoAgrees(shown *planShown, plan *consent.Plan, all []consent.Account) error {
	if err := r.publisher.CheckPlan(r.ctx, plan); consent.CodeOf(err) == "two_people_key" {
		shown.ByKey = true
		return nil
	} else if err != nil {
		return err
	}
	second, err := r.publisher.Second(r.ctx, plan)
	if err != nil {
		return err
	}
	if shown.Two, err = r.Store.NeedsTwo(r.ctx, r.organisation.ID); err != nil {
		return err
	}
	called := callings(all, r.organisation.ID)
	for _, each := range second.Among(all, r.organisation.ID) {
		shown.For = append(shown.For, r.nameIn(called, each.ID))
		shown.Agree = shown.Agree || each.ID == r.account.ID
	}
	shown.Alone = !shown.Two && shown.Publish && !shown.Agree
	if refusal := second.Refuses(r.account.ID); refusal != nil && shown.Publish && shown.Two {
		shown.WhyNot = r.say(refusals[consent.CodeOf(refusal)])
	}
	return nil
}

// planID gives which plan a form was about.
func (r *request) planID() consent.PlanID {
	id, err := strconv.ParseInt(r.form.Get("plan"), 10, 64)
	if err != nil {
		return 0
	}
	return consent.PlanID(id)
}

// proposePost asks somebody else to publish the draft that the person has seen.
func (r *request) proposePost() error {
	var shown publishPage
	draft, revision, err := r.draftSeen(&shown)
	if draft == nil || err != nil {
		return err
	}
	due, ok := r.due(&shown)
	if !ok {
		return r.showPublish(http.StatusUnprocessableEntity, shown)
	}
	plan := &consent.Plan{Site: r.site.Key, Revision: revision, Proposer: r.account.ID, Comment: shown.Reason, Due: due}
	if err := r.publisher.Propose(r.ctx, draft, plan); err != nil {
		return r.refuse(&shown, err)
	}
	return r.redirect(r.here("/publish"), "plan_propose")
}

// returnPost sends a proposal back. Who made it takes it back by that.
func (r *request) returnPost() error {
	shown := publishPage{Return: r.form.Get("reason")}
	err := r.publisher.Return(r.ctx, r.site.Key, r.planID(), r.account.ID, r.may(consent.MayPublish), shown.Return)
	switch consent.CodeOf(err) {
	case "not_permitted":
		return r.errNotPermitted(consent.MayPublish)
	case "bad_reason":
		shown.ReturnWrong = r.say("plan_return_needs_reason")
	case "too_long":
		shown.ReturnWrong = r.say("publish_reason_long", "n", r.grouped(length(shown.Return)), "longest", r.grouped(consent.LongestReason))
	case "hidden_character":
		shown.ReturnWrong = r.say("publish_reason_hidden")
	}
	if shown.ReturnWrong != "" {
		return r.showPublish(http.StatusUnprocessableEntity, shown)
	}
	if err != nil {
		return r.refuse(&shown, err)
	}
	return r.redirect(r.here("/publish"), "plan_return")
}

// approvePost publishes what somebody else has proposed, when that is what the person
// has seen.
func (r *request) approvePost() error {
	seen, _ := consent.ParseHash(r.form.Get("was")) // what is none is that of no draft
	done, err := r.publisher.Approve(r.ctx, r.site.Key, r.planID(), r.account.ID, seen)
	if err != nil {
		return r.refuse(&publishPage{}, err)
	}
	if done == nil {
		return r.redirect(r.here("/publish"), "plan_approve")
	}
	return r.published(done)
}

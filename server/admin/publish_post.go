package admin

import (
	"errors"
	"net/http"
	"strconv"
	"unicode/utf8"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
)

// publishPost makes the draft the next notice: the one that the person has seen,
// and no other.
func (r *request) publishPost() error {
	var shown publishPage
	draft, revision, err := r.draftSeen(&shown)
	if draft == nil || err != nil {
		return err
	}
	due, ok := r.due(&shown)
	switch {
	case !ok:
		return r.showPublish(http.StatusUnprocessableEntity, shown)
	case !due.IsZero():
		return r.schedule(&shown, draft, &consent.Plan{Site: r.site.Key, Revision: revision, Proposer: r.account.ID, Comment: shown.Reason, Due: due})
	}
	done, err := r.publisher.Now(r.ctx, r.organisation.ID, draft)
	if err != nil {
		return r.refuse(&shown, err)
	}
	return r.published(done)
}

// draftSeen gives the draft when it still is the one that the person has seen, and
// the comment can be kept. Otherwise the page was shown again, and it is nil.
func (r *request) draftSeen(shown *publishPage) (*consent.Draft, consent.DraftRevision, error) {
	shown.Reason = r.form.Get("reason")
	switch consent.CodeOf(publishing.CheckComment(shown.Reason)) {
	case "too_long":
		shown.Wrong = r.say("publish_reason_long", "n", r.grouped(length(shown.Reason)), "longest", r.grouped(consent.LongestReason))
	case "hidden_character":
		shown.Wrong = r.say("publish_reason_hidden")
	}
	if shown.Wrong != "" {
		return nil, 0, r.showPublish(http.StatusUnprocessableEntity, *shown)
	}
	draft, revision, err := r.Store.DraftAt(r.ctx, r.site.Key)
	if err != nil {
		return nil, 0, err
	}
	if fingerprint(draft) != r.form.Get("was") {
		shown.Refused = r.say("publish_draft_changed")
		return nil, 0, r.showPublish(http.StatusConflict, *shown)
	}
	return draft, revision, nil
}

func length(text string) int { return utf8.RuneCountInString(text) }

// published leads on to what was published.
func (r *request) published(done *banner.Published) error {
	if !done.Fresh {
		return r.redirect(r.here("/publish"), "publish_same")
	}
	return r.redirect(r.here("/notices/"+strconv.Itoa(int(done.Notice.Number))), "publish")
}

// refusals are texts for why nothing was published, by code.
var refusals = map[string]string{
	"notice_number": "publish_raced", "draft_changed": "publish_draft_changed", "plan_changed": "plan_changed", "plan_waits": "plan_waits",
	"origins_unproven": "publish_unproven", "nothing_changed": "plan_nothing_changed",
	"approval_needed": "plan_approval_needed", "own_proposal": "plan_own_proposal", "own_change": "plan_own_change", "own_person": "plan_own_person",
	"two_people_key": "plan_two_people_key",
}

// refuse shows the page again with why nothing was published.
func (r *request) refuse(shown *publishPage, err error) error {
	var own *consent.Error
	switch {
	case errors.As(err, new(consent.Problems)):
		shown.Refused = r.say("publish_faults_refused")
		return r.showPublish(http.StatusUnprocessableEntity, *shown)
	case errors.As(err, &own) && own.Code == "bundle_failed":
		r.Log.ErrorContext(r.ctx, "draft cannot be built", "site", r.site.Key, "error", err)
		shown.Refused = r.say("publish_unbuildable")
		return r.showPublish(http.StatusUnprocessableEntity, *shown)
	case errors.As(err, &own) && refusals[own.Code] != "":
		shown.Refused = r.say(refusals[own.Code])
		return r.showPublish(statusOfKind[own.Kind], *shown)
	}
	return err
}

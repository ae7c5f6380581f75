package admin

import (
	"errors"
	"net/http"
	"strconv"
	"unicode/utf8"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
)

// publishPost makes the draft the next notice: the one that the person has seen,
// and no other.
func (r *request) publishPost() error {
	shown := publishPage{Reason: r.form.Get("reason")}
	if utf8.RuneCountInString(shown.Reason) > consent.LongestReason {
		shown.Wrong = r.say("publish_reason_long", "n", utf8.RuneCountInString(shown.Reason), "longest", consent.LongestReason)
		return r.showPublish(http.StatusUnprocessableEntity, shown)
	}
	draft, err := r.Store.Draft(r.ctx, r.site.Key)
	if err != nil {
		return err
	}
	if fingerprint(draft) != r.form.Get("was") {
		shown.Refused = r.say("publish_draft_changed")
		return r.showPublish(http.StatusConflict, shown)
	}
	done, err := banner.Publish(r.ctx, r.Store, draft, r.Said, r.Clock)
	var own *consent.Error
	switch {
	case errors.As(err, new(consent.Problems)):
		shown.Refused = r.say("publish_faults_refused")
		return r.showPublish(http.StatusUnprocessableEntity, shown)
	case errors.As(err, &own) && own.Code == "notice_number":
		shown.Refused = r.say("publish_raced")
		return r.showPublish(http.StatusConflict, shown)
	case errors.As(err, &own) && own.Code == "bundle_failed":
		r.Log.ErrorContext(r.ctx, "draft cannot be built", "site", r.site.Key, "error", err)
		shown.Refused = r.say("publish_unbuildable")
		return r.showPublish(http.StatusUnprocessableEntity, shown)
	case err != nil:
		return err
	case !done.Fresh:
		return r.redirect(r.here("/publish"), "publish_same")
	}
	return r.redirect(r.here("/notices/"+strconv.Itoa(int(done.Notice.Number))), "publish")
}

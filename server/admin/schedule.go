package admin

import (
	"errors"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
)

// whenForm is when the draft is to be published, as it was written.
type whenForm struct {
	Later bool
	Day   string
	Clock string
	Wrong string
}

// minute is how a form writes a moment.
const minute = "2006-01-02 15:04"

// due reads when the draft is to be published, the zero time for at once. It is not
// ok when what was written is no time to come; then the form says why.
func (r *request) due(shown *publishPage) (due time.Time, ok bool) {
	if r.form.Get("when") != "later" {
		return time.Time{}, true
	}
	w := &shown.When
	w.Later, w.Day, w.Clock = true, r.field("day"), r.field("clock")
	now := r.Clock()
	written := w.Day + " " + w.Clock
	due, err := time.ParseInLocation(minute, written, consent.InNorway(now).Location())
	if err != nil || due.Format(minute) != written { // an hour that is left out in spring
		w.Wrong = r.say("plan_when_wrong")
		return due, false
	}
	var own *consent.Error
	if errors.As(publishing.CheckDue(due, now), &own) {
		w.Wrong = r.say("plan_" + own.Code)
		return due, false
	}
	r.tells(func(act *consent.Act) { act.Object = written })
	return due, true
}

// schedule has the draft published at a later time.
func (r *request) schedule(shown *publishPage, draft *consent.Draft, plan *consent.Plan) error {
	r.tells(func(act *consent.Act) { act.Action = "publish.schedule" })
	if err := r.publisher.Schedule(r.ctx, r.organisation.ID, draft, plan); err != nil {
		return r.refuse(shown, err)
	}
	return r.redirect(r.here("/publish"), "plan_schedule")
}

// cancelPost ends what was to be published at a later time.
func (r *request) cancelPost() error {
	if err := r.publisher.Cancel(r.ctx, r.site.Key, r.planID(), r.account.ID); err != nil {
		return r.refuse(&publishPage{}, err)
	}
	return r.redirect(r.here("/publish"), "plan_cancel")
}

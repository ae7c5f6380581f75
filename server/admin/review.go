package admin

import (
	"net/http"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// reviewShown is when a service is to be looked at again, as its page says it.
type reviewShown struct {
	consent.Review

	Base   string
	State  string // what the form goes by
	Date   string // in the field
	Late   string // "_over" when the next day is
	Name   string // of the service, for whoever sends a form when it is gone
	Wrong  string // of the field
	Undone string // of the button that says it was looked at
	Tag    *reviewTag

	Carried bool // the date is what was written when something else was saved
}

// reviewTag says that the time has come: the days that are left, or that a day of the
// service's own is over. What only the interval asks for is due, and not late.
type reviewTag struct {
	Days      int
	Due, Late bool
}

// tagOf gives the tag of a review, nil while there is time.
func tagOf(review consent.Review, today consent.Day) *reviewTag {
	switch left := int(review.Next() - today); {
	case !review.Pressing(today):
		return nil
	case left < 0 && review.Due == 0:
		return &reviewTag{Due: true}
	case left < 0:
		return &reviewTag{Days: -left, Late: true}
	default:
		return &reviewTag{Days: left}
	}
}

// reviewShown gives what the page of a service says of its review.
func (r *request) reviewShown(s *consent.Service, base string) (*reviewShown, error) {
	all, err := consent.ReviewsOf(r.ctx, r.Store, r.site.Key)
	if err != nil {
		return nil, err
	}
	review, today := all.Of(s.Key), consent.DayOf(r.Clock())
	shown := &reviewShown{Review: review, Base: base, Name: r.serviceName(s), State: reviewState(&review), Date: review.Due.String(), Tag: tagOf(review, today)}
	if review.Next() < today {
		shown.Late = "_over"
	}
	day, carried := r.dayCarried()
	if carried || r.dayWritten() {
		shown.Carried, shown.Date = carried, day
	}
	switch pressed := r.reviewPressed(); {
	case pressed != "" && r.staleReview(&review):
		err = r.tellStale(shown, pressed)
	case pressed == setsDay && r.form.Has("due"), pressed == notesReview && r.dayWritten():
		shown.Date, shown.Wrong = day, r.dayFault(&review, day)
	case r.dayWritten():
		shown.State = r.form.Get("review") // nobody has looked at it since
	}
	return shown, err
}

// tellStale says at what was pressed who has changed the review meanwhile.
func (r *request) tellStale(shown *reviewShown, pressed string) error {
	by, own, err := r.lastTold(func(act *consent.Act) bool { return reviewsService(act, shown.Service) })
	if err != nil {
		return err
	}
	key, at := "reviewed_changed", &shown.Undone
	if pressed == setsDay {
		key, at, shown.Date = "review_changed", &shown.Wrong, r.field("due")
	}
	if own {
		key += "_own"
	}
	*at = told(r.say(key), by)
	return nil
}

// wrong leads to what was not saved of it.
func (s *reviewShown) wrong(r *request) []wrongLink {
	switch {
	case s.Wrong != "":
		return []wrongLink{{"due", r.say("review_by"), s.Wrong}}
	case s.Undone != "":
		return []wrongLink{{"reviewed", r.say("review_done"), s.Undone}}
	}
	return nil
}

// reviewState is what somebody may change meanwhile.
func reviewState(review *consent.Review) string {
	return review.Due.String() + " " + review.Reviewed.String()
}

// staleReview says whether a form was opened before somebody else changed the review.
func (r *request) staleReview(review *consent.Review) bool {
	return r.form.Has("review") && r.form.Get("review") != reviewState(review)
}

// reviewsService says whether an act is the review of a service, or sets its day.
func reviewsService(act *consent.Act, service consent.ServiceKey) bool {
	object := slices.DeleteFunc(strings.Fields(act.Object), func(word string) bool { return strings.HasPrefix(word, "key=") })
	return strings.HasPrefix(strings.TrimPrefix(act.Action, "api."), "service.review.") && len(object) > 0 && object[0] == string(service)
}

// reviewDatePost sets the day by which a service is to be looked at, or takes it away.
func (r *request) reviewDatePost() error {
	return r.review(func(review *consent.Review) (err error) {
		due := consent.Day(0)
		if date := r.field("due"); date != "" {
			if due, err = consent.ParseDay(date); err != nil {
				return err
			}
		}
		*review, err = review.Dated(due, consent.DayOf(r.Clock()))
		return err
	})
}

// reviewedPost notes that somebody has looked at a service today, and when the next
// time is.
func (r *request) reviewedPost() error {
	return r.review(func(review *consent.Review) error { *review = review.Done(consent.DayOf(r.Clock())); return nil })
}

// review changes the review of the service that the address names. The rest of the page's
// form comes along, and is shown again when something in it is not saved.
func (r *request) review(change func(*consent.Review) error) error {
	_, s, err := r.namedService()
	if consent.KindOf(err) == consent.NotFound && r.form.Has("review") {
		return r.showReviewLost()
	}
	if err != nil {
		return err
	}
	all, err := consent.ReviewsOf(r.ctx, r.Store, r.site.Key)
	if err != nil {
		return err
	}
	was := all.Of(s.Key)
	if r.staleReview(&was) {
		return r.showService(http.StatusConflict)
	}
	review := was
	if err := change(&review); err != nil { // no day, one that is over, or too far ahead
		return r.showService(http.StatusUnprocessableEntity)
	}
	if next := review.Next(); next != 0 {
		r.tells(func(act *consent.Act) { act.Object += " " + next.String() })
	}
	err = r.Store.SetReview(r.ctx, r.site.Key, review, was)
	if consent.KindOf(err) == consent.Conflict {
		return r.showService(http.StatusConflict)
	}
	if err != nil {
		return err
	}
	if r.reviewPressed() == setsDay || !r.dayWritten() || r.field("due") == review.Due.String() {
		r.form.Del("due")
	}
	r.form.Set("review", reviewState(&review))
	return r.showService(http.StatusOK)
}

package api

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/samtykke/samtykke/consent"
)

// reviewRoutes are about when services are to be looked at again. That is beside the
// draft: no notice says it.
func reviewRoutes() []route {
	const all, one, interval = "/sites/:site/reviews", "/sites/:site/reviews/:service", "/sites/:site/review-interval"
	change := func(method, path, action, name, summary string, handle func(*request) (*answer, error)) route {
		to := partOf(method, path, action, name, summary, handle)
		to.answers = map[int]any{http.StatusOK: Review{}}
		return to
	}
	every := partOf(http.MethodPut, interval, "api.site.review", "putReviewInterval", "Set how often services without a day of their own are to be looked at: after the last time, or after the first notice that has them", (*request).reviewIntervalPut)
	every.answers = map[int]any{http.StatusOK: ReviewInterval{}}
	list := seen(all, "listReviews", "When the services of the draft are to be looked at again, what is due first on top", Reviews{}, (*request).reviewsGet)
	list.query = []parameter{{"state", "due: those that are to be looked at now; all: those that have time, too", object{"type": "string", "enum": []string{"due", "all"}, "default": "due"}}}
	many := takes(Reviewed{}, change(http.MethodPost, all+"/done", "api.service.review.done", "reviewServices", "Note that somebody has looked at several services today: at all that are named, or at none. If-Match is the ETag of a list that has them all: of what is due, or with state=all. Each counts once, however often it is named. The trail tells of each", (*request).reviewsDonePost))
	many.answers = map[int]any{http.StatusOK: Reviews{}}
	return []route{
		list,
		many,
		seen(one, "getReview", "When one service is to be looked at again. Its ETag is needed to change that", Review{}, (*request).reviewGet),
		takes(ReviewDue{}, change(http.MethodPut, one, "api.service.review.date", "putReview", "Set the day by which a service is to be looked at again, or take it away: the interval of the site gives it then", (*request).reviewPut)),
		change(http.MethodPost, one+"/done", "api.service.review.done", "reviewService", "Note that somebody has looked at a service today. The interval of the site gives the next time", (*request).reviewDonePost),
		seen(interval, "getReviewInterval", "How often services without a day of their own are to be looked at. Its ETag is needed to change it", ReviewInterval{}, (*request).reviewIntervalGet),
		takes(ReviewInterval{}, every),
	}
}

// Reviews is a list.
type Reviews struct {
	Reviews []Review `json:"reviews"`
}

// Reviewed names services that somebody has looked at.
type Reviewed struct {
	Services []consent.ServiceKey `json:"services"`
}

// Review is when a service is to be looked at again.
type Review struct {
	Service   consent.ServiceKey `json:"service"`
	Due       *string            `json:"due"       about:"day by which it is to be looked at; null for what no notice has had"`
	Own       bool               `json:"own"       about:"the day was set for this service, and does not follow from the interval"`
	Reviewed  *string            `json:"reviewed"  about:"day on which somebody looked at it last; null for never"`
	Published *string            `json:"published" about:"day of the first notice that has it; null for none"`
	Now       bool               `json:"now"       about:"it is to be looked at now: the day has come, or comes within 30 days"`
}

// ReviewDue is a day, or none.
type ReviewDue struct {
	Due string `json:"due" about:"day, such as 2027-11-29; empty for none"`
}

// ReviewInterval is how often services are to be looked at.
type ReviewInterval struct {
	Months consent.ReviewInterval `json:"months" about:"3, 6 or 12"`
}

func (r *request) newReview(review consent.Review) Review {
	return Review{
		Service: review.Service, Due: dayOrNone(review.Next()), Own: review.Due != 0, Reviewed: dayOrNone(review.Reviewed), Published: dayOrNone(review.Published),
		Now: review.Pressing(consent.DayOf(r.Clock())),
	}
}

func dayOrNone(day consent.Day) *string {
	if day == 0 {
		return nil
	}
	return new(day.String())
}

func (r *request) reviewsGet() (*answer, error) {
	state, err := r.oneOf("state", "due", "all")
	if err != nil {
		return nil, err
	}
	all, err := r.reviews()
	return &answer{body: r.listed(all, state == "all")}, err
}

// reviews gives those of the services of the draft.
func (r *request) reviews() ([]consent.Review, error) {
	draft, err := r.Store.Draft(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	known, err := consent.ReviewsOf(r.ctx, r.Store, r.site.Key)
	if err != nil {
		return nil, err
	}
	return known.In(draft), nil
}

func (r *request) listed(all []consent.Review, every bool) Reviews {
	list := Reviews{Reviews: []Review{}}
	for _, each := range all {
		if told := r.newReview(each); told.Now || every {
			list.Reviews = append(list.Reviews, told)
		}
	}
	return list
}

// reviewsDonePost notes that several services were looked at.
func (r *request) reviewsDonePost() (*answer, error) {
	var said Reviewed
	if err := r.readWhole(&said); err != nil {
		return nil, err
	}
	all, err := r.reviews()
	if err != nil {
		return nil, err
	}
	if err := r.reviewsSeen(all, said.Services); err != nil {
		return nil, err
	}
	chosen, err := reviewsNamed(all, said.Services)
	if err != nil {
		return nil, err
	}
	var changes []consent.ReviewChange
	for i, was := range chosen {
		if chosen[i] = was.Done(consent.DayOf(r.Clock())); chosen[i] != was {
			changes = append(changes, consent.ReviewChange{Review: chosen[i], Was: was, Act: r.reviewAct(chosen[i])})
		}
	}
	if err := r.Store.SetReviews(r.ctx, r.site.Key, changes); err != nil {
		return nil, orChanged(err)
	}
	return &answer{body: r.listed(chosen, true)}, nil
}

// reviewsSeen refuses to note a review that is another than the program has seen: the list
// of what is due tells of nothing else.
func (r *request) reviewsSeen(all []consent.Review, named []consent.ServiceKey) error {
	err := r.unchanged(r.listed(all, true))
	due := r.listed(all, false)
	if err == nil || r.unchanged(due) != nil {
		return err
	}
	seen := make(map[consent.ServiceKey]bool, len(due.Reviews))
	for i := range due.Reviews {
		seen[due.Reviews[i].Service] = true
	}
	for _, key := range named {
		if !seen[key] {
			return &fault{
				status: http.StatusPreconditionRequired, code: "match_needed",
				detail: "The ETag is that of the services that are due, and not all that are named are among them. Get the list with state=all, and send its ETag in If-Match.",
			}
		}
	}
	return nil
}

// reviewsNamed gives the reviews of the services that are named, of each once.
func reviewsNamed(all []consent.Review, named []consent.ServiceKey) ([]consent.Review, error) {
	var faults consent.Problems
	switch {
	case len(named) == 0:
		errField(&faults, "services", "missing", "No service is named.", "Name one.")
	case len(named) > len(all):
		errField(&faults, "services", "too_many", "The list is longer than that of the services of the draft.", "Name each service once.")
	}
	if len(faults) > 0 {
		return nil, errFaults("Nothing was noted.", faults)
	}
	at := make(map[consent.ServiceKey]int, len(all))
	for i := range all {
		at[all[i].Service] = i
	}
	chosen, taken := make([]consent.Review, 0, len(named)), make(map[consent.ServiceKey]bool, len(named))
	for i, key := range named {
		place, is := at[key]
		if !is {
			errField(&faults, "services."+strconv.Itoa(i), "bad_choice", "The draft has no such service.", "Leave it out, or write a key of the list.")
			continue
		}
		if !taken[key] { // named twice it is looked at once
			chosen, taken[key] = append(chosen, all[place]), true
		}
	}
	if len(faults) > 0 {
		return nil, errFaults("Nothing was noted.", faults)
	}
	return chosen, nil
}

// reviewAct tells of a review alone.
func (r *request) reviewAct(review consent.Review) consent.Act {
	act, _ := consent.ActOf(r.ctx)
	act.Object += " " + review.Told()
	return act
}

// reviewed stores a review.
func (r *request) reviewed(review, was consent.Review) error {
	return orChanged(r.Store.SetReview(consent.WithAct(r.ctx, r.reviewAct(review)), r.site.Key, review, was))
}

// review gives that of the service that the path names.
func (r *request) review() (consent.Review, error) {
	key, err := url.PathUnescape(r.c.Params("service"))
	if err != nil {
		return consent.Review{}, errUnknown()
	}
	draft, err := r.Store.Draft(r.ctx, r.site.Key)
	if err != nil {
		return consent.Review{}, err
	}
	if draft.Service(consent.ServiceKey(key)) == nil {
		return consent.Review{}, errUnknown()
	}
	all, err := consent.ReviewsOf(r.ctx, r.Store, r.site.Key)
	if err != nil {
		return consent.Review{}, err
	}
	return all.Of(consent.ServiceKey(key)), nil
}

func (r *request) reviewGet() (*answer, error) {
	found, err := r.review()
	if err != nil {
		return nil, err
	}
	return r.reviewAnswer(found)
}

func (r *request) reviewAnswer(review consent.Review) (*answer, error) {
	body, err := encode(r.newReview(review))
	return &answer{body: body, tag: tagOf(body)}, err
}

func (r *request) reviewPut() (*answer, error) {
	var said ReviewDue
	if err := r.readWhole(&said); err != nil {
		return nil, err
	}
	due := consent.Day(0)
	if said.Due != "" {
		var err error
		if due, err = consent.ParseDay(said.Due); err != nil {
			return nil, ofField(err, map[string]string{"malformed_day": "due"})
		}
	}
	return r.changeReview(func(was consent.Review) (consent.Review, error) {
		now, err := was.Dated(due, consent.DayOf(r.Clock()))
		return now, ofField(err, map[string]string{"past_day": "due", "far_day": "due"})
	})
}

func (r *request) reviewDonePost() (*answer, error) {
	return r.changeReview(func(was consent.Review) (consent.Review, error) { return was.Done(consent.DayOf(r.Clock())), nil })
}

// changeReview changes the review that the program has seen. The trail is told of what
// changes something, with the day that it leads to.
func (r *request) changeReview(change func(consent.Review) (consent.Review, error)) (*answer, error) {
	was, err := r.review()
	if err != nil {
		return nil, err
	}
	if err := r.unchanged(r.newReview(was)); err != nil {
		return nil, err
	}
	now, err := change(was)
	if err != nil {
		return nil, err
	}
	if now != was {
		if err := r.reviewed(now, was); err != nil {
			return nil, err
		}
	}
	return r.reviewAnswer(now)
}

func (r *request) reviewIntervalGet() (*answer, error) {
	every, err := r.Store.ReviewInterval(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	body, err := encode(ReviewInterval{every})
	return &answer{body: body, tag: tagOf(body)}, err
}

func (r *request) reviewIntervalPut() (*answer, error) {
	var said ReviewInterval
	if err := r.readWhole(&said); err != nil {
		return nil, err
	}
	if err := consent.CheckReviewInterval(said.Months); err != nil {
		return nil, ofField(err, map[string]string{"bad_choice": "months"})
	}
	was, err := r.Store.ReviewInterval(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	if err := r.unchanged(ReviewInterval{was}); err != nil {
		return nil, err
	}
	if said.Months != was {
		if err := r.Store.SetReviewInterval(r.ctx, r.site.Key, said.Months, was); err != nil {
			return nil, orChanged(err)
		}
	}
	return r.reviewIntervalGet()
}

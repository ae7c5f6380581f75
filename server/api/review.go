package api

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// reviewRoutes are about when services are to be looked at again. That is beside the
// draft: no notice says it.
func reviewRoutes() []route {
	const all, one = "/sites/:site/reviews", "/sites/:site/reviews/:service"
	change := func(method, path, action, name, summary string, handle func(*request) (*answer, error)) route {
		to := partOf(method, path, action, name, summary, handle)
		to.answers = map[int]any{http.StatusOK: Review{}}
		return to
	}
	list := seen(all, "listReviews", "When the services of the draft are to be looked at again, what is due first on top", Reviews{}, (*request).reviewsGet)
	list.query = []parameter{{"state", "due: those that are to be looked at now; all: those without a day, too", object{"type": "string", "enum": []string{"due", "all"}, "default": "due"}}}
	return []route{
		list,
		seen(one, "getReview", "When one service is to be looked at again. Its ETag is needed to change that", Review{}, (*request).reviewGet),
		takes(ReviewDue{}, change(http.MethodPut, one, "api.service.review.date", "putReview", "Set the day by which a service is to be looked at again, or take it away", (*request).reviewPut)),
		change(http.MethodPost, one+"/done", "api.service.review.done", "reviewService", "Note that somebody has looked at a service today. The next time is in a year", (*request).reviewDonePost),
	}
}

// Reviews is a list.
type Reviews struct {
	Reviews []Review `json:"reviews"`
}

// Review is when a service is to be looked at again.
type Review struct {
	Service  consent.ServiceKey `json:"service"`
	Due      *string            `json:"due"      about:"day; null for none"`
	Reviewed *string            `json:"reviewed" about:"day on which somebody looked at it last; null for never"`
	Now      bool               `json:"now"      about:"it is to be looked at now: the day has come, or comes within 30 days"`
}

// ReviewDue is a day, or none.
type ReviewDue struct {
	Due string `json:"due" about:"day, such as 2027-11-29; empty for none"`
}

func (r *request) newReview(review consent.Review) Review {
	told := Review{Service: review.Service, Now: review.Pressing(consent.DayOf(r.Clock()))}
	if review.Due != 0 {
		told.Due = new(review.Due.String())
	}
	if review.Reviewed != 0 {
		told.Reviewed = new(review.Reviewed.String())
	}
	return told
}

func (r *request) reviewsGet() (*answer, error) {
	state, err := r.oneOf("state", "due", "all")
	if err != nil {
		return nil, err
	}
	draft, err := r.Store.Draft(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	reviews, err := consent.ReviewsOf(r.ctx, r.Store, r.site.Key)
	if err != nil {
		return nil, err
	}
	list := Reviews{Reviews: []Review{}}
	for _, each := range consent.ReviewsIn(draft, reviews) {
		if told := r.newReview(each); told.Now || state == "all" {
			list.Reviews = append(list.Reviews, told)
		}
	}
	return &answer{body: list}, nil
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
	found := all[consent.ServiceKey(key)]
	found.Service = consent.ServiceKey(key)
	return found, err
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
		return now, ofField(err, map[string]string{"past_day": "due"})
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
		r.tells(strings.TrimSpace(string(now.Service)+" "+now.Due.String()), "")
		if err := r.Store.SetReview(r.ctx, r.site.Key, now); err != nil {
			return nil, err
		}
	}
	return r.reviewAnswer(now)
}

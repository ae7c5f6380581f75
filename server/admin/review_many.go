package admin

import (
	"net/http"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// reviewsPage is where many services are noted as reviewed at once.
type reviewsPage struct {
	Rows     []reviewRow
	All      bool   // those that have time, too
	Services int    // of the draft
	Fault    string // why nothing was noted
}

// reviewRow is a service on it.
type reviewRow struct {
	Key    consent.ServiceKey
	URL    string
	Name   web.Wording
	State  string // what the form goes by
	Last   string // day on which somebody looked at it, "" for never
	Tag    *reviewTag
	Chosen bool
}

func (r *request) reviewsGet() error { return r.showReviews(http.StatusOK, "") }

// showReviews lists what is to be looked at now, or every service. Somebody may have all
// of them ticked: nothing is noted before the form is sent.
func (r *request) showReviews(status int, fault string) error {
	draft, err := r.draft()
	if err != nil {
		return err
	}
	all, err := consent.ReviewsOf(r.ctx, r.Store, r.site.Key)
	if err != nil {
		return err
	}
	today, words := consent.DayOf(r.Clock()), r.dates()
	shown := reviewsPage{All: r.c.Query("all") != "", Services: len(draft.Services), Fault: fault}
	addresses := map[consent.ServiceKey]string{}
	for i, address := range addressNames(draft.Services, serviceKey) {
		addresses[draft.Services[i].Key] = address
	}
	for _, review := range all.In(draft) {
		if !review.Service.Valid() || !shown.All && !review.Pressing(today) {
			continue
		}
		s := draft.Service(review.Service)
		row := reviewRow{
			Key: s.Key, URL: r.sitePath("/services/" + addresses[s.Key]), Name: briefly(r.in(s.Name), string(s.Key)), State: reviewState(&review), Tag: tagOf(review, today),
			Chosen: r.c.Query("ticked") != "" || slices.Contains(r.form["service"], string(s.Key)),
		}
		if review.Reviewed != 0 {
			row.Last = words.Date(review.Reviewed.String())
		}
		shown.Rows = append(shown.Rows, row)
	}
	r.c.Status(status)
	return r.show(page{name: "reviews.html", title: "reviews_title", trail: r.inventoryTrail(), data: shown})
}

// dates are the words that days are written with in the language of the person.
func (r *request) dates() web.Words {
	words, _ := web.WordsIn(r.lang)
	return words
}

// reviewsPost notes that somebody has looked at the chosen services today: at all of them,
// or at none when one was changed since the page was shown. The trail tells of each.
func (r *request) reviewsPost() error {
	draft, err := r.draft()
	if err != nil {
		return err
	}
	all, err := consent.ReviewsOf(r.ctx, r.Store, r.site.Key)
	if err != nil {
		return err
	}
	var chosen []consent.Review
	for _, key := range r.form["service"] {
		s := draft.Service(consent.ServiceKey(key))
		if s == nil || !s.Key.Valid() {
			return errNoPage()
		}
		review := all.Of(s.Key)
		if r.form.Get("was."+key) != reviewState(&review) {
			return r.showReviews(http.StatusConflict, r.say("reviews_changed", "name", r.serviceName(s)))
		}
		chosen = append(chosen, review)
	}
	if len(chosen) == 0 {
		return r.showReviews(http.StatusUnprocessableEntity, r.say("reviews_none_chosen"))
	}
	for _, review := range chosen {
		done := review.Done(consent.DayOf(r.Clock()))
		r.tells(func(act *consent.Act) { act.Object = done.Told() })
		err := r.Store.SetReview(r.ctx, r.site.Key, done, review)
		if consent.KindOf(err) == consent.Conflict {
			return r.showReviews(http.StatusConflict, r.say("reviews_changed", "name", brief(string(review.Service))))
		}
		if err != nil {
			return err
		}
	}
	return r.redirect(r.sitePath("/inventory"), "reviews")
}

package admin

import (
	"cmp"
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
	chosen, changed, err := r.reviewsChosen()
	if err != nil {
		return err
	}
	if changed != "" {
		return r.showReviews(http.StatusConflict, changed)
	}
	if len(chosen) == 0 {
		return r.showReviews(http.StatusUnprocessableEntity, r.say("reviews_none_chosen"))
	}
	err = r.Store.SetReviews(r.ctx, r.site.Key, chosen)
	if consent.KindOf(err) == consent.Conflict { // somebody was faster by a moment: by now it shows of which
		if _, changed, err = r.reviewsChosen(); err == nil {
			return r.showReviews(http.StatusConflict, cmp.Or(changed, r.say("review_changed")))
		}
	}
	if err != nil {
		return err
	}
	return r.redirect(r.sitePath("/inventory"), "reviews")
}

// reviewsChosen gives what is to be noted of the chosen services, or says which of them is
// another than the page showed.
func (r *request) reviewsChosen() (chosen []consent.ReviewChange, changed string, err error) {
	draft, err := r.draft()
	if err != nil {
		return nil, "", err
	}
	all, err := consent.ReviewsOf(r.ctx, r.Store, r.site.Key)
	if err != nil {
		return nil, "", err
	}
	act, _ := consent.ActOf(r.ctx)
	for _, key := range slices.Compact(slices.Sorted(slices.Values(r.form["service"]))) {
		s := draft.Service(consent.ServiceKey(key))
		if s == nil || !s.Key.Valid() {
			return nil, "", errNoPage()
		}
		was := all.Of(s.Key)
		if r.form.Get("was."+key) != reviewState(&was) {
			return nil, r.say("reviews_changed", "name", r.serviceName(s)), nil
		}
		done := was.Done(consent.DayOf(r.Clock()))
		act.Object = done.Told()
		chosen = append(chosen, consent.ReviewChange{Review: done, Was: was, Act: act})
	}
	return chosen, "", nil
}

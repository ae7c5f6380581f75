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
	All      bool // those that have time, too
	Services int  // of the draft
	URL      string
	Fault    *reviewsFault // why nothing was noted, nil for no reason
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

func (r *request) reviewsGet() error {
	return r.showReviews(http.StatusOK, r.c.Query("all") != "", nil)
}

// showReviews lists what is to be looked at now, or every service. Somebody may have all
// of them ticked: nothing is noted before the form is sent. What was ticked there stays on
// the list, and ticked.
func (r *request) showReviews(status int, every bool, fault *reviewsFault) error {
	draft, err := r.draft()
	if err != nil {
		return err
	}
	all, err := consent.ReviewsOf(r.ctx, r.Store, r.site.Key)
	if err != nil {
		return err
	}
	today, words := consent.DayOf(r.Clock()), r.dates()
	shown := reviewsPage{All: every, URL: r.sitePath("/reviews"), Services: len(draft.Services), Fault: fault}
	addresses := map[consent.ServiceKey]string{}
	for i, address := range addressNames(draft.Services, serviceKey) {
		addresses[draft.Services[i].Key] = address
	}
	for _, review := range all.In(draft) {
		chosen := slices.Contains(r.form["service"], string(review.Service))
		if !review.Service.Valid() || !shown.All && !chosen && !review.Pressing(today) {
			continue
		}
		s := draft.Service(review.Service)
		row := reviewRow{
			Key: s.Key, URL: r.sitePath("/services/" + addresses[s.Key]), Name: briefly(r.in(s.Name), string(s.Key)), State: reviewState(&review), Tag: tagOf(review, today),
			Chosen: chosen || status == http.StatusOK && r.c.Query("ticked") != "",
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
// or at none when one was changed or removed since the page was shown. The trail tells of
// each.
func (r *request) reviewsPost() error {
	every := r.c.Query("all") != ""
	chosen, fault, err := r.reviewsChosen()
	if err != nil {
		return err
	}
	if fault != nil {
		return r.showReviews(http.StatusConflict, every, fault)
	}
	if len(chosen) == 0 {
		return r.showReviews(http.StatusUnprocessableEntity, every, &reviewsFault{Text: r.say("reviews_none_chosen")})
	}
	err = r.Store.SetReviews(r.ctx, r.site.Key, chosen)
	if consent.KindOf(err) == consent.Conflict { // somebody was faster by a moment: by now it shows of which
		if _, fault, err = r.reviewsChosen(); err == nil {
			return r.showReviews(http.StatusConflict, every, cmp.Or(fault, &reviewsFault{Text: r.say("reviews_refused")}))
		}
	}
	if err != nil {
		return err
	}
	return r.redirect(r.sitePath("/inventory"), "reviews")
}

// reviewsChosen gives what is to be noted of the chosen services, of each once, or says
// which of them are not as the page showed them.
func (r *request) reviewsChosen() ([]consent.ReviewChange, *reviewsFault, error) {
	draft, err := r.draft()
	if err != nil {
		return nil, nil, err
	}
	all, err := consent.ReviewsOf(r.ctx, r.Store, r.site.Key)
	if err != nil {
		return nil, nil, err
	}
	there := make(map[string]*consent.Service, len(draft.Services))
	for i := range draft.Services {
		there[string(draft.Services[i].Key)] = &draft.Services[i]
	}
	var chosen []consent.ReviewChange
	var other otherReviews
	act, _ := consent.ActOf(r.ctx)
	for _, key := range slices.Compact(slices.Sorted(slices.Values(r.form["service"]))) {
		s := there[key]
		if !consent.ServiceKey(key).Valid() || s == nil && !r.form.Has("was."+key) { // no page had it
			return nil, nil, errNoPage()
		}
		if s == nil {
			other.gone = append(other.gone, goneService{consent.ServiceKey(key), r.form.Get("called." + key)})
			continue
		}
		was := all.Of(s.Key)
		if r.form.Get("was."+key) != reviewState(&was) {
			other.changed = append(other.changed, s)
			continue
		}
		done := was.Done(consent.DayOf(r.Clock()))
		act.Object = done.Told()
		chosen = append(chosen, consent.ReviewChange{Review: done, Was: was, Act: act})
	}
	fault, err := r.reviewsFault(&other)
	return chosen, fault, err
}

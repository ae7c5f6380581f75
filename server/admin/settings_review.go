package admin

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/samtykke/samtykke/consent"
)

// settingsReview is the form of how often services are to be looked at. It is saved by
// itself and holds at once: no notice says it.
type settingsReview struct {
	Action   string
	Was      consent.ReviewInterval // what it was when it was shown
	Choices  []choice
	May      bool
	Conflict bool   // somebody else has chosen another meanwhile
	By       string // who, and when
	Own      bool   // it was the person, elsewhere
	Faulty   bool
}

// settingsReview gives the form with what is stored, or with what the person has chosen.
func (r *request) settingsReview() (shown *settingsReview, err error) {
	shown = &settingsReview{Action: r.settingsPath(reviewPart)}
	shown.May = r.may(consent.MayEdit)
	shown.Was, err = r.Store.ReviewInterval(r.ctx, r.site.Key)
	chosen := shown.Was
	if r.form.Has("months") {
		chosen = r.monthsIn("months")
		shown.Faulty = !slices.Contains(consent.ReviewIntervals, chosen)
		shown.Conflict = !shown.Faulty && r.monthsIn("was") != shown.Was
	}
	if err == nil && shown.Conflict {
		shown.By, shown.Own, err = r.lastTold(choosesInterval)
	}
	for _, every := range consent.ReviewIntervals {
		months := strconv.Itoa(int(every))
		shown.Choices = append(shown.Choices, choice{months, r.say("settings_review_months_" + months), every == chosen})
	}
	return shown, err
}

// choosesInterval says whether an act chose how often.
func choosesInterval(act *consent.Act) bool {
	return slices.ContainsFunc(act.Changes, func(change consent.FieldChange) bool { return change.Field == ReviewSetting })
}

// Stored says what is stored.
func (s settingsReview) Stored() string { return strconv.Itoa(int(s.Was)) }

func (r *request) monthsIn(field string) consent.ReviewInterval {
	months, _ := strconv.Atoi(r.form.Get(field)) // 0 is none
	return consent.ReviewInterval(months)
}

// settingsReviewPost stores how often, unless somebody else has chosen another since the
// form was shown.
func (r *request) settingsReviewPost() error {
	was, err := r.Store.ReviewInterval(r.ctx, r.site.Key)
	if err != nil {
		return err
	}
	every := r.monthsIn("months")
	wrong := consent.CheckReviewInterval(every) != nil
	if wrong || r.monthsIn("was") != was && every != was {
		draft, err := r.Store.Draft(r.ctx, r.site.Key)
		if err != nil {
			return err
		}
		return r.showSettings(statusOf(wrong), draft, reviewPart, nil)
	}
	err = r.Store.SetReviewInterval(r.ctx, r.site.Key, every, was)
	if consent.KindOf(err) == consent.Conflict {
		draft, err := r.Store.Draft(r.ctx, r.site.Key)
		if err != nil {
			return err
		}
		return r.showSettings(http.StatusConflict, draft, reviewPart, nil)
	}
	if err != nil {
		return err
	}
	return r.redirect(r.settingsPath(reviewPart), "review_interval")
}

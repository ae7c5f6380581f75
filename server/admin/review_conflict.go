package admin

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// mostOthers is how many services are named that others have changed meanwhile.
const mostOthers = 5

// reviewsFault says why nothing was noted.
type reviewsFault struct {
	Text string
	Of   []string // a sentence for each service
	More int      // services that are not named
}

// otherReviews are chosen services that are not as a page showed them.
type otherReviews struct {
	gone    []goneService
	changed []*consent.Service
}

// goneService is one that the draft has no more, with the name that it had on the page.
type goneService struct {
	key    consent.ServiceKey
	called string
}

// reviewsFault names them, and who did that and when, nil when there are none.
func (r *request) reviewsFault(other *otherReviews) (*reviewsFault, error) {
	n := len(other.gone) + len(other.changed)
	if n == 0 {
		return nil, nil //nolint:nilnil // nothing is wrong
	}
	who, err := r.newestActs()
	if err != nil {
		return nil, err
	}
	fault := &reviewsFault{Text: r.say("reviews_refused"), More: max(0, n-mostOthers)}
	for _, service := range other.gone[:min(len(other.gone), mostOthers)] {
		fault.Of = append(fault.Of, who.goneTold(service))
	}
	for _, s := range other.changed[:min(len(other.changed), mostOthers-len(fault.Of))] {
		by, _ := who.last(func(act *consent.Act) bool { return reviewsService(act, s.Key) })
		fault.Of = append(fault.Of, told(r.say("reviews_changed", "name", r.serviceName(s)), by))
	}
	return fault, nil
}

// goneTold says that a service was removed, by whom and when if the trail tells.
func (c *changers) goneTold(service goneService) string {
	by, path := "", servicePath(string(service.key))
	words, _ := web.WordsIn(c.lang)
	for i := range c.acts {
		act := &c.acts[i].Act
		if slices.ContainsFunc(act.Changes, func(change consent.FieldChange) bool { return change.Is == "" && change.Field == path }) {
			by = c.say("conflict_gone_by", "who", c.doer(act), "when", words.Clock(act.Time))
			break
		}
		if act.More > 0 {
			break // it may have been this one, too
		}
	}
	return told(c.say("reviews_gone", "name", brief(cmp.Or(service.called, string(service.key)))), by)
}

// told puts who did something behind what was done, when that is known.
func told(what, by string) string {
	if by == "" {
		return what
	}
	return what + " " + strings.TrimSuffix(by, ".") + "."
}

// showReviewLost says that the service whose review was to be changed is gone, and what was
// not saved for that. The services that are left are listed.
func (r *request) showReviewLost() error {
	key := consent.ServiceKey(r.c.Params("service"))
	if !key.Valid() {
		return errNoPage()
	}
	p, err := r.servicePart()
	if err != nil {
		return err
	}
	draft, err := r.draft()
	if err != nil {
		return err
	}
	if r.unsaved(p, draft) {
		if r.dayWritten() {
			p.unsaved = r.dayLost()
		}
		return r.showGone(p, draft)
	}
	who, err := r.newestActs()
	if err != nil {
		return err
	}
	fault := &reviewsFault{Text: r.say("review_lost"), Of: []string{who.goneTold(goneService{key, r.form.Get("called")})}}
	if r.field("due") != "" {
		fault.Of = append(fault.Of, r.dayLost())
	}
	return r.showReviews(http.StatusConflict, true, fault)
}

// dayLost says which day was not saved.
func (r *request) dayLost() string {
	day := brief(r.field("due"))
	if when, err := consent.ParseDay(r.field("due")); err == nil {
		day = r.dates().Date(when.String())
	}
	return r.say("review_lost_day", "day", day)
}

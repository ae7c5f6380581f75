package admin

import (
	"maps"
	"net/url"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/rights"
	"github.com/samtykke/samtykke/server/web"
)

// theirsLine is a decision of the person of a request.
type theirsLine struct {
	URL, State, Tone string
	Time             time.Time
	Frozen           bool
}

// answerGap is something that article 15 asks for, and that services do not say.
type answerGap struct {
	Item     string // key of its words
	Services []gapService
}

// gapService is a service where it is to be written; it has no address when the draft
// has it no more.
type gapService struct{ Name, URL string }

// toDo says what is left to do in the log: the register itself changes no decision,
// and what was granted and not carried out is not over when it is closed.
func (r *request) toDo(found *consent.Request, shown *subjectPage) error {
	if found.Receipt.IsZero() {
		if shown.Open {
			shown.ToDo = "requests_todo_none"
		}
		return nil
	}
	theirs, err := rights.Theirs(r.ctx, r.Store, found)
	if err != nil {
		return err
	}
	if len(theirs) == 0 {
		shown.Gone = true
		return nil
	}
	shown.Frozen = rights.Frozen(theirs) == len(theirs)
	for i := range slices.Backward(theirs) {
		line := theirsLine{URL: r.ofRequest(found, &theirs[i], ""), State: r.namedInLog(string(theirs[i].State)), Tone: tones[theirs[i].State], Time: theirs[i].Time, Frozen: theirs[i].Frozen}
		shown.Theirs = append(shown.Theirs, line)
		if theirs[i].ID == found.Receipt {
			shown.Decision = line.URL
		}
	}
	if theirs[len(theirs)-1].ID != found.Receipt {
		shown.Newer = &shown.Theirs[0]
	}
	before := rights.Before(found, theirs)
	shown.Asked = len(before)
	if len(before) > 0 {
		r.setToDo(found, shown, before)
	}
	if shown.Open && (found.Kind == consent.RequestAccess || found.Kind == consent.RequestPortability) {
		shown.Gaps, err = r.answerGaps(theirs)
	}
	return err
}

// setToDo says it, and where it is done: at the newest decision, for all of them, or at
// the newest that is not as it is to be. What is closed is not to be closed again.
func (r *request) setToDo(found *consent.Request, shown *subjectPage, theirs []consent.Entry) {
	left := rights.Undone(found.Kind, theirs)
	shown.Lifted = rights.Lifted(found, theirs)
	switch {
	case shown.Lifted > 0:
		return
	case !shown.Open && (left == 0 || found.Answer().Outcome == consent.OutcomeRefused),
		found.Kind == consent.RequestRestriction && left == 0:
		return
	case left == 0 && found.Kind != consent.RequestObjection: // the log stays as it is
		shown.ToDo = "requests_todo_" + string(found.Kind)
		return
	}
	shown.ToDo = "requests_todo_" + string(found.Kind)
	if !shown.Open {
		shown.ToDo = "requests_after_" + string(found.Kind)
	}
	if !shown.Administer {
		return
	}
	newest := &theirs[len(theirs)-1]
	if found.Kind != consent.RequestRestriction {
		frozen := newestOf(theirs, true)
		if shown.Release = frozen != nil; shown.Release {
			shown.Do = append(shown.Do, web.AdminLink{Text: r.say("log_release"), URL: r.ofRequest(found, frozen, "") + "#release"})
		} else {
			shown.Do = append(shown.Do, web.AdminLink{Text: r.sayCount("requests_do_erase", len(theirs)), URL: r.ofRequest(found, newest, "/erase")})
		}
	}
	if free := newestOf(theirs, false); free != nil && found.Kind != consent.RequestErasure {
		shown.Do = append(shown.Do, web.AdminLink{Text: r.sayCount("requests_do_freeze", len(theirs)), URL: r.ofRequest(found, free, "") + "#freeze"})
	}
}

// newestOf gives the newest decision that is frozen or not, nil for none.
func newestOf(theirs []consent.Entry, frozen bool) *consent.Entry {
	for i := range slices.Backward(theirs) {
		if theirs[i].Frozen == frozen {
			return &theirs[i]
		}
	}
	return nil
}

// ofRequest gives the address of a decision that somebody comes to from a request, who
// then means all decisions of the person.
func (r *request) ofRequest(found *consent.Request, entry *consent.Entry, more string) string {
	path := r.logPath("/" + entry.ID.String() + more)
	if r.may(consent.MayAdminister) {
		path += "?request=" + url.QueryEscape(found.ID.String())
	}
	return path
}

// cameFrom gives the request that somebody has come from, as its id, or "".
func (r *request) cameFrom() string {
	text := r.field("request")
	if text == "" {
		text = r.c.Query("request")
	}
	id, err := consent.ParseRequestID(text)
	if err != nil {
		return ""
	}
	return id.String()
}

// cameOf gives the request that somebody has come from, nil for none of the site.
func (r *request) cameOf() (*consent.Request, error) {
	id, err := consent.ParseRequestID(r.cameFrom())
	if err != nil {
		return nil, nil //nolint:nilerr,nilnil // most come from none
	}
	found, err := r.Store.Request(r.ctx, r.site.Key, id)
	if consent.KindOf(err) == consent.NotFound {
		return nil, nil //nolint:nilnil // nor is this one
	}
	return found, err
}

// tellsRequest has the trail name the request for whose sake decisions are changed.
func (r *request) tellsRequest() error {
	came, err := r.cameOf()
	if came != nil {
		r.tells(func(act *consent.Act) { act.Object = consent.ForRequest(act.Object, came.ID) })
	}
	return err
}

// back gives where to go when a decision was changed: to the request that somebody
// came from, or the decision.
func (r *request) back(entry *consent.Entry) string {
	if from := r.cameFrom(); from != "" {
		return r.registerPath("/" + from)
	}
	return r.logPath("/" + entry.ID.String())
}

// answerGaps says what the answer to the person will lack, before it is made.
func (r *request) answerGaps(theirs []consent.Entry) ([]answerGap, error) {
	made, err := r.answer(theirs, "")
	if err != nil || len(made.Missing) == 0 {
		return nil, err
	}
	draft, err := r.draft()
	if err != nil {
		return nil, err
	}
	var gaps []answerGap
	for _, item := range slices.Sorted(maps.Keys(made.Missing)) {
		gap := answerGap{Item: "requests_gap_" + item}
		for _, key := range made.Missing[item] {
			line := gapService{Name: string(key)}
			if service := draft.Service(key); service != nil {
				line = gapService{Name: r.in(service.Name).Text, URL: r.sitePath("/services/" + url.PathEscape(string(key)))}
			}
			gap.Services = append(gap.Services, line)
		}
		gaps = append(gaps, gap)
	}
	return gaps, nil
}

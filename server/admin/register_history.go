package admin

import (
	"net/url"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/rights"
)

// subjectEvent is a step of the history of a request in words, or an act for its sake.
type subjectEvent struct {
	On, Words, Due, Why string
	Entered             time.Time
	Who                 trailLine
	Decision            string // address of the decision that it was done with, "" for none
	Trail               string // address of the act, "" when the trail tells of none
}

// subjectHistory says what happened to a request and what was done for its sake, and by
// whom. Whoever reads the register may read the trail.
func (r *request) subjectHistory(found *consent.Request) ([]subjectEvent, error) {
	history, err := rights.HistoryOf(r.ctx, r.Store, r.site, *found)
	if err != nil {
		return nil, err
	}
	names, err := r.names(r.organisation.ID)
	if err != nil {
		return nil, err
	}
	lines := history.InOrder(found)
	shown := make([]subjectEvent, len(lines))
	for i := range lines {
		line := &lines[i]
		shown[i].Entered = line.Time()
		if line.Act != nil {
			shown[i].Who, shown[i].Trail = r.trailLine(line.Act, names), r.inTrail(line.Act)
		}
		if line.Event != nil {
			r.sayStep(&shown[i], line.Event)
		} else {
			r.sayDone(&shown[i], line.Act, names)
		}
	}
	return shown, r.tellLines(names, func(each func(*trailLine)) {
		for i := range shown {
			each(&shown[i].Who)
		}
	})
}

// sayStep says a step.
func (r *request) sayStep(shown *subjectEvent, event *consent.RequestEvent) {
	shown.On, shown.Words, shown.Who.Object = event.Day.Words(r.lang), r.say("requests_step_"+string(event.Step)), ""
	if shown.Trail == "" {
		shown.Who = trailLine{Person: "–", By: consent.ByPerson}
	}
	if event.Step == consent.StepReminded {
		shown.Who = trailLine{Person: r.say("trail_program"), By: consent.ByProgram}
	}
	if event.Due != 0 {
		shown.Due = event.Due.Words(r.lang)
	}
	switch {
	case event.Ground != "":
		shown.Why = r.say("requests_ground_" + string(event.Ground))
	case event.Outcome != "":
		shown.Why = r.say("requests_outcome_" + string(event.Outcome))
		if event.Refusal != "" {
			shown.Why += ": " + r.say("requests_refusal_"+string(event.Refusal))
		}
	}
}

// sayDone says an act for the sake of the request, which need not be named on its own page.
func (r *request) sayDone(shown *subjectEvent, act *consent.ActEntry, names *trailNames) {
	shown.On, shown.Words, shown.Why = consent.DayOf(act.Time).Words(r.lang), r.didWords(&act.Act), act.Reason
	about := act.Act
	about.Object, _ = consent.CutRequest(act.Object)
	shown.Who.Object = r.objectWords(&about, names)
	if strings.HasSuffix(act.Action, "request.answer") {
		shown.Who.Object = ""
		return
	}
	for word := range strings.FieldsSeq(about.Object) {
		if id, err := consent.ParseDecisionID(word); err == nil {
			shown.Decision = r.logPath("/" + id.String())
		}
	}
}

// inTrail gives the address of an act: the page of the trail that begins with it.
func (r *request) inTrail(act *consent.ActEntry) string {
	next := *act
	next.Number++
	return r.trailPath() + "?before=" + url.QueryEscape(next.Place())
}

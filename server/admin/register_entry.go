package admin

import (
	"errors"
	"net/http"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/rights"
	"github.com/samtykke/samtykke/server/web"
)

// subjectPage is one data subject's request.
type subjectPage struct {
	subjectLine
	History    []subjectEvent
	Theirs     []theirsLine    // decisions of the person that are there, newest first
	Decision   string          // address of the decision whose receipt it has, "" for none
	Newer      *theirsLine     // the newest decision of the person when that is another one
	Asked      int             // how many of them were made before the request was closed
	Do         []web.AdminLink // where what is to be done is done
	Gone       bool            // no decision is in the log any more
	Frozen     bool            // all are frozen
	Lifted     int             // decisions that a restriction was granted for, and that are frozen no more
	Release    bool            // what is frozen is to be released first
	Gaps       []answerGap     // what the answer will lack
	Open       bool
	CanExtend  bool
	Late       bool   // the time is up, so that the person must have been told before
	Told       string // the day on which the person was told of an extension
	ToldBy     string // the last such day
	Grounds    []logChoice
	Outcomes   []logChoice
	Refusals   []logChoice
	Languages  []logChoice
	On         string // the day of what is done now
	Today      string
	Tell       []telling // what the person must be told
	TellMore   bool      // and that is not all
	ToDo       string    // key of what is to be done in the log, "" for nothing
	Faults     misfits
	FaultsOf   string // the form that they are of: extend or close
	Administer bool
}

// telling is what a person must be told, in a language.
type telling struct {
	Lang consent.Language
	Name string
	Text string
}

// subject gives the request that the path names, or NotFound.
func (r *request) subject() (*consent.Request, error) {
	id, err := consent.ParseRequestID(r.c.Params("request"))
	if err != nil {
		return nil, errNoPage()
	}
	found, err := r.Store.Request(r.ctx, r.site.Key, id)
	if consent.KindOf(err) == consent.NotFound {
		return nil, errNoPage()
	}
	return found, err
}

// subjectGet shows one request.
func (r *request) subjectGet() error {
	found, err := r.subject()
	if err != nil {
		return err
	}
	return r.showSubject(http.StatusOK, found, "", nil)
}

func (r *request) showSubject(status int, found *consent.Request, form string, faults misfits) error {
	if err := r.looks.Once(r.ctx, r.login.ID, r.reads("request.read")); err != nil {
		return err
	}
	today := consent.DayOf(r.Clock())
	shown := &subjectPage{
		subjectLine: r.subjectLine(found, today), Open: found.Answer() == nil, Faults: faults, FaultsOf: form,
		Administer: r.may(consent.MayAdminister), Today: today.String(), On: today.String(),
		Grounds:  choices(r, "requests_ground_", consent.ExtensionGrounds, consent.ExtensionGround(r.field("ground"))),
		Outcomes: choices(r, "requests_outcome_", consent.Outcomes, consent.Outcome(r.field("outcome"))),
		Refusals: choices(r, "requests_refusal_", found.Kind.Refusals(), consent.RefusalReason(r.field("refusal"))),
	}
	if on := r.field("on"); on != "" {
		shown.On = on
	}
	r.setExtending(shown, found, today)
	for _, lang := range web.AnswerLanguages {
		shown.Languages = append(shown.Languages, logChoice{string(lang), r.languageLabel(lang), lang == r.lang})
	}
	if err := r.toDo(found, shown); err != nil {
		return err
	}
	var err error
	if shown.History, err = r.subjectHistory(found); err != nil {
		return err
	}
	if err := r.tell(found, shown); err != nil {
		return err
	}
	for i := range shown.Faults {
		if shown.Faults[i].Undone {
			shown.Faults[i].Repair = shown.Do
		}
	}
	title := "requests_one"
	if found.Kind == consent.RequestObjection { // which is made, and not asked for
		title = "requests_one_objection"
	}
	r.c.Status(status)
	return r.show(page{name: "request.html", title: title, pairs: []any{"kind", shown.Kind}, trail: r.registerTrail(), data: shown})
}

// setExtending says whether the time can be extended, and until when the person must have
// been told. Who was told in time may be entered later.
func (r *request) setExtending(shown *subjectPage, found *consent.Request, today consent.Day) {
	shown.CanExtend, shown.ToldBy = shown.Open && !found.Extended(), min(today, found.Due()).String()
	shown.Late = shown.CanExtend && today > found.Due()
	switch {
	case shown.FaultsOf == "extend":
		shown.Told = r.field("on")
	case !shown.Late:
		shown.Told = shown.Today
	}
}

// tell gives what the person must be told, in each language.
func (r *request) tell(found *consent.Request, shown *subjectPage) error {
	told, err := rights.Tell(r.ctx, r.Store, found)
	if err != nil {
		return err
	}
	for _, lang := range web.AnswerLanguages {
		if text := told.In(lang); text != "" {
			shown.Tell = append(shown.Tell, telling{lang, r.languageLabel(lang), text})
		}
	}
	shown.TellMore = told.Incomplete
	return nil
}

// subjectExtendPost gives more time, once.
func (r *request) subjectExtendPost() error {
	return r.appendSubject("extend", consent.RequestEvent{Step: consent.StepExtended, Ground: consent.ExtensionGround(r.field("ground"))})
}

// subjectClosePost enters how the request was answered.
func (r *request) subjectClosePost() error {
	event := consent.RequestEvent{Step: consent.StepAnswered, Outcome: consent.Outcome(r.field("outcome")), Refusal: consent.RefusalReason(r.field("refusal"))}
	return r.appendSubject("close", event)
}

// appendSubject appends what happened, or says why it cannot be.
func (r *request) appendSubject(form string, event consent.RequestEvent) error {
	found, err := r.subject()
	if err != nil {
		return err
	}
	event.Time = r.Clock().UTC()
	event.Day, err = rights.DayOr(r.field("on"), r.Clock())
	if err == nil {
		_, err = rights.Append(r.ctx, r.Store, found, event)
	}
	var own *consent.Error
	if errors.As(err, &own) && (own.Kind == consent.Invalid || own.Kind == consent.Conflict) {
		status := http.StatusUnprocessableEntity
		if own.Kind == consent.Conflict {
			status = http.StatusConflict
		}
		wrong := r.misfitOf(own, rights.StepFields, "on")
		if form == "extend" && wrong.Field == "on" {
			wrong.Field = "told"
		}
		wrong.Undone = slices.Contains(rights.UndoneCodes, own.Code)
		if own.Code == "refusal_reason" && event.Outcome == consent.OutcomeGranted {
			wrong.Text = r.say("requests_refusal_granted")
		}
		return r.showSubject(status, found, form, misfits{wrong})
	}
	if err != nil {
		return err
	}
	return r.redirect(r.registerPath("/"+found.ID.String()), "request_"+form)
}

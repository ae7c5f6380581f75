package consent

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"
)

// RequestKind is the right that a person uses.
type RequestKind string

// The rights of GDPR art. 15 to 18, 20 and 21.
const (
	RequestAccess        RequestKind = "access"        // art. 15
	RequestRectification RequestKind = "rectification" // art. 16
	RequestErasure       RequestKind = "erasure"       // art. 17
	RequestRestriction   RequestKind = "restriction"   // art. 18
	RequestPortability   RequestKind = "portability"   // art. 20
	RequestObjection     RequestKind = "objection"     // art. 21
)

// RequestKinds are all kinds, in the order of the articles.
var RequestKinds = []RequestKind{RequestAccess, RequestRectification, RequestErasure, RequestRestriction, RequestPortability, RequestObjection}

// RequestChannel is the way by which a Request came.
type RequestChannel string

// The channels.
const (
	ChannelSelfService RequestChannel = "self_service"
	ChannelEmail       RequestChannel = "email"
	ChannelPhone       RequestChannel = "phone"
	ChannelLetter      RequestChannel = "letter"
	ChannelInPerson    RequestChannel = "in_person"
)

// RequestChannels are all channels.
var RequestChannels = []RequestChannel{ChannelSelfService, ChannelEmail, ChannelPhone, ChannelLetter, ChannelInPerson}

// CaseNumber is the number of a case in the Organisation's own archive, such as
// 2026/1234 or 26/1234-5. The archive knows who asked; the register does not.
type CaseNumber string

var caseNumber = regexp.MustCompile(`^((19|20)[0-9]{2}|[0-9]{2})/[0-9]{1,6}(-[0-9]{1,4})?$`)

// Valid says whether it is a year, a slash, a number, and perhaps a hyphen and
// the number of a document: too narrow for a name or a birth number.
func (c CaseNumber) Valid() bool { return caseNumber.MatchString(string(c)) }

// Request is what a data subject asks of a Site's log. It says nothing of who
// asked (GDPR art. 5(1)(c) and 11): the only keys to the person are receipts of
// Decisions, which open nothing any more once those are erased. It is never
// edited: what happens to it is appended to Events.
type Request struct {
	ID      RequestID
	Site    SiteKey
	Kind    RequestKind
	Channel RequestChannel
	// Receipt is the one that the person has shown, of a token the newest; zero for nothing.
	// Requests from before it was kept have the newest.
	Receipt DecisionID
	// Others are the receipts of the person's other Decisions that were there when
	// it came and still are: what leads to the rest when that one is gone.
	Others []DecisionID
	Case   CaseNumber // empty when there is none
	Events []RequestEvent
}

// gdprInNorway is the first day on which anybody could ask by its rights.
var gdprInNorway = DayOf(time.Date(2018, time.July, 20, 12, 0, 0, 0, time.UTC))

// Receive makes a Request that was received on a day and is written down now. The error
// joins all that is wrong with it.
func Receive(request Request, received Day, now time.Time) (*Request, error) {
	var wrong []error
	if !slices.Contains(RequestKinds, request.Kind) {
		wrong = append(wrong, Errorf(Invalid, "request_kind", "There is no right %q: use one of %s.", request.Kind, joined(RequestKinds)))
	}
	if !slices.Contains(RequestChannels, request.Channel) {
		wrong = append(wrong, Errorf(Invalid, "request_channel", "There is no channel %q: use one of %s.", request.Channel, joined(RequestChannels)))
	}
	if received < gdprInNorway {
		wrong = append(wrong, Errorf(Invalid, "before_law", "%s is before the GDPR applied in Norway, from %s: give the day on which the request came.", received, gdprInNorway))
	}
	request.Events = nil
	wrong = append(wrong, request.Append(RequestEvent{Step: StepReceived, Time: now, Day: received}))
	if request.Case != "" && !request.Case.Valid() {
		wrong = append(wrong, Errorf(Invalid, "case_number", "The case number is not one of an archive: write year, slash and number, such as 2026/1234 or 26/1234-5, and nothing about the person."))
	}
	return &request, errors.Join(wrong...)
}

// Received gives the day on which it came.
func (r *Request) Received() Day { return r.Events[0].Day }

// Due gives the last day for the answer.
func (r *Request) Due() Day {
	var due Day
	for i := range r.Events {
		if r.Events[i].Due != 0 {
			due = r.Events[i].Due
		}
	}
	return due
}

// Extended says whether the time was extended.
func (r *Request) Extended() bool { return r.step(StepExtended) != nil }

// Answer gives the event that closed it, or nil while it is open.
func (r *Request) Answer() *RequestEvent { return r.step(StepAnswered) }

func (r *Request) step(step RequestStep) *RequestEvent {
	for i := range r.Events {
		if r.Events[i].Step == step {
			return &r.Events[i]
		}
	}
	return nil
}

// Overdue says whether it should have been answered before today.
func (r *Request) Overdue(today Day) bool { return r.Answer() == nil && today > r.Due() }

// Remind says whether somebody must be reminded today: 7 and 2 days before the
// day it is due, or the first day after that on which anybody looks, and each
// day once it is overdue.
func (r *Request) Remind(today Day) bool {
	if r.Answer() != nil {
		return false
	}
	var since Day // the reminder is due since
	for _, day := range []Day{r.Due() - 7, r.Due() - 2} {
		if day <= today {
			since = day
		}
	}
	if r.Overdue(today) {
		since = today
	}
	last := r.Events[len(r.Events)-1]
	return since != 0 && (last.Step != StepReminded || last.Day < since)
}

func joined[S ~string](all []S) string {
	texts := make([]string, len(all))
	for i := range all {
		texts[i] = string(all[i])
	}
	return strings.Join(texts, ", ")
}

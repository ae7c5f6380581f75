package consent

import (
	"slices"
	"time"
)

// RequestStep is what happened to a Request.
type RequestStep string

// The steps. The first is StepReceived; nothing follows StepAnswered.
const (
	StepReceived RequestStep = "received"
	StepExtended RequestStep = "extended"
	StepReminded RequestStep = "reminded"
	StepAnswered RequestStep = "answered"
)

// ExtensionGround is one of the two grounds of GDPR art. 12(3) for more time.
type ExtensionGround string

// The grounds.
const (
	GroundComplexity ExtensionGround = "complexity"
	GroundNumber     ExtensionGround = "number" // of requests
)

// ExtensionGrounds are all grounds.
var ExtensionGrounds = []ExtensionGround{GroundComplexity, GroundNumber}

// Outcome is what a Request led to.
type Outcome string

// The outcomes.
const (
	OutcomeGranted Outcome = "granted"
	OutcomePartly  Outcome = "partly"
	OutcomeRefused Outcome = "refused"
)

// Outcomes are all outcomes.
var Outcomes = []Outcome{OutcomeGranted, OutcomePartly, OutcomeRefused}

// RefusalReason is why a Request is not granted, wholly or in part. The person
// is told in words, which are the same for all: see Words.
type RefusalReason string

// The reasons.
const (
	RefusedNotIdentified   RefusalReason = "not_identified"     // art. 11(2), 12(2)
	RefusedUnfounded       RefusalReason = "unfounded"          // art. 12(5)
	RefusedExcessive       RefusalReason = "excessive"          // art. 12(5)
	RefusedNotApplicable   RefusalReason = "not_applicable"     // what the article asks for is not the case
	RefusedLegalObligation RefusalReason = "legal_obligation"   // art. 17(3)(b)
	RefusedLegalClaims     RefusalReason = "legal_claims"       // art. 17(3)(e), 18(2), 21(1)
	RefusedOverriding      RefusalReason = "overriding_grounds" // art. 21(1)
	RefusedRightsOfOthers  RefusalReason = "rights_of_others"   // art. 15(4), 20(4)
)

// RefusalReasons are all reasons.
var RefusalReasons = []RefusalReason{
	RefusedNotIdentified, RefusedUnfounded, RefusedExcessive, RefusedNotApplicable,
	RefusedLegalObligation, RefusedLegalClaims, RefusedOverriding, RefusedRightsOfOthers,
}

// RequestEvent is one thing that happened to a Request. It is never changed.
type RequestEvent struct {
	Step RequestStep
	Time time.Time // when it was written down, UTC, to the millisecond
	Day  Day       // when it happened, in Norway
	// Due is the last day for the answer from now on, of StepReceived and
	// StepExtended.
	Due     Day
	Ground  ExtensionGround // of StepExtended
	Outcome Outcome         // of StepAnswered
	Refusal RefusalReason   // of StepAnswered, unless all was granted
}

// The months that GDPR art. 12(3) gives, without and with the extension.
const (
	monthsGiven    = 1
	monthsExtended = 3
)

// due gives the last day of a time of months that runs from a day: the same date
// of the last month, or that month's last day; when nobody works then, the next
// working day. Regulation (EEC, Euratom) No 1182/71 art. 3(2)(c) and 3(4), which
// EDPB Guidelines 01/2022 on the right of access (5.3) apply to GDPR art. 12(3).
func due(from Day, months int) Day { return from.AddMonths(months).NextWorking() }

// Append adds what happened, when the rules allow it, and sets its Due. The
// error is Conflict for what no longer fits the Request, such as a second
// extension, and Invalid for what never would.
func (r *Request) Append(event RequestEvent) error {
	event.Time = event.Time.UTC().Truncate(time.Millisecond)
	if event.Day > DayOf(event.Time) {
		return Errorf(Invalid, "future_day", "%s has not come yet: give the day on which it happened.", event.Day)
	}
	if len(r.Events) == 0 != (event.Step == StepReceived) {
		return Errorf(Conflict, "request_order", "A request is received first, and once.")
	}
	if len(r.Events) > 0 {
		if answer := r.Answer(); answer != nil {
			return Errorf(Conflict, "request_closed", "The request was answered on %s and is closed: add what the person asks now as a new request.", answer.Day)
		}
		if event.Day < r.Received() {
			return Errorf(Invalid, "early_day", "%s lies before the request was received, on %s.", event.Day, r.Received())
		}
	}
	if err := r.complete(&event); err != nil {
		return err
	}
	r.Events = append(r.Events, event)
	return nil
}

// complete checks what belongs to the step, and sets Due.
func (r *Request) complete(event *RequestEvent) error {
	event.Due = 0
	if event.Step != StepExtended && event.Ground != "" || event.Step != StepAnswered && (event.Outcome != "" || event.Refusal != "") {
		return Errorf(Invalid, "request_step", "The step %s holds what belongs to another one.", event.Step)
	}
	switch event.Step {
	case StepReceived:
		if event.Day <= 0 {
			return Errorf(Invalid, "malformed_day", "The day on which the request was received is missing.")
		}
		event.Due = due(event.Day, monthsGiven)
	case StepExtended:
		return r.extend(event)
	case StepAnswered:
		return r.answered(event)
	case StepReminded:
	default:
		return Errorf(Invalid, "request_step", "There is no step %q.", event.Step)
	}
	return nil
}

// extend gives two further months, once, when the person is told within the
// first (GDPR art. 12(3)).
func (r *Request) extend(event *RequestEvent) error {
	switch {
	case !slices.Contains(ExtensionGrounds, event.Ground):
		return Errorf(Invalid, "extension_ground", "The time can be extended for two reasons only (GDPR art. 12(3)): give one of %s.", joined(ExtensionGrounds))
	case r.Extended():
		return Errorf(Conflict, "extended_already", "The time was extended already, to %s. It can be extended once: answer the request.", r.Due())
	case event.Day > r.Due():
		return Errorf(Conflict, "extended_late", "The request was due on %s. The person must have been told of an extension by then (GDPR art. 12(3)): answer the request.", r.Due())
	}
	event.Due = due(r.Received(), monthsExtended)
	return nil
}

// answered checks an outcome: a no is reasoned (GDPR art. 12(4)), with a reason
// that the law knows for the right.
func (r *Request) answered(event *RequestEvent) error {
	switch {
	case !slices.Contains(Outcomes, event.Outcome):
		return Errorf(Invalid, "request_outcome", "There is no outcome %q: use one of %s.", event.Outcome, joined(Outcomes))
	case event.Outcome == OutcomeGranted && event.Refusal != "":
		return Errorf(Invalid, "refusal_reason", "What was granted has no reason for a refusal: leave the reason out, or use the outcome partly or refused.")
	case event.Outcome == OutcomeGranted:
		return nil
	case !slices.Contains(RefusalReasons, event.Refusal):
		return Errorf(Invalid, "refusal_reason", "A request that is not granted in full must say why (GDPR art. 12(4)): give one of %s.", joined(r.Kind.Refusals()))
	}
	return r.Kind.CheckRefusal(event.Refusal)
}

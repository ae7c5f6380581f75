package rights

import (
	"context"

	"github.com/samtykke/samtykke/consent"
)

// Telling is what the person of a request must be told now.
type Telling struct {
	request *consent.Request
	how     consent.CarriedOut
	nothing bool
	// Incomplete says that the register does not know all that was done, so that whoever
	// tells the person adds it.
	Incomplete bool
}

// Tell finds what the person of a request must be told: of more time, of a no, and of what
// was done of what was granted (GDPR art. 12(3) and 12(4)). What was granted and is not
// done is told to nobody.
func Tell(ctx context.Context, store consent.Store, found *consent.Request) (*Telling, error) {
	telling := &Telling{request: found}
	answer := found.Answer()
	if answer == nil || answer.Outcome == consent.OutcomeRefused {
		return telling, nil
	}
	telling.Incomplete = answer.Outcome == consent.OutcomePartly
	if telling.Incomplete || found.Receipt.IsZero() {
		telling.Incomplete = telling.Incomplete || found.Kind != consent.RequestRectification
		return telling, nil
	}
	theirs, err := Theirs(ctx, store, found)
	if err != nil {
		return nil, err
	}
	theirs = Before(found, theirs)
	telling.nothing = Undone(found.Kind, theirs) > 0
	telling.how, err = carriedOut(ctx, store, found, theirs)
	return telling, err
}

// carriedOut finds when what was asked for was done.
func carriedOut(ctx context.Context, store consent.Store, found *consent.Request, theirs []consent.Entry) (consent.CarriedOut, error) {
	how := consent.CarriedOut{Known: true, Left: len(theirs) > 0}
	if !how.Left {
		stub, err := store.Erased(ctx, found.Site, found.Receipt)
		if err == nil {
			how.Erased = consent.DayOf(stub.Time)
		} else if consent.KindOf(err) != consent.NotFound { // its time was up
			return how, err
		}
	}
	for i := range theirs {
		what, err := store.Restricted(ctx, found.Site, theirs[i].ID)
		if consent.KindOf(err) == consent.NotFound {
			how.Frozen = 0
			return how, nil
		}
		if err != nil {
			return how, err
		}
		how.Frozen = max(how.Frozen, consent.DayOf(what.Time))
	}
	return how, nil
}

// In gives it in a language, "" for nothing.
func (t *Telling) In(lang consent.Language) string {
	answer := t.request.Answer()
	switch {
	case t.nothing:
		return ""
	case answer == nil:
		return t.more(lang)
	case answer.Outcome == consent.OutcomeGranted:
		return t.request.GrantedWords(answer.Outcome, t.how, lang)
	}
	text := answer.Refusal.Words(t.request.Kind, lang) + " " + consent.RemedyWords(lang)
	if answer.Outcome == consent.OutcomePartly {
		text = t.request.GrantedWords(answer.Outcome, t.how, lang) + " " + text
	}
	return text
}

// more tells of more time.
func (t *Telling) more(lang consent.Language) string {
	for i := range t.request.Events {
		if e := &t.request.Events[i]; e.Step == consent.StepExtended {
			return e.Ground.Words(lang) + " " + consent.DueWords(t.request.Due(), lang)
		}
	}
	return ""
}

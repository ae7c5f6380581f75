// Package rights does what people ask for whose decisions are kept: their requests
// are entered, and decisions erased, frozen and released. The pages of the
// administration and its API do it alike.
package rights

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Asked is a request as it has come.
type Asked struct {
	Kind     consent.RequestKind
	Channel  consent.RequestChannel
	Case     consent.CaseNumber
	Received string // a day, today in Norway when empty
	// Receipt or Token is what the person has shown, both empty for nothing.
	Receipt, Token string
}

// AskedFields are the fields of Asked that errors are about, by code.
var AskedFields = map[string]string{
	"request_kind": "kind", "request_channel": "channel", "case_number": "case", "malformed_day": "received", "future_day": "received", "before_law": "received",
	"malformed_id": "receipt", "unknown_receipt": "receipt", "malformed_token": "token", "unknown_token": "token",
}

// StepFields are the fields of a step that errors are about, by code.
var StepFields = map[string]string{
	"extension_ground": "ground", "request_outcome": "outcome", "refusal_reason": "refusal", "refusal_kind": "refusal",
	"not_erased": "outcome", "erasure_frozen": "outcome", "not_restricted": "outcome", "still_processed": "outcome",
	"malformed_day": "on", "future_day": "on", "early_day": "on",
}

// Receive enters a request. Of what the person has shown only receipts are kept: that
// which was shown, of a token the newest, and those of the other decisions for as long as
// these are there. The error joins
// all that is wrong with what was asked (Faults).
func Receive(ctx context.Context, store consent.Store, site consent.SiteKey, asked *Asked, now time.Time) (*consent.Request, error) {
	received, dayErr := DayOr(asked.Received, now)
	if dayErr != nil {
		received = consent.DayOf(now)
	}
	made := consent.Request{ID: newRequestID(now), Site: site, Kind: asked.Kind, Channel: asked.Channel, Case: asked.Case}
	_, err := consent.Receive(made, received, now)
	entries, shownErr := Shown(ctx, store, site, asked)
	if shownErr != nil && consent.KindOf(shownErr) != consent.Invalid {
		return nil, shownErr
	}
	if err := errors.Join(err, dayErr, shownErr); err != nil {
		return nil, err
	}
	shown, _ := consent.ParseDecisionID(asked.Receipt) // which Shown has read
	LeadTo(&made, entries, shown)
	request, err := consent.Receive(made, received, now)
	if err != nil {
		return nil, err
	}
	if act, is := consent.ActOf(ctx); is { // which names what it made
		act.Object = strings.TrimSpace(act.Object + " " + request.ID.String())
		ctx = consent.WithAct(ctx, act)
	}
	return request, store.AddRequest(ctx, request)
}

// Faults gives all that is wrong with what was sent, of an error that may join several;
// none when the error is another one.
func Faults(err error) []*consent.Error {
	if several, is := err.(interface{ Unwrap() []error }); is {
		var all []*consent.Error
		for _, each := range several.Unwrap() {
			found := Faults(each)
			if found == nil {
				return nil
			}
			all = append(all, found...)
		}
		return all
	}
	var own *consent.Error
	if !errors.As(err, &own) || own.Kind == consent.Internal || own.Kind == consent.Unavailable {
		return nil
	}
	return []*consent.Error{own}
}

// Append appends what happened to a request. It is not granted before what it asks for
// is done, since a closed request cannot be opened again: nothing of who asked for erasure
// is left, and what is left of who asked for restriction, or objected, is frozen. It is
// Invalid otherwise (code "not_erased", "erasure_frozen" when freezing must end first,
// "not_restricted" or "still_processed").
func Append(ctx context.Context, store consent.Store, found *consent.Request, event consent.RequestEvent) (*consent.Request, error) {
	if found.Answer() == nil && event.Outcome == consent.OutcomeGranted && event.Refusal == "" {
		if err := done(ctx, store, found); err != nil {
			return nil, err
		}
	}
	return store.AppendRequest(telling(ctx, event), found.Site, found.ID, event)
}

// telling has the audit trail know what happened, whoever wrote it down: on which ground
// there is more time, or how it was answered, and on which day.
func telling(ctx context.Context, event consent.RequestEvent) context.Context {
	act, is := consent.ActOf(ctx)
	if !is {
		return ctx
	}
	switch {
	case event.Ground != "":
		act.Object += " ground=" + string(event.Ground)
	case event.Outcome != "":
		act.Object += " outcome=" + string(event.Outcome)
	}
	act.Object = strings.TrimSpace(act.Object + " day=" + event.Day.String())
	return consent.WithAct(ctx, act)
}

func newRequestID(now time.Time) consent.RequestID {
	var random [10]byte
	_, _ = rand.Read(random[:]) // never fails (crypto/rand)
	return consent.NewRequestID(now, random)
}

// DayOr reads a day, today in Norway when there is none.
func DayOr(text string, now time.Time) (consent.Day, error) {
	if text == "" {
		return consent.DayOf(now), nil
	}
	return consent.ParseDay(text)
}

// LeadTo has a request lead to the decisions of a person, oldest first: each is a
// way to those that are left when others are erased. It stands under the receipt that was
// shown, as in the letter, and under the newest for the zero id.
func LeadTo(made *consent.Request, entries []consent.Entry, shown consent.DecisionID) {
	if shown.IsZero() && len(entries) > 0 {
		shown = entries[len(entries)-1].ID
	}
	for i := range entries {
		if entries[i].ID == shown {
			made.Receipt = shown
		} else {
			made.Others = append(made.Others, entries[i].ID)
		}
	}
}

// Theirs gives the decisions that are there of the person of a request, oldest first,
// and those that were made since; none when nothing leads to any.
func Theirs(ctx context.Context, store consent.Log, found *consent.Request) ([]consent.Entry, error) {
	for _, id := range append([]consent.DecisionID{found.Receipt}, found.Others...) {
		if id.IsZero() {
			continue
		}
		entries, err := store.Read(ctx, consent.LogQuery{Site: found.Site, ID: id, Limit: 1})
		if err != nil {
			return nil, err
		}
		if len(entries) == 0 {
			continue
		}
		return alike(ctx, store, &entries[0])
	}
	return nil, nil
}

// alike gives all decisions of the visitor who made one.
func alike(ctx context.Context, store consent.Log, entry *consent.Entry) ([]consent.Entry, error) {
	if entry.Visitor.IsZero() {
		return []consent.Entry{*entry}, nil
	}
	return store.Decisions(ctx, entry.Site, entry.Visitor)
}

// Whole says whether what the person has shown can be read: Invalid otherwise.
func (a *Asked) Whole() (err error) {
	switch {
	case a.Receipt != "":
		_, err = consent.ParseDecisionID(a.Receipt)
	case a.Token != "":
		_, err = consent.ParseToken(a.Token)
	}
	return err
}

// Shown gives the decisions that what the person has shown leads to, oldest first: none
// when nothing was shown. It is Invalid (code "unknown_receipt" or "unknown_token") when
// the site has none.
func Shown(ctx context.Context, store consent.Store, site consent.SiteKey, asked *Asked) (entries []consent.Entry, err error) {
	code := "unknown_token"
	switch {
	case asked.Receipt != "":
		code = "unknown_receipt"
		entries, err = byReceipt(ctx, store, site, asked.Receipt)
	case asked.Token != "":
		var key consent.VisitorKey
		if key, err = consent.ParseToken(asked.Token); err == nil {
			entries, err = store.Decisions(ctx, site, key)
		}
	default:
		return nil, nil
	}
	if consent.KindOf(err) == consent.NotFound || err == nil && len(entries) == 0 {
		return nil, errNotOfSite(code)
	}
	return entries, err
}

func byReceipt(ctx context.Context, store consent.Store, site consent.SiteKey, receipt string) ([]consent.Entry, error) {
	id, err := consent.ParseDecisionID(receipt)
	if err != nil {
		return nil, err
	}
	entry, err := Decision(ctx, store, site, id)
	if err != nil {
		return nil, err
	}
	return alike(ctx, store, entry)
}

func errNotOfSite(code string) error {
	return consent.Errorf(consent.Invalid, code, "The site has no such decision. It was erased, its time was up, or it is another site's.")
}

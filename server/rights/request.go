// Package rights does what people ask for whose decisions are kept: their requests
// are entered, and decisions erased, frozen and released. The pages of the
// administration and its API do it alike.
package rights

import (
	"context"
	"crypto/rand"
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
	"request_kind": "kind", "request_channel": "channel", "case_number": "case", "malformed_day": "received", "future_day": "received",
	"malformed_id": "receipt", "unknown_receipt": "receipt", "malformed_token": "token", "unknown_token": "token",
}

// StepFields are the fields of a step that errors are about, by code.
var StepFields = map[string]string{
	"extension_ground": "ground", "request_outcome": "outcome", "refusal_reason": "refusal", "refusal_kind": "refusal",
	"malformed_day": "on", "future_day": "on", "early_day": "on",
}

// Receive enters a request. Of what the person has shown only the newest receipt is
// kept, which stays the longest.
func Receive(ctx context.Context, store consent.Store, site consent.SiteKey, asked *Asked, now time.Time) (*consent.Request, error) {
	received, err := DayOr(asked.Received, now)
	if err != nil {
		return nil, err
	}
	made := consent.Request{ID: newRequestID(now), Site: site, Kind: asked.Kind, Channel: asked.Channel, Case: asked.Case}
	if _, err := consent.Receive(made, received, now); err != nil {
		return nil, err
	}
	if made.Receipt, err = newestReceipt(ctx, store, site, asked); err != nil {
		return nil, err
	}
	request, err := consent.Receive(made, received, now)
	if err != nil {
		return nil, err
	}
	return request, store.AddRequest(ctx, request)
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

// newestReceipt gives the newest decision of the person by what they have shown,
// or none when they have shown nothing.
func newestReceipt(ctx context.Context, store consent.Store, site consent.SiteKey, asked *Asked) (newest consent.DecisionID, err error) {
	var key consent.VisitorKey
	code := "unknown_token"
	switch {
	case asked.Receipt != "":
		code = "unknown_receipt"
		if newest, err = consent.ParseDecisionID(asked.Receipt); err != nil {
			return newest, err
		}
		entry, err := Decision(ctx, store, site, newest)
		if consent.KindOf(err) == consent.NotFound {
			return newest, errNotOfSite(code)
		}
		if err != nil || entry.Visitor.IsZero() {
			return newest, err
		}
		key = entry.Visitor
	case asked.Token != "":
		if key, err = consent.ParseToken(asked.Token); err != nil {
			return newest, err
		}
	default:
		return newest, nil
	}
	entries, err := store.Decisions(ctx, site, key)
	if err != nil {
		return newest, err
	}
	if len(entries) == 0 {
		return newest, errNotOfSite(code)
	}
	return entries[len(entries)-1].ID, nil
}

func errNotOfSite(code string) error {
	return consent.Errorf(consent.Invalid, code, "The site has no such decision. It was erased, its time was up, or it is another site's.")
}

package main

import (
	"encoding/json"

	"github.com/samtykke/samtykke/consent"
)

// requestJSON is a request as a program reads it. Days are those of Norway.
type requestJSON struct {
	ID       consent.RequestID      `json:"id"`
	Site     consent.SiteKey        `json:"site"`
	Kind     consent.RequestKind    `json:"kind"`
	Channel  consent.RequestChannel `json:"channel"`
	Receipt  *string                `json:"receipt"`
	Case     *string                `json:"case"`
	Received consent.Day            `json:"received"`
	Due      consent.Day            `json:"due"`
	Left     *int                   `json:"days_left"` // negative when overdue, null when closed
	Overdue  bool                   `json:"overdue"`
	Extended bool                   `json:"extended"`
	Answered *string                `json:"answered"` // day, null while open
	Outcome  *string                `json:"outcome"`
	Refusal  *string                `json:"refusal"`
	Events   []requestEventJSON     `json:"events"`
}

type requestEventJSON struct {
	Step    consent.RequestStep `json:"step"`
	Time    string              `json:"time"` // RFC 3339, UTC, milliseconds
	Day     consent.Day         `json:"day"`
	Due     *string             `json:"due"`
	Ground  *string             `json:"ground"`
	Outcome *string             `json:"outcome"`
	Refusal *string             `json:"refusal"`
}

// requestLine writes a request as one line of JSON.
func requestLine(t *terminal, r *consent.Request, today consent.Day) error {
	out := requestJSON{
		ID: r.ID, Site: r.Site, Kind: r.Kind, Channel: r.Channel, Receipt: orNull(r.Receipt.String()), Case: orNull(r.Case),
		Received: r.Received(), Due: r.Due(), Overdue: r.Overdue(today), Extended: r.Extended(),
	}
	if answer := r.Answer(); answer != nil {
		out.Answered, out.Outcome, out.Refusal = orNull(answer.Day.String()), orNull(answer.Outcome), orNull(answer.Refusal)
	} else {
		days := int(r.Due() - today)
		out.Left = &days
	}
	for _, e := range r.Events {
		out.Events = append(out.Events, requestEventJSON{
			Step: e.Step, Time: e.Time.UTC().Format(stamp), Day: e.Day,
			Due: orNull(e.Due.String()), Ground: orNull(e.Ground), Outcome: orNull(e.Outcome), Refusal: orNull(e.Refusal),
		})
	}
	return json.NewEncoder(t.out).Encode(out)
}

// orNull gives JSON's null for nothing.
func orNull[S ~string](text S) *string {
	if text == "" {
		return nil
	}
	plain := string(text)
	return &plain
}

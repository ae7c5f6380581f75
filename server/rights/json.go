package rights

import "github.com/samtykke/samtykke/consent"

// stamp is how a moment is written: RFC 3339, UTC, milliseconds.
const stamp = "2006-01-02T15:04:05.000Z07:00"

// Request is a data subject's request as programs read it. Days are those of
// Norway.
type Request struct {
	ID       consent.RequestID      `json:"id"`
	Site     consent.SiteKey        `json:"site"`
	Kind     consent.RequestKind    `json:"kind"`
	Channel  consent.RequestChannel `json:"channel"`
	Receipt  *string                `json:"receipt"   about:"of the newest decision of the person; null for none"`
	Others   []string               `json:"others"    about:"receipts of the person's other decisions, of when the request came, that are there; empty for a key without the scope log"`
	Case     *string                `json:"case"`
	Received consent.Day            `json:"received"`
	Due      consent.Day            `json:"due"`
	Left     *int                   `json:"days_left" about:"negative when overdue, null when closed"`
	Overdue  bool                   `json:"overdue"`
	Extended bool                   `json:"extended"`
	Answered *string                `json:"answered"  about:"day; null while open"`
	Outcome  *string                `json:"outcome"`
	Refusal  *string                `json:"refusal"`
	Events   []RequestEvent         `json:"events"`
}

// RequestEvent is one thing that happened to it.
type RequestEvent struct {
	Step    consent.RequestStep `json:"step"`
	Time    string              `json:"time"    about:"when it was written down"`
	Day     consent.Day         `json:"day"     about:"on which it happened"`
	Due     *string             `json:"due"     about:"from then on"`
	Ground  *string             `json:"ground"`
	Outcome *string             `json:"outcome"`
	Refusal *string             `json:"refusal"`
}

// NewRequest says what a request is now.
func NewRequest(r *consent.Request, today consent.Day) Request {
	out := Request{
		ID: r.ID, Site: r.Site, Kind: r.Kind, Channel: r.Channel, Receipt: orNull(r.Receipt.String()), Case: orNull(r.Case), Others: []string{},
		Received: r.Received(), Due: r.Due(), Overdue: r.Overdue(today), Extended: r.Extended(),
	}
	if answer := r.Answer(); answer != nil {
		out.Answered, out.Outcome, out.Refusal = orNull(answer.Day.String()), orNull(answer.Outcome), orNull(answer.Refusal)
	} else {
		out.Left = new(int(r.Due() - today))
	}
	for _, other := range r.Others {
		out.Others = append(out.Others, other.String())
	}
	for i := range r.Events {
		e := &r.Events[i]
		out.Events = append(out.Events, RequestEvent{
			Step: e.Step, Time: e.Time.UTC().Format(stamp), Day: e.Day,
			Due: orNull(e.Due.String()), Ground: orNull(e.Ground), Outcome: orNull(e.Outcome), Refusal: orNull(e.Refusal),
		})
	}
	return out
}

// orNull gives JSON's null for nothing.
func orNull[S ~string](text S) *string {
	if text == "" {
		return nil
	}
	return new(string(text))
}

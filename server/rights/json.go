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
	Receipt  *string                `json:"receipt"   about:"that the person has shown; of the newest decision when that was a token; null for none"`
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
	Done     []RequestAct           `json:"done"      about:"what was done for its sake, oldest first: decisions erased, frozen and released, and the answer made; empty for a key without the scope log"`
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

// RequestAct is an act for the sake of a request, as the audit trail has it.
type RequestAct struct {
	Action  string       `json:"action"  about:"log.erase, log.freeze, log.release or request.answer, with api. before it when a program did it"`
	Time    string       `json:"time"`
	By      consent.Doer `json:"by"      about:"person: on the pages; key: a program with an API key of that person; command: on the server"`
	Account *int64       `json:"account" about:"of the person; null for commands, and for a key without the scope audit"`
	Object  string       `json:"object"  about:"the decision, or how many, and on which ground; begins with key= and the key when a program did it"`
	Place   string       `json:"place"   about:"in the audit trail"`
}

// NewRequest says what a request is now, and what was done for its sake.
func NewRequest(r *consent.Request, history History, today consent.Day) Request {
	out := Request{
		ID: r.ID, Site: r.Site, Kind: r.Kind, Channel: r.Channel, Receipt: orNull(r.Receipt.String()), Case: orNull(r.Case), Others: []string{}, Done: []RequestAct{},
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
	for _, act := range history.Done(r.ID) {
		out.Done = append(out.Done, newRequestAct(&act))
	}
	return out
}

func newRequestAct(act *consent.ActEntry) RequestAct {
	out := RequestAct{Action: act.Action, Time: act.Time.UTC().Format(stamp), By: act.By(), Place: act.Place()}
	out.Object, _ = consent.CutRequest(act.Object)
	if act.Account != 0 {
		out.Account = new(int64(act.Account))
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

package admin

import (
	"crypto/rand"
	"errors"
	"net/http"

	"github.com/samtykke/samtykke/consent"
)

// newSubjectPage is the form for a request that has come.
type newSubjectPage struct {
	URL             string
	Kinds, Channels []choice
	Received, Case  string
	Receipt         string
	Today           string
	Faults          misfits
}

// registerNewGet shows the form. A receipt in the address is filled in.
func (r *request) registerNewGet() error {
	return r.showNewSubject(http.StatusOK, &newSubjectPage{Receipt: readFilter(func(name string) string { return r.c.Query(name) }).Receipt})
}

func (r *request) showNewSubject(status int, shown *newSubjectPage) error {
	shown.URL, shown.Today = r.registerPath(""), consent.DayOf(r.Clock()).String()
	if shown.Received == "" {
		shown.Received = shown.Today
	}
	shown.Kinds = nil
	for _, kind := range consent.RequestKinds {
		shown.Kinds = append(shown.Kinds, choice{string(kind), kind.Words(r.lang), string(kind) == r.field("kind")})
	}
	shown.Channels = choices(r, "requests_channel_", consent.RequestChannels, consent.RequestChannel(r.field("channel")))
	r.c.Status(status)
	return r.show(page{name: "request_new.html", title: "requests_new", trail: r.registerTrail(), data: shown})
}

// subjectFields are the fields that errors of the register are about.
var subjectFields = map[string]string{
	"request_kind": "kind", "request_channel": "channel", "case_number": "case", "malformed_day": "received", "future_day": "received",
	"malformed_id": "receipt", "unknown_receipt": "receipt", "malformed_token": "token", "unknown_token": "token",
}

// registerNewPost enters a request. Of what the person has shown only the newest
// receipt is kept, which stays the longest.
func (r *request) registerNewPost() error {
	made, err := r.newSubject()
	var own *consent.Error
	if errors.As(err, &own) && own.Kind != consent.Internal && own.Kind != consent.Unavailable {
		shown := &newSubjectPage{Received: r.field("received"), Case: r.field("case"), Receipt: r.field("receipt")}
		shown.Faults = misfits{r.misfitOf(own, subjectFields, "kind")}
		return r.showNewSubject(http.StatusUnprocessableEntity, shown)
	}
	if err != nil {
		return err
	}
	if err := r.Store.AddRequest(r.ctx, made); err != nil {
		return err
	}
	return r.redirect(r.registerPath("/"+made.ID.String()), "request_add")
}

func (r *request) newSubject() (*consent.Request, error) {
	now := r.Clock()
	received, err := r.dayField("received")
	if err != nil {
		return nil, err
	}
	var random [10]byte
	_, _ = rand.Read(random[:]) // never fails (crypto/rand)
	made := consent.Request{
		ID: consent.NewRequestID(now, random), Site: r.site.Key, Kind: consent.RequestKind(r.field("kind")),
		Channel: consent.RequestChannel(r.field("channel")), Case: consent.CaseNumber(r.field("case")),
	}
	if _, err := consent.Receive(made, received, now); err != nil {
		return nil, err
	}
	if made.Receipt, err = r.newestReceipt(); err != nil {
		return nil, err
	}
	return consent.Receive(made, received, now)
}

// newestReceipt gives the newest decision of the person by what they have shown,
// or none when they have shown nothing.
func (r *request) newestReceipt() (newest consent.DecisionID, err error) {
	var key consent.VisitorKey
	code := "unknown_token"
	switch receipt, token := r.field("receipt"), r.field("token"); {
	case receipt != "":
		code = "unknown_receipt"
		if newest, err = consent.ParseDecisionID(receipt); err != nil {
			return newest, err
		}
		entry, err := r.decision(newest)
		if consent.KindOf(err) == consent.NotFound {
			return newest, errNotOfSite(code)
		}
		if err != nil || entry.Visitor.IsZero() {
			return newest, err
		}
		key = entry.Visitor
	case token != "":
		if key, err = consent.ParseToken(token); err != nil {
			return newest, err
		}
	default:
		return newest, nil
	}
	entries, err := r.Store.Decisions(r.ctx, r.site.Key, key)
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

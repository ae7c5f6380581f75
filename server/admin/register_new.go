package admin

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/rights"
)

// newSubjectPage is the form for a request that has come.
type newSubjectPage struct {
	URL             string
	Kinds, Channels []logChoice
	Received, Case  string
	Receipt         string
	Today           string
	Faults          misfits
}

// newSubjectFields are its fields, as they stand on the page.
var newSubjectFields = []string{"kind", "channel", "received", "case", "receipt", "token"}

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
		shown.Kinds = append(shown.Kinds, logChoice{string(kind), kind.Words(r.lang), string(kind) == r.field("kind")})
	}
	shown.Channels = choices(r, "requests_channel_", consent.RequestChannels, consent.RequestChannel(r.field("channel")))
	r.c.Status(status)
	return r.show(page{name: "request_new.html", title: "requests_new", trail: r.registerTrail(), data: shown})
}

// registerNewPost enters a request.
func (r *request) registerNewPost() error {
	if r.field("token") == "" && r.field(hadToken) != "" { // without it the request would be of nobody
		return r.refuseNewSubject(nil)
	}
	made, err := rights.Receive(r.ctx, r.Store, r.site.Key, &rights.Asked{
		Kind: consent.RequestKind(r.field("kind")), Channel: consent.RequestChannel(r.field("channel")), Case: consent.CaseNumber(r.field("case")),
		Received: r.field("received"), Receipt: r.field("receipt"), Token: r.field("token"),
	}, r.Clock())
	if faults := rights.Faults(err); faults != nil {
		return r.refuseNewSubject(faults)
	}
	if err != nil {
		return err
	}
	return r.redirect(r.registerPath("/"+made.ID.String()), "request_add")
}

// refuseNewSubject shows the form again with what is wrong. A visitor's key is asked for
// anew: no page shows it.
func (r *request) refuseNewSubject(faults []*consent.Error) error {
	shown := &newSubjectPage{Received: r.field("received"), Case: r.field("case"), Receipt: r.field("receipt")}
	for _, each := range faults {
		shown.Faults = append(shown.Faults, r.misfitOf(each, rights.AskedFields, "kind"))
	}
	if r.field("token")+r.field(hadToken) != "" && shown.Faults.Of("token") == nil {
		shown.Faults = append(shown.Faults, misfit{Field: "token", Text: r.say("requests_token_again")})
	}
	slices.SortStableFunc(shown.Faults, func(a, b misfit) int {
		return cmp.Compare(slices.Index(newSubjectFields, a.Field), slices.Index(newSubjectFields, b.Field))
	})
	return r.showNewSubject(http.StatusUnprocessableEntity, shown)
}

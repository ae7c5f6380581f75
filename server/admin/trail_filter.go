package admin

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/logfilter"
)

// trailFilter is what a person is looking for in the trail, as written. Days are
// Norway's.
type trailFilter struct {
	Person, Action, From, To string
	By                       consent.Doer
	Site                     consent.SiteKey
	Faults                   misfits
}

// readTrailFilter reads it field by field, from the address or from a form.
func readTrailFilter(get func(name string) string) trailFilter {
	field := func(name string) string {
		text := strings.TrimSpace(legible(get(name)))
		return strings.Clone(text[:min(len(text), longestTrailField)])
	}
	filter := trailFilter{Person: field("person"), Action: field("action"), From: field("from"), To: field("to"), By: consent.Doer(field("by")), Site: consent.SiteKey(field("site"))}
	if slices.Contains(Actions(), filter.Action) && strings.HasPrefix(filter.Action, "api.") { // as addresses said it before ways could be chosen
		filter.Action, filter.By = consent.OnPages(filter.Action)[0], consent.ByKey
	}
	return filter
}

// longestTrailField is more than any field of the filter takes.
const longestTrailField = 100

// query makes a query of it, and notes what is wrong.
func (f *trailFilter) query(r *request, organisation consent.OrganisationID) consent.TrailQuery {
	query := consent.TrailQuery{Organisation: organisation, Action: f.Action, By: f.By, Site: f.Site, EveryWay: true}
	var known bool
	query.Account, known = r.trailPerson(f.Person)
	f.refuse(r, "person", !known) // what selects nobody must not look like everybody
	f.refuse(r, "action", f.Action != "" && !slices.Contains(actions(), f.Action))
	f.refuse(r, "by", f.By != "" && !slices.Contains(consent.Doers, f.By))
	f.refuse(r, "site", f.Site != "" && !f.Site.Valid())
	var faults []logfilter.Fault
	query.From, query.Until, faults = logfilter.Days(f.From, f.To)
	for _, fault := range faults {
		f.Faults = append(f.Faults, misfit{Field: fault.Field, Text: r.say("log_fault_" + string(fault.Flaw))})
	}
	return query
}

// refuse notes that a field asks for what there is not: nothing found must not look like
// nothing done, and what is no choice not stand in the trail.
func (f *trailFilter) refuse(r *request, field string, wrong bool) {
	if wrong {
		f.Faults = append(f.Faults, misfit{Field: field, Text: r.say("trail_fault_" + field)})
	}
}

// nobodysAccount has done nothing.
const nobodysAccount = consent.AccountID(-1)

// trailPerson finds a person by the number of the account or by an address. Whether
// somebody has an account elsewhere is told to nobody: what they did here is nothing. What
// is neither number nor address is no person.
func (r *request) trailPerson(said string) (id consent.AccountID, known bool) {
	if said == "" {
		return 0, true
	}
	if id, known := consent.ParseAccountID(said); known {
		return id, true
	}
	email, err := consent.NormalEmail(said)
	if err != nil {
		return nobodysAccount, false
	}
	account, err := r.Store.AccountOf(r.ctx, email)
	if err != nil {
		return nobodysAccount, true
	}
	return account.ID, true
}

// values gives the filter for an address, without what it does not say.
func (f *trailFilter) values() url.Values {
	values := url.Values{}
	for _, field := range f.Fields() {
		values.Set(field.Name, field.Value)
	}
	return values
}

// filterField is a field that says something.
type filterField struct{ Name, Value string }

// Fields gives what the filter says, field by field.
func (f *trailFilter) Fields() []filterField {
	var said []filterField
	for _, field := range []filterField{{"person", f.Person}, {"by", string(f.By)}, {"site", string(f.Site)}, {"action", f.Action}, {"from", f.From}, {"to", f.To}} {
		if field.Value != "" {
			said = append(said, field)
		}
	}
	return said
}

// told tells what is taken out, for the trail itself.
func (f *trailFilter) told() string {
	parts := make([]string, 0, 6)
	for _, field := range f.Fields() {
		parts = append(parts, field.Name+"="+field.Value)
	}
	return strings.Join(parts, " ")
}

// actsOf gives the acts that are asked for. What asks for a day that is none gets
// none, and says so.
func (r *request) actsOf(filter *trailFilter, query consent.TrailQuery) ([]consent.ActEntry, error) {
	if len(filter.Faults) > 0 {
		r.c.Status(http.StatusUnprocessableEntity)
		return nil, nil
	}
	return r.Store.Acts(r.ctx, query)
}

// trailPath gives the address of the trail: an organisation's, or the installation's.
func (r *request) trailPath() string {
	if r.organisation == nil {
		return "/trail"
	}
	return "/organisations/" + string(r.organisation.ID) + "/trail"
}

package admin_test

import (
	"net/http"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// A field that is no UTF-8 is refused, as one that nobody can have: left out, it would give
// the whole log, or the whole trail.
func TestWhatIsNoTextFindsNothing(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	g := auditor.program(t, consent.Scopes...)
	h.decide(t, "skogen", 0, 3)
	const trail = "/organisations/skogen/trail"
	for _, field := range []string{"from", "to", "category", "method", "language", "notice"} {
		for _, value := range []string{"%FF", "%EF%BF%BD"} {
			query := "?" + field + "=" + value
			for _, path := range []string{apiSite + "/decisions" + query, apiSite + "/log/export" + query + "&form=csv"} {
				told := g.get(path).problem(t, http.StatusUnprocessableEntity, "faults")
				if len(told.Faults) != 1 || told.Faults[0].Path != field {
					t.Errorf("%s: got %+v", path, told.Faults)
				}
			}
			got := auditor.get("/sites/skogen/log" + query)
			if got.shows(t, http.StatusUnprocessableEntity, `id="`+field+`-wrong"`); lineLink.MatchString(got.body) {
				t.Errorf("%s: the page shows decisions", query)
			}
		}
		auditor.post("/sites/skogen/log/export", "form", "csv", field, "\xff").shows(t, http.StatusUnprocessableEntity, `id="`+field+`-wrong"`)
	}
	for _, field := range []string{"person", "action", "by", "site", "from", "to"} {
		auditor.get(trail+"?"+field+"=%FF").shows(t, http.StatusUnprocessableEntity, `id="`+field+`-wrong"`)
	}
	for _, field := range []string{"account", "action", "by", "site", "from", "to"} {
		g.get("/api/v1/trail?"+field+"=%FF").faultsAt(t, field)
	}
}

// Of a field that stands twice only the first is read: the second would be dropped unsaid.
func TestFieldOfAnAddressStandsOnce(t *testing.T) {
	h := open(t)
	g := h.member("auditor@example.no", consent.RoleAuditor, skogen).program(t, consent.Scopes...)
	for _, query := range []string{"?from=2026-03-01&from=2026-03-02", "?from=&from=2026-03-02", "?from=2026-03-01&from=2026-03-01"} {
		for _, path := range []string{apiSite + "/decisions", apiSite + "/log/export", "/api/v1/trail"} {
			told := g.get(path+query).problem(t, http.StatusUnprocessableEntity, "faults")
			if len(told.Faults) != 1 || told.Faults[0].Path != "from" || told.Faults[0].Code != "duplicate_field" {
				t.Errorf("%s: got %+v", path+query, told.Faults)
			}
		}
	}
}

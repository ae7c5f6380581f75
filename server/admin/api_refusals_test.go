package admin_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// Refusals that are only counted are told of the days that the charts count together, with
// the number that these have: nothing is left when one is taken from the other.
func TestAPIRefusals(t *testing.T) {
	h := open(t)
	knownMonth(t, h)
	g := h.member("auditor@example.no", consent.RoleAuditor, skogen).program(t, consent.ScopeLog)
	const path = apiSite + "/refusals?language=nb&"
	got := g.get(path + month)
	told := read[api.Figures](t, got)
	if told.Chart != "refusals" || told.Hidden || !slices.Equal(told.Columns, []string{"Nei til alt, bare talt"}) || told.Covers == nil || told.Covers.To != "2026-03-01" || len(told.Rows) != 2 {
		t.Fatalf("got %s", got.body)
	}
	for i, day := range []string{"2026-02-28", "2026-03-01"} {
		row := told.Rows[i]
		if *row.From != day || *row.To != day || !slices.Equal(row.Counts, []int{5}) {
			t.Errorf("got %s", got.body)
		}
		methods := read[api.Figures](t, g.get(apiSite+"/figures/methods?language=nb&from="+*row.From+"&to="+*row.To))
		same := slices.ContainsFunc(methods.Rows, func(other api.FiguresRow) bool {
			return other.Name == told.Columns[0] && slices.Max(other.Counts) == row.Counts[0]
		})
		if !same || methods.Covers.From != *row.From || methods.Covers.To != *row.To {
			t.Errorf("the charts say otherwise: %+v", methods)
		}
	}
	for range 9 { // of today, and of a day that is told already: nobody is told while it goes on
		must(t, h.store.CountRefusal(t.Context(), "skogen", 1, consent.Bokmaal, h.clock()))
	}
	must(t, h.store.CountRefusal(t.Context(), "skogen", 1, consent.Bokmaal, h.clock().AddDate(0, 0, -1)))
	if again := g.get(path + month); again.body != got.body {
		t.Errorf("it was %s, and is %s", got.body, again.body)
	}
	if few := read[api.Figures](t, g.get(path+"from=2020-01-01&to=2020-01-02")); !few.Hidden || few.Covers != nil || len(few.Rows) != 0 {
		t.Errorf("got %+v", few)
	}
	g.get(path+"from=x&to=2026-01-01").faultsAt(t, "from")
	g.get(apiSite+"/figures/refusals").problem(t, http.StatusNotFound, "unknown_address")
}

// A few refusals of a month are in no number of their own, although each of a day, notice
// and language was five once: the others are told from them by nobody.
func TestAPIRefusalsOfFew(t *testing.T) {
	h := open(t)
	h.answers(t, decided{n: 40, ago: 40}, no(30, 41))
	for n := range 3 {
		must(t, h.store.CountRefusal(t.Context(), "skogen", 1, consent.Bokmaal, h.clock().AddDate(0, 0, -40-n)))
	}
	g := h.member("auditor@example.no", consent.RoleAuditor, skogen).program(t, consent.ScopeLog)
	got := g.get(apiSite + "/refusals?from=2026-01-01&to=2026-03-02")
	told := read[api.Figures](t, got)
	if len(told.Rows) != 1 || told.Rows[0].Counts != nil || *told.Rows[0].To != "2026-01-31" || !strings.Contains(got.body, `"counts":null`) {
		t.Errorf("got %s", got.body)
	}
}

package admin_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// Programs are told of the gaps that the page for figures tells of, of the same days,
// and of how much in a word alone.
func TestAPIGaps(t *testing.T) {
	h := open(t)
	g := h.member("kari@example.no", consent.RoleAdministrator, skogen).program(t, consent.ScopeLog)
	const path = apiSite + "/gaps"
	if got := read[api.Gaps](t, g.get(path)); len(got.Gaps) != 0 || got.From != "2026-02-01" || got.To != "2026-03-02" {
		t.Errorf("nothing is missing: got %+v", got)
	}
	knownMonth(t, h)
	answered := g.get(path + "?from=2026-02-20&to=2026-03-02")
	got := read[api.Gaps](t, answered)
	want := []api.Gap{
		{Day: "2026-02-27", Kind: consent.GapAcknowledged, Size: new(consent.GapTens), Missing: true},
		{Day: "2026-02-28", Kind: consent.GapUncounted, Size: new(consent.GapHundreds)},
		{Day: "2026-03-01", Kind: consent.GapStored, Size: new(consent.GapHundreds), Missing: true},
	}
	if len(got.Gaps) != len(want) {
		t.Fatalf("got %s", answered.body)
	}
	for i, gap := range got.Gaps {
		if gap.Day != want[i].Day || gap.Kind != want[i].Kind || *gap.Size != *want[i].Size || gap.Missing != want[i].Missing {
			t.Errorf("got %+v, want %+v", gap, want[i])
		}
	}
	if numbers := regexp.MustCompile(`[:,]\d`).FindString(answered.body); numbers != "" {
		t.Errorf("a gap is told by a number: %s", answered.body)
	}
	if got := read[api.Gaps](t, g.get(path+"?from=2026-02-28&to=2026-02-28")); len(got.Gaps) != 1 || got.Gaps[0].Day != "2026-02-28" {
		t.Errorf("of one day: got %+v", got)
	}
	if told := g.get(path+"?from=x").problem(t, http.StatusUnprocessableEntity, "faults"); told.Faults[0].Path != "from" {
		t.Errorf("got %+v", told)
	}
}

// A day that goes on has no gap, neither for programs nor on the page: whoever has the
// banner count once more, and looks again, would find how many decided.
func TestGapsOfTodayAreToldTomorrow(t *testing.T) {
	h := open(t)
	today := consent.MidnightOf(h.clock())
	days := []consent.Tally{{Site: "skogen", Day: today, Shown: 100, Decided: 15, Acknowledged: 15}}
	for ago := 1; ago < 6; ago++ {
		days = append(days, consent.Tally{Site: "skogen", Day: today.AddDate(0, 0, -ago), Shown: 100, Decided: 50, Acknowledged: 50})
		h.answers(t, decided{n: 50, ago: ago})
	}
	must(t, h.store.AddTallies(t.Context(), days))
	h.answers(t, decided{n: 15})
	const fewer, day = "langt færre bestemte seg", "2026-03-02"
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	g := boss.program(t, consent.ScopeLog)
	if got := boss.get("/sites/skogen/figures"); strings.Contains(got.body, fewer) || !strings.Contains(got.body, "En dag står her når den er over") {
		t.Error("the page tells of today")
	}
	if got := g.get(apiSite + "/gaps"); strings.Contains(got.body, day+`","kind`) {
		t.Errorf("programs are told of today: %s", got.body)
	}
	h.wait(24 * time.Hour)
	boss = h.member("next@example.no", consent.RoleAdministrator, skogen)
	boss.get("/sites/skogen/figures").shows(t, 200, "2. mars 2026: "+fewer)
	if got := read[api.Gaps](t, g.get(apiSite+"/gaps")); len(got.Gaps) != 1 || got.Gaps[0].Day != day || got.Gaps[0].Kind != consent.GapDecided {
		t.Errorf("the day after: %+v", got)
	}
}

// Programs learn whether the audit trail holds, as the page says it: that of the
// organisation and, with a key for it, what belongs to none.
func TestAPITrailAudit(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	boss.operates(t, true)
	g := boss.program(t, consent.ScopeAudit, consent.ScopeInstallation)
	const path, installation = api.Base + "/trail/audit", api.Base + "/installation/trail/audit"
	for _, each := range []string{path, installation} {
		before := len(h.acts)
		if got := read[api.TrailAudit](t, g.get(each)); got.Holds == nil || !*got.Holds || got.Waiting || got.Ended == nil {
			t.Errorf("%s: got %+v", each, got)
		}
		if len(h.acts) != before {
			t.Errorf("%s: nothing of the trail is read, and the trail says so", each)
		}
	}
	h.broken = []consent.TrailAudit{
		{Organisation: skogen, Year: 2025, Part: 1, Acts: 7, Broke: &consent.TrailBreak{Organisation: skogen, Trail: "2025", Signed: consent.TrailHead{Acts: 9}, Held: consent.TrailHead{Acts: 7}}},
		{Organisation: skogen, Year: 2026, Part: 1, Acts: 4711, Fault: consent.Flaw{Code: consent.FlawActChanged, N: 1234, Why: "Act 1234 is not what it was when it was stored."}},
	}
	got := read[api.TrailAudit](t, g.get(path))
	if got.Holds == nil || *got.Holds || got.Audited != 4718 || len(got.Parts) != 2 {
		t.Fatalf("got %+v", got)
	}
	if first := got.Parts[0]; first.Fault != nil || first.Broke == nil || *first.Broke != (api.TrailBroke{Trail: "2025", Signed: 9, Held: 7, Lost: 2}) {
		t.Errorf("got %+v", first)
	}
	if second := got.Parts[1]; second.Broke != nil || second.Fault == nil || *second.Fault != (api.TrailFault{Code: consent.FlawActChanged, Why: h.broken[1].Fault.Why}) {
		t.Errorf("got %+v", second)
	}
	for _, scope := range consent.Scopes {
		if scope != consent.ScopeAudit {
			boss.program(t, scope).get(path).problem(t, http.StatusForbidden, "scope_missing")
		}
	}
}

// A long trail is audited beside: until it was, nobody says that it holds.
func TestAPITrailAuditOfALongTrail(t *testing.T) {
	h := open(t)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.ScopeAudit)
	for range 1001 {
		must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Organisation: skogen, Action: "log.verify"}))
	}
	if answered := g.get(api.Base + "/trail/audit"); !strings.Contains(answered.body, `"holds":null,"ended":null,"waiting":true`) {
		t.Errorf("got %s", answered.body)
	}
}

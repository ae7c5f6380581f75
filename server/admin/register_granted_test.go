package admin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// asks enters a request of who has made a decision, and gives where it stands.
func (p *person) asks(t *testing.T, kind string, entry *consent.Entry) string {
	t.Helper()
	added := p.post("/sites/skogen/requests/new", "kind", kind, "channel", "letter", "receipt", entry.ID.String(), "received", "2026-03-01")
	path, _, _ := strings.Cut(added.header.Get("Location"), "?")
	added.leads(t, path+"?done=request_add")
	return path
}

// A restriction is granted when every decision is frozen, and an objection when every
// one is erased or frozen: before that the form says what to do, and leads there.
func TestRegisterGrantsWhatIsDone(t *testing.T) {
	h := open(t)
	h.wait(2 * time.Hour) // after both decisions
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	own := token(1)
	first, newest := h.decideAs(t, "skogen", 0, own), h.decideAs(t, "skogen", 1, own)
	restriction, objection := kari.asks(t, "restriction", &first), kari.asks(t, "objection", &first)
	of := func(entry *consent.Entry, request, more string) string {
		return `<a href="/sites/skogen/log/` + entry.ID.String() + strings.Replace(more, "?", "?request="+request[strings.LastIndex(request, "/")+1:], 1) + `">`
	}
	refuses := func(path string, wanted ...string) {
		t.Helper()
		got := kari.post(path+"/close", "outcome", "granted")
		got.shows(t, http.StatusUnprocessableEntity, append(wanted, `id="outcome-wrong"`, `href="#outcome"`, `value="granted" selected`)...)
	}
	frozen := func(entry *consent.Entry) {
		t.Helper()
		kari.post("/sites/skogen/log/"+entry.ID.String()+"/freeze", "ground", "asked", "reason", "Sak 2026/1").leads(t, "/sites/skogen/log/"+entry.ID.String()+"?done=log_freeze")
	}
	refuses(restriction, "så begrensningen er ikke innvilget", of(&newest, restriction, "?#freeze")+"Frys beslutningene</a>")
	refuses(objection, "så protesten er ikke tatt til følge", of(&newest, objection, "/erase?")+"Slett beslutningene</a>", of(&newest, objection, "?#freeze")+"Frys beslutningene</a>")
	frozen(&newest)
	refuses(restriction, "så begrensningen er ikke innvilget", of(&first, restriction, "?#freeze"))
	refuses(objection, "Det som er fryst, kan ikke slettes", of(&newest, objection, "?#release")+"Opphev frysing</a>", of(&first, objection, "?#freeze"))
	kari.get("/sites/skogen/log/"+first.ID.String()).shows(t, http.StatusOK, `id="freeze"`)
	kari.get("/sites/skogen/log/"+newest.ID.String()).shows(t, http.StatusOK, `id="release"`)
	kari.post(restriction+"/close", "outcome", "partly", "refusal", "legal_claims").leads(t, restriction+"?done=request_close")

	restriction = kari.asks(t, "restriction", &newest)
	kari.post("/sites/skogen/log/"+first.ID.String()+"/erase", "ground", "withdrawn", "reason", "Sak 2026/1") // which counts as done
	for _, path := range []string{restriction, objection} {
		kari.post(path+"/close", "outcome", "granted").leads(t, path+"?done=request_close")
		closed := kari.get(path)
		closed.shows(t, http.StatusOK, "Besvart: Innvilget.", "Beslutningen er fryst.")
		if strings.Contains(closed.body, "Det som skal gjøres") {
			t.Errorf("%s: something is left to do of what was done", path)
		}
	}
	after := h.decideAs(t, "skogen", 3, own)
	if closed := kari.get(restriction); strings.Contains(closed.body, "Det som skal gjøres") || !strings.Contains(closed.body, after.ID.String()) {
		t.Error("a decision made after the answer is to be frozen, or is not listed")
	}
	refuses(kari.asks(t, "restriction", &newest), "så begrensningen er ikke innvilget")
}

// A program is told what to do first, by codes of their own.
func TestAPIGrantsWhatIsDone(t *testing.T) {
	h := open(t)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.Scopes...)
	entry := h.decide(t, "skogen", 0, 1)[0]
	for kind, code := range map[string]string{"restriction": "not_restricted", "objection": "still_processed"} {
		made := read[aRequestJSON](t, g.post(apiSite+"/requests", map[string]any{"kind": kind, "channel": "email", "receipt": entry.ID.String()}))
		of, granted := apiSite+"/requests/"+made.ID+"/close", map[string]any{"outcome": "granted"}
		got := g.post(of, granted)
		got.faultsAt(t, "outcome")
		if !strings.Contains(got.body, `"`+code+`"`) {
			t.Errorf("%s: want %s: %.300s", kind, code, got.body)
		}
		decision := apiSite + "/decisions/" + entry.ID.String()
		g.post(decision+"/freeze", map[string]any{"ground": "asked", "reason": "Sak 2026/1", "all": false})
		if closed := read[aRequestJSON](t, g.post(of, granted)); closed.Outcome == nil || *closed.Outcome != "granted" {
			t.Errorf("%s is frozen and not granted: %+v", kind, closed)
		}
		g.post(decision+"/release", map[string]any{"reason": "Sak 2026/1", "all": false})
	}
}

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

// Whoever closes a request as granted is given what the person is told: that it is, what
// was done and when, in each language (GDPR art. 12(3)). Nothing is told that was not done.
func TestRegisterTellsWhatWasGranted(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	entry := h.decideAs(t, "skogen", 0, token(1))
	closed := func(kind, outcome, refusal string) answer {
		t.Helper()
		path := kari.asks(t, kind, &entry)
		kari.post(path+"/close", "outcome", outcome, "refusal", refusal).leads(t, path+"?done=request_close")
		return kari.get(path)
	}
	const tell = "<h2>Si dette til personen</h2>"
	closed("access", "granted", "").shows(t, http.StatusOK, tell, "Kravet ditt om innsyn (artikkel 15), som vi fikk 1. mars 2026, er innvilget. Svaret som følger med,",
		"Kravet ditt om innsyn (artikkel 15), som vi fekk 1. mars 2026, er innvilga.", "which we received on 1 March 2026, is granted. The enclosed answer")
	closed("portability", "granted", "").shows(t, http.StatusOK, tell, "Filen som følger med,", "Fila som følgjer med,", "The enclosed file")
	closed("rectification", "granted", "").shows(t, http.StatusOK, tell, "velge på nytt på nettstedet", "velje på nytt på nettstaden", "choosing anew on the site")
	closed("erasure", "partly", "legal_claims").shows(t, http.StatusOK, tell, "er delvis innvilget. Opplysningene trengs", "Skriv til hva som ble gjort", "Datatilsynet")
	early := kari.asks(t, "erasure", &entry)
	h.closedBefore(t, early) // and nothing was done
	if strings.Contains(kari.get(early).body, tell) {
		t.Error("the person is told of an erasure that was not done")
	}
	kari.post("/sites/skogen/log/"+entry.ID.String()+"/freeze", "ground", "asked", "reason", "Sak 2026/1")
	restricted := closed("restriction", "granted", "")
	restricted.shows(t, http.StatusOK, tell, "er fryst siden 2. mars 2026", "er frosne sidan 2. mars 2026", "have been frozen since 2 March 2026", "artikkel 18 nr. 3")
	if strings.Contains(restricted.body, "Skriv til hva som ble gjort") {
		t.Error("the register does not know what it tells")
	}
	objection := closed("objection", "granted", "")
	objection.shows(t, http.StatusOK, "<h1>Protest (artikkel 21)</h1>", "Protesten din (artikkel 21), som vi fikk 1. mars 2026, er tatt til følge. Samtykkevalgene", "is upheld.")
	erasure := kari.asks(t, "erasure", &entry)
	kari.agrees("/sites/skogen/log/"+entry.ID.String()+"/release", "reason", "Sak 2026/1")
	kari.post("/sites/skogen/log/"+entry.ID.String()+"/erase", "ground", "withdrawn", "reason", "Sak 2026/1")
	kari.post(erasure+"/close", "outcome", "granted").leads(t, erasure+"?done=request_close")
	kari.get(erasure).shows(t, http.StatusOK, tell, "Beslutningen som er nevnt i registeret vårt, ble slettet 2. mars 2026.", "Avgjerda som er nemnd i registeret vårt, vart sletta 2. mars 2026.", "The one that our register names was erased on 2 March 2026.")

	without := kari.post("/sites/skogen/requests/new", "kind", "erasure", "channel", "letter")
	path, _, _ := strings.Cut(without.header.Get("Location"), "?")
	kari.post(path+"/close", "outcome", "granted").leads(t, path+"?done=request_close")
	kari.get(path).shows(t, http.StatusOK, tell, "er innvilget.", "Skriv til hva som ble gjort")
}

// A decision without an earlier receipt is not said to be the first: the visitor may have
// others, and only did not send it.
func TestNoEarlierReceiptIsNoFirst(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	h.decideAs(t, "skogen", 0, token(1))
	second := h.decideAs(t, "skogen", 1, token(1))
	page := kari.get("/sites/skogen/log/" + second.ID.String())
	page.shows(t, http.StatusOK, "Ingen tidligere kvittering ble sendt med")
	if strings.Contains(page.body, "dette er den første") {
		t.Error("the second decision of a visitor is called the first")
	}
}

// An empty form asks for what is missing, and not for what may be left empty.
func TestEmptyOrganisationLacksNameAndNumber(t *testing.T) {
	h := open(t)
	got := h.operator("ola@example.no").post("/organisations/new", "name", "", "number", "", "id", "")
	got.shows(t, http.StatusUnprocessableEntity, "Write the name.", "Write the organisation number: nine digits.")
	if strings.Contains(got.body, "The short name needs") || strings.Contains(got.body, "is not right") {
		t.Error("what is empty is called wrong, or what may be is asked for")
	}
}

// All that a new request lacks is said at once, in the order of the page, each leading
// to its field.
func TestRegisterSaysAllFaultsAtOnce(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	got := kari.post("/sites/skogen/requests/new", "kind", "", "channel", "", "received", "2099-01-01", "case", "Kari", "receipt", "x")
	got.shows(t, http.StatusUnprocessableEntity)
	at := 0
	for _, field := range []string{"kind", "channel", "received", "case", "receipt"} {
		found := strings.Index(got.body[at:], `<li><a href="#`+field+`">`)
		if found < 0 || !strings.Contains(got.body, `id="`+field+`-wrong"`) || !strings.Contains(got.body, `id="`+field+`"`) {
			t.Errorf("%s is not said, or not in its place", field)
		}
		at += max(found, 0)
	}
	g := kari.program(t, consent.Scopes...)
	told := g.post(apiSite+"/requests", map[string]any{"case": "Kari", "token": "x"})
	told.faultsAt(t, "kind", "channel", "case", "token")
	if strings.Contains(told.body, "what the message asks") || !strings.Contains(told.body, "self_service, email, phone, letter or in_person") {
		t.Errorf("the repair is filler: %.300s", told.body)
	}
}

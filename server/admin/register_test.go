package admin_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// From a letter to the answer: by a token, of which nothing is kept but the newest
// receipt.
func TestRegisterFromLetterToAnswer(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	own := token(1)
	first, newest := h.decideAs(t, "skogen", 0, own), h.decideAs(t, "skogen", 1, own)
	other := h.decideAs(t, "skogen", 2, token(2))
	h.decideAs(t, "havet", 3, own)

	added := kari.post("/sites/skogen/requests/new", "kind", "access", "channel", "letter", "received", "2026-01-31", "case", "2026/1234", "token", own)
	path, _, _ := strings.Cut(added.header.Get("Location"), "?")
	added.leads(t, path+"?done=request_add")
	page := kari.get(path)
	page.shows(t, http.StatusOK, "Krav om innsyn (artikkel 15)", "Frist: 2. mars 2026.", "Fristen er i dag", "2026/1234", newest.ID.String(), "Last ned svaret nedenfor", "brev")
	kari.get("/sites/skogen/requests").shows(t, http.StatusOK, path, "Fristen er i dag")
	h.wait(24 * time.Hour)
	kari = h.loggedIn(kari.id, "again")
	editor := h.member("per@example.no", consent.RoleEditor, skogen)
	kari.get("/sites/skogen/requests").shows(t, http.StatusOK, "1 dag over fristen", "Én henvendelse er over fristen.")
	for _, where := range []string{"/", "/organisations/" + string(skogen), "/sites/skogen"} {
		kari.get(where).shows(t, http.StatusOK, `<a href="/sites/skogen/requests">Én henvendelse er over fristen.</a>`)
		if page := editor.get(where); strings.Contains(page.body, "over fristen") {
			t.Errorf("%s tells an editor of the register", where)
		}
	}

	html := kari.post(path+"/answer", "form", "html", "language", "nn")
	html.shows(t, http.StatusOK, first.ID.String(), newest.ID.String(), `lang="nn"`)
	data := kari.post(path+"/answer", "form", "json", "language", "en")
	var said struct {
		Decisions []struct{ ID, Ledger, Proof string }
	}
	must(t, json.Unmarshal([]byte(data.body), &said))
	if len(said.Decisions) != 2 || said.Decisions[1].ID != newest.ID.String() || said.Decisions[0].Proof == "" || !strings.Contains(said.Decisions[0].Ledger, "skogen") {
		t.Errorf("the answer holds %+v", said)
	}
	if strings.Contains(html.body+data.body, other.ID.String()) {
		t.Error("the answer holds somebody else's decision")
	}
	if !strings.HasPrefix(html.header.Get("Content-Disposition"), "attachment") || !strings.HasPrefix(data.header.Get("Content-Disposition"), "attachment") {
		t.Error("the answer is no file")
	}

	kari.post(path+"/extend", "ground", "complexity").shows(t, http.StatusConflict, "Dagen er etter fristen", `href="#told"`)
	kari.post(path+"/close", "outcome", "refused").shows(t, http.StatusUnprocessableEntity, `id="refusal-wrong"`, `value="refused" selected`)
	kari.post(path+"/close", "outcome", "refused", "refusal", "legal_obligation").shows(t, http.StatusUnprocessableEntity, `id="refusal-wrong"`)
	kari.post(path+"/close", "outcome", "", "refusal", "unfounded").shows(t, http.StatusUnprocessableEntity, `id="outcome-wrong"`)
	kari.post(path+"/close", "outcome", "granted", "on", "2026-04-01").shows(t, http.StatusUnprocessableEntity, `id="on-wrong"`)
	kari.post(path+"/close", "outcome", "partly", "refusal", "rights_of_others", "on", "2026-03-02").leads(t, path+"?done=request_close")
	closed := kari.get(path)
	closed.shows(t, http.StatusOK, "Besvart: Delvis innvilget.", "andres rettigheter og friheter", "Datatilsynet", "domstolane", "the courts")
	kari.get("/organisations/skogen/trail").shows(t, http.StatusOK, "Lukket en henvendelse", ": Utfall: Delvis innvilget, Dag: 2. mars 2026")
	if strings.Contains(closed.body, path+"/close") {
		t.Error("a closed request can be closed again")
	}
	kari.post(path+"/close", "outcome", "granted").shows(t, http.StatusConflict, "Henvendelsen er lukket")
	for name, each := range map[string]answer{"added": added, "shown": page, "closed": closed, "made": html} {
		if strings.Contains(each.body+each.header.Get("Location"), own) {
			t.Errorf("the token stands where the request is %s", name)
		}
	}
	if strings.Contains(h.said.String(), own) {
		t.Error("the token stands in the log of the server")
	}
}

// What the register must not hold is refused, beside its field, and nothing is kept.
func TestRegisterRefuses(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	h.decideAs(t, "havet", 3, token(1))
	good := func(more ...string) []string {
		fields := map[string]string{"kind": "access", "channel": "phone", "received": "2026-03-01"}
		for i := 0; i < len(more); i += 2 {
			fields[more[i]] = more[i+1]
		}
		var pairs []string
		for name, value := range fields {
			pairs = append(pairs, name, value)
		}
		return pairs
	}
	for _, each := range []struct {
		field string
		pairs []string
	}{
		{"kind", good("kind", "")},
		{"kind", good("kind", "everything")},
		{"channel", good("channel", "<script>")},
		{"case", good("case", "Kari Nordmann")},
		{"case", good("case", strings.Repeat("😀", 25_000))},
		{"case", good("case", "01019912345")},
		{"received", good("received", "2026-03-03")},
		{"received", good("received", "yesterday\u202e")},
		{"receipt", good("receipt", "x")},
		{"receipt", good("receipt", storagetest.ID(3).String())}, // another site's
		{"token", good("token", token(1))},
		{"token", good("token", "<script>alert(1)</script>")},
	} {
		got := kari.post("/sites/skogen/requests/new", each.pairs...)
		got.shows(t, http.StatusUnprocessableEntity, `id="`+each.field+`-wrong"`, `href="#`+each.field+`"`, `aria-invalid="true"`)
		if strings.Contains(got.body, "<script>alert") || strings.Contains(got.body, token(1)) {
			t.Errorf("%s: what was written is shown as markup, or a token is", each.field)
		}
	}
	all, err := h.store.Requests(t.Context(), consent.RequestQuery{})
	must(t, err)
	if len(all) != 0 {
		t.Errorf("the register holds %+v", all)
	}
}

// A visitor's key is neither shown again nor kept, and no request loses it unseen: neither with a fault
// elsewhere, nor with the login.
func TestARequestKeepsItsKey(t *testing.T) {
	h := open(t)
	own := token(1)
	newest := h.decideAs(t, "skogen", 0, own)
	kari := h.owner("kari@example.no")
	must(t, h.store.SetRole(t.Context(), kari.id, skogen, consent.RoleAdministrator))
	kari.post("/login", "email", kari.email, "password", secret).leads(t, "/")
	wrong := kari.post("/sites/skogen/requests/new", "kind", "access", "channel", "letter", "received", "yesterday", "token", own)
	wrong.shows(t, http.StatusUnprocessableEntity, `href="#received"`, `href="#token"`, `id="token-wrong"`, "Write it once more.")
	if strings.Contains(wrong.body, own) {
		t.Error("the key is shown")
	}
	csrf := csrfOf(t, kari)
	h.wait(time.Hour)
	page := kari.late(csrf, "/sites/skogen/requests/new", "kind", "access", "channel", "letter", "received", "2026-01-31", "token", own)
	page.shows(t, http.StatusUnauthorized)
	offered := kari.again(page)
	if strings.Contains(page.body+offered.body, own) {
		t.Error("the key is shown")
	}
	kari.post("/sites/skogen/requests/new", "resumed", hidden(t, offered.body, "resumed")).shows(t, http.StatusUnprocessableEntity, `id="token-wrong"`, "Write it once more.", `value="2026-01-31"`)
	added := kari.post("/sites/skogen/requests/new", "kind", "access", "channel", "letter", "received", "2026-01-31", "token", own)
	path, _, _ := strings.Cut(added.header.Get("Location"), "?")
	kari.get(path).shows(t, http.StatusOK, newest.ID.String())
}

// What is to be done in the log is said until it is done, whether the request is
// closed or not.
func TestRegisterSaysWhatIsLeft(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	entry := h.decideAs(t, "skogen", 0, token(1))
	add := func(kind string) string {
		t.Helper()
		added := kari.post("/sites/skogen/requests/new", "kind", kind, "channel", "email", "receipt", entry.ID.String())
		path, _, _ := strings.Cut(added.header.Get("Location"), "?")
		added.leads(t, path+"?done=request_add")
		return path
	}
	const undone = "men beslutningen står som før"
	granted, refused, open, freeze := add("erasure"), add("erasure"), add("erasure"), add("restriction")
	kari.post(open+"/extend", "ground", "number", "on", "2026-03-02").leads(t, open+"?done=request_extend")
	kari.get(open).shows(t, http.StatusOK, "Forlenget", "mange krav", "Frist: 2. juni 2026.", "Vi trenger mer tid", "Slett beslutningen")
	kari.post(open+"/extend", "ground", "number").shows(t, http.StatusConflict, "forlenget før")
	kari.post(granted+"/close", "outcome", "granted", "refusal", "excessive", "on", "2026-03-02").shows(t, http.StatusUnprocessableEntity,
		`id="refusal-wrong"`, "har ingen grunn til avslag", `value="granted" selected`, `value="excessive" selected`, `value="2026-03-02"`)
	kari.post(granted+"/close", "outcome", "granted").shows(t, http.StatusUnprocessableEntity, `id="outcome-wrong"`, "Slett dem først", `value="granted" selected`)
	h.closedBefore(t, granted)
	kari.post(refused+"/close", "outcome", "refused", "refusal", "legal_claims").leads(t, refused+"?done=request_close")
	closed := kari.get(granted)
	closed.shows(t, http.StatusOK, undone, "/sites/skogen/log/"+entry.ID.String(), "<p>Slett beslutningen.</p>")
	if strings.Contains(closed.body, "lukk henvendelsen") {
		t.Error("what is closed is to be closed again")
	}
	kari.get("/sites/skogen/requests").shows(t, http.StatusOK, "én ikke slettet")
	if strings.Contains(kari.get(refused).body, undone) {
		t.Error("what was refused is said to be left to do")
	}
	kari.get(freeze).shows(t, http.StatusOK, "Frys beslutningen")
	kari.post("/sites/skogen/log/"+entry.ID.String()+"/freeze", "ground", "asked", "reason", "Sak 2026/1").leads(t, "/sites/skogen/log/"+entry.ID.String()+"?done=log_freeze")
	kari.get(freeze).shows(t, http.StatusOK, "Beslutningen er fryst.")
	for _, path := range []string{open, granted} {
		kari.get(path).shows(t, http.StatusOK, "Opphev frysingen først", ">Opphev frysing</a>", "/sites/skogen/log/"+entry.ID.String()+"?request=")
	}
	kari.post(open+"/close", "outcome", "granted").shows(t, http.StatusUnprocessableEntity, `id="outcome-wrong"`, "noen er fryst")
	kari.agrees("/sites/skogen/log/"+entry.ID.String()+"/release", "reason", "Sak 2026/3")
	kari.post("/sites/skogen/log/"+entry.ID.String()+"/erase", "ground", "withdrawn", "reason", "Sak 2026/1")
	if strings.Contains(kari.get("/sites/skogen/requests").body, "ikke slettet") {
		t.Error("the register says that something is left to do")
	}
	for _, path := range []string{granted, open, freeze} {
		page := kari.get(path)
		page.shows(t, http.StatusOK, "Personen har ingen beslutning i loggen lenger")
		if strings.Contains(page.body, undone) {
			t.Errorf("%s says that something is left to do", path)
		}
	}
	if got := kari.post(open+"/answer", "form", "html"); got.status != http.StatusNotFound {
		t.Errorf("an answer about nothing is given: %d", got.status)
	}
	kari.post(open+"/close", "outcome", "granted").leads(t, open+"?done=request_close")
	foreign := h.member("ola@example.no", consent.RoleAdministrator, havet)
	if got := foreign.get(strings.Replace(open, "skogen", "havet", 1)); got.status != http.StatusNotFound {
		t.Errorf("another site's request is shown: %d", got.status)
	}
}

// When the newest decision alone is erased, the request leads to those that are left,
// and to erasing all of them; the answer holds them.
func TestRegisterLeadsToWhatIsLeft(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	own := token(1)
	first, middle, newest := h.decideAs(t, "skogen", 0, own), h.decideAs(t, "skogen", 1, own), h.decideAs(t, "skogen", 2, own)
	add := func(kind string) string {
		t.Helper()
		path, _, _ := strings.Cut(kari.post("/sites/skogen/requests/new", "kind", kind, "channel", "letter", "token", own).header.Get("Location"), "?")
		return path
	}
	erasure, access := add("erasure"), add("access")
	id := erasure[strings.LastIndex(erasure, "/")+1:]
	from := "?request=" + id
	kari.post("/sites/skogen/log/"+newest.ID.String()+"/erase", "ground", "withdrawn", "reason", "Sak 2026/1")
	h.closedBefore(t, erasure)
	kari.get(erasure).shows(t, http.StatusOK, "men 2 beslutninger er fortsatt i loggen", "Slett alle de 2 beslutningene",
		first.ID.String()+from, middle.ID.String()+"/erase"+from, "Slett beslutningene")
	page := kari.get(access)
	page.shows(t, http.StatusOK, first.ID.String(), middle.ID.String(), access+"/answer", "Svaret blir ikke fullstendig", `<a href="/sites/skogen/services/counter">`)
	kari.post(access+"/answer", "form", "html").shows(t, http.StatusOK, first.ID.String(), middle.ID.String())

	form := kari.get("/sites/skogen/log/" + middle.ID.String() + "/erase" + from)
	form.shows(t, http.StatusOK, `name="all" value="yes" checked`, `name="request" value="`+id+`"`, "<h1>Slett beslutninger</h1>", "Alle 2 beslutninger fra samme besøkende", `href="`+erasure+`"`)
	for _, other := range []string{"", "?request=" + access[strings.LastIndex(access, "/")+1:], "?request=" + newest.ID.String()} {
		plain := kari.get("/sites/skogen/log/" + middle.ID.String() + "/erase" + other)
		plain.shows(t, http.StatusOK, `name="all" value="" checked`, "Bare beslutningen fra")
		if strings.Contains(plain.body, `value="yes" checked`) {
			t.Errorf("all are meant by whoever comes from one decision, or with %q", other)
		}
	}
	kari.post("/sites/skogen/log/"+middle.ID.String()+"/erase", "ground", "withdrawn", "reason", "Sak 2026/1", "all", "yes", "request", id).leads(t, erasure+"?done=log_erase")
	kari.get(erasure).shows(t, http.StatusOK, "Personen har ingen beslutning i loggen lenger")
	parsed, err := consent.ParseRequestID(id)
	must(t, err)
	found, err := h.store.Request(t.Context(), "skogen", parsed)
	must(t, err)
	if found.Receipt != newest.ID || len(found.Others) != 0 {
		t.Errorf("of what was erased the register keeps %+v", found)
	}
}

// closedBefore closes a request as granted, as versions before let it be whatever was left.
func (h *house) closedBefore(t *testing.T, path string) {
	t.Helper()
	id, err := consent.ParseRequestID(path[strings.LastIndex(path, "/")+1:])
	must(t, err)
	after := storagetest.Morning.Add(12 * time.Hour) // all decisions
	_, err = h.store.AppendRequest(t.Context(), "skogen", id, consent.RequestEvent{Step: consent.StepAnswered, Outcome: consent.OutcomeGranted, Time: after, Day: consent.DayOf(after)})
	must(t, err)
}

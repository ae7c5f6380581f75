package admin_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/web"
)

// Two people of one name are told apart, and what was changed is told from what to what.
func TestTrailTellsWhoAndWhat(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	editor := h.member("editor@example.no", consent.RoleEditor, skogen)
	boss.post(editor.of(skogen)+"/role", "role", "auditor").leads(t, "/organisations/skogen/people?done=role")
	editor = h.loggedIn(editor.id, "editor again")
	editor.post("/account", "name", "<b>Boss</b>", "language", "nb").leads(t, "/account?done=saved")
	for _, name := range []string{"Samtykke", " the  Program.", "Programmet"} {
		editor.post("/account", "name", name, "language", "nb").shows(t, 422, "Programmet bruker dette navnet")
	}
	boss.get("/organisations/skogen/trail").shows(t, 200,
		"boss@example.no</bdi>, konto\u00a0"+fmt.Sprint(boss.id), "<code>role</code>: <bdi>Redaktør</bdi> → <bdi>Revisor</bdi>",
		"editor@example.no</bdi>, konto\u00a0"+fmt.Sprint(editor.id), "<code>name</code>: <bdi>Kari Nordmann</bdi> → <bdi>&lt;b&gt;Boss&lt;/b&gt;</bdi>")
	rows := boss.post("/organisations/skogen/trail/export", "action", "member.role").taken(t)
	if len(rows) != 2 || rows[1][11] != "role: editor → auditor" {
		t.Errorf("the file says %q", rows)
	}
}

// Nobody is called what the trail calls the program, in any language.
func TestNobodyPassesForTheProgram(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	for _, lang := range web.AdminLanguages {
		words, _ := web.AdminWordsIn(lang)
		for _, name := range []string{words["trail_program"], words["trail_command"], words.Fill("trail_somebody", "n", 7), "  SAMTYKKE. ", words["trail_by_key"], words["trail_by_program"], words["trail_by_command"], words["trail_stranger"], words["trail_by_stranger"]} {
			kari.post("/account", "name", name, "language", "nb").shows(t, 422, `id="name-wrong"`)
		}
	}
	for name, says := range map[string]string{"ola@example.no": "e-postadresse", "Konto 7": "nummeret på en konto", "Kari, konto 7": "nummeret på en konto", "Kаri": "flere alfabeter", "Kari\u200b": "som ingen ser"} {
		kari.post("/account", "name", name, "language", "nb").shows(t, 422, `id="name-wrong"`, says)
	}
	kari.post("/account", "name", "Kari Programsdatter", "language", "nb").leads(t, "/account?done=saved")
}

// What decides most is told first, however much changes with it, in the words of the
// pages; what is left out is counted, and in the checksum.
func TestTrailTellsWhatDecidesMost(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	var changes []consent.FieldChange
	for n := range 14 {
		changes = append(changes, consent.FieldChange{Field: fmt.Sprintf("services.s%d.name.nb", n), Was: "a", Is: "b"})
	}
	long := strings.Repeat("Vi teller besøk. ", 30)
	changes = append(changes, consent.FieldChange{Field: "services.counter.cookies._a.b.lifetime.declared", Was: "P1D", Is: "P2Y"},
		consent.FieldChange{Field: "services.counter.legal_basis", Was: "consent", Is: "necessary"}, consent.FieldChange{Field: "site.retention", Was: "P5Y", Is: "P1M"},
		consent.FieldChange{Field: "services.counter.recipients", Was: long + "ingen", Is: long + "alle"})
	act := consent.Act{Time: h.clock(), Account: auditor.id, Organisation: skogen, Site: "skogen", Action: "draft.service.save", Object: "counter \u202e\u05d0"}
	must(t, act.Changing(changes...))
	must(t, h.store.RecordAct(t.Context(), act))
	hash, err := consent.ChangesHash(changes)
	must(t, err)
	got := auditor.get("/organisations/skogen/trail?action=draft.service.save")
	got.shows(t, 200, "Tjenesten counter, rettslig grunnlag</bdi> <code>services.counter.legal_basis</code>: <bdi>samtykke</bdi> → <bdi>nødvendig</bdi>",
		"Informasjonskapselen _a.b i counter, levetid › oppgitt</bdi>", "<bdi>1 dag</bdi> → <bdi>2 år</bdi>", "Nettstedet, hvor lenge det lagres",
		"besøk. ingen</bdi> → ", "besøk. alle</bdi>", "og 8 felter til", "<code>"+hash.String()+"</code>", "<bdi class=\"quiet\">counter \ufffd\u05d0</bdi>")
	read := read[api.Acts](t, auditor.program(t, consent.ScopeAudit).get(api.Base+"/trail?action=draft.service.save"))
	if len(read.Acts) != 1 || read.Acts[0].Hash == nil || *read.Acts[0].Hash != hash.String() || read.Acts[0].More != 8 {
		t.Errorf("a program reads %+v", read.Acts)
	}
	rows := auditor.post("/organisations/skogen/trail/export", "action", "draft.service.save").taken(t)
	if len(rows) != 2 || rows[0][12] != "changes_hash" || rows[1][12] != hash.String() || rows[1][13] != "person" {
		t.Errorf("the file says %q", rows)
	}
}

// A change between harmless ones is on the page, and what is left out between them is said
// beside the text, in a way that no text looks.
func TestTrailShowsAChangeBetweenDecoys(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	var fill strings.Builder
	for n := range 60 {
		fmt.Fprintf(&fill, "Vi teller besøk %d. ", n)
	}
	before, after := "Hei. "+fill.String()+"Vi deler ikke. "+fill.String()+"Takk.", "Hei! "+fill.String()+"Vi deler alt. "+fill.String()+"Takk!"
	act := consent.Act{Time: h.clock(), Account: auditor.id, Organisation: skogen, Site: "skogen", Action: "draft.texts.save"}
	must(t, act.Changing(consent.FieldChange{Field: "texts.nb.body", Was: before, Is: after}, consent.FieldChange{Field: "texts.nb.title", Was: strings.Repeat("a", 500), Is: "⟪7⟫ <i>"}))
	must(t, h.store.RecordAct(t.Context(), act))
	got := auditor.get("/organisations/skogen/trail?action=draft.texts.save")
	got.shows(t, 200, "deler ikke.", "deler alt.", `like tegn utelatt</span>`, `tegn utelatt, ulike før og etter</span>`, "\ufffd7\ufffd &lt;i&gt;")
	if n := strings.Count(got.body, "like tegn utelatt</span>"); n != 4 {
		t.Errorf("it says %d times that what is the same is left out, want 4", n)
	}
}

// Whether a person, a key, the program or a command did something is told beside the
// name, which whoever has it chooses.
func TestTrailTellsWhatKindOfActorItWas(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	for _, c := range []struct {
		account consent.AccountID
		action  string
		says    string
	}{
		{auditor.id, "draft.settings.save", `<bdi>Kari Nordmann</bdi> <span class="quiet trail-who">`},
		{auditor.id, "api.draft.save", `<bdi>Kari Nordmann</bdi> <span class="tag">API-nøkkel</span>`},
		{0, "log.expired", `<bdi>Programmet</bdi> <span class="tag">Ikke en person</span>`},
		{0, "site.add", `<bdi>En kommando på serveren</bdi> <span class="tag">Ikke en person</span>`},
	} {
		must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: c.account, Organisation: skogen, Action: c.action, Object: "x"}))
		auditor.get("/organisations/skogen/trail?action="+c.action).shows(t, 200, c.says)
	}
}

// Two people may have one name. Wherever it stands for one of them, the address stands
// beside it, and not for who has it alone or shares it with somebody elsewhere.
func TestPeopleOfOneNameAreToldApart(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	other := h.member("other@example.no", consent.RoleEditor, skogen)
	h.member("elsewhere@example.no", consent.RoleEditor, havet)
	boss.post("/account", "name", "Åse Bø", "language", "nb").leads(t, "/account?done=saved")
	boss.post(other.of(skogen)+"/role", "role", "auditor").leads(t, "/organisations/skogen/people?done=role")
	other = h.loggedIn(other.id, "other again")
	boss.program(t, consent.ScopeRead) // makes a key
	const trail, keys = "/organisations/skogen/trail?action=member.role", "/organisations/skogen/keys"
	boss.get(trail).shows(t, 200, `<bdi class="quiet">Kari Nordmann: Revisor</bdi>`)
	boss.get(keys).shows(t, 200, "Åse Bø")
	if body := boss.get(keys).body; strings.Contains(body, "boss@example.no") {
		t.Error("an address stands beside a name that nobody else has")
	}
	other.post("/account", "name", "Åse B0", "language", "nb").leads(t, "/account?done=saved")
	boss.get(keys).shows(t, 200, "Åse Bø (boss@example.no)")
	boss.get(trail).shows(t, 200, `<bdi class="quiet">Åse B0 (other@example.no): Revisor</bdi>`)
}

// A name from before such were refused is no name: who has it is called by the address.
func TestNamesThatPassForAKeyAreRefusedAndNotShown(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	for _, name := range []string{"API-nøkkel: b674ab980e8f", "Nøkkel", "Key", "The programme", "Samtykke", "kari(at)example.no", "b674ab980e8f"} {
		boss.post("/account", "name", name, "language", "nb").shows(t, 422, `id="name-wrong"`)
		must(t, h.store.SetProfile(t.Context(), boss.id, name, consent.Bokmaal))
		boss.post("/account", "name", "Kari", "language", "nb").leads(t, "/account?done=saved")
		must(t, h.store.SetProfile(t.Context(), boss.id, name, consent.Bokmaal))
		boss.get("/organisations/skogen/trail?action=account.change").shows(t, 200)
		for _, page := range []string{"/organisations/skogen/trail?action=login", "/organisations/skogen/keys"} {
			if body := boss.get(page).body; strings.Contains(body, "<bdi>"+name+"</bdi>") {
				t.Errorf("%s shows %q", page, name)
			}
		}
	}
	must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: boss.id, Organisation: skogen, Action: "draft.import"}))
	boss.get("/organisations/skogen/trail?action=draft.import").shows(t, 200, `<th scope="row"><bdi>boss@example.no</bdi> <span class="quiet trail-who">`)
}

// What is no action is not looked for, and never written into the trail.
func TestTrailTakesNoActionThatThereIsNot(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	ruler := h.operator("ruler@example.no")
	for _, action := range []string{"log.erased", "The program erased nothing", "login=1 decisions=0", strings.Repeat("a", 200), "\u202e", "LOGIN"} {
		boss.get("/organisations/skogen/trail?"+url.Values{"action": {action}}.Encode()).shows(t, 422, `id="action-wrong"`, `<a href="#action">`, "Velg en handling fra listen.")
		boss.post("/organisations/skogen/trail/export", "action", action).shows(t, 422, `id="action-wrong"`)
		ruler.post("/trail/export", "action", action).shows(t, 422, `id="action-wrong"`)
	}
	acts, err := h.store.Acts(t.Context(), consent.TrailQuery{Organisation: skogen, Action: "trail.export"})
	if must(t, err); len(acts) > 0 {
		t.Errorf("the trail tells %+v", acts)
	}
	for _, action := range admin.Actions() {
		boss.get("/organisations/skogen/trail?action="+action).shows(t, 200)
	}
}

// What a key is for and how long it holds, who is meant, and what is about a site stand
// in words, by the names that things have; what is no more, by its key.
func TestTrailIsReadWithoutCodes(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	boss.post("/organisations/skogen/keys", "name", "Konsollen", "scope", "read", "days", "30").shows(t, 200, "Konsollen")
	keys, err := h.store.APIKeys(t.Context(), skogen)
	must(t, err)
	key := keys[0]
	const trail = "/organisations/skogen/trail?action="
	named := "«" + key.Name + "» (" + string(key.ID) + ")"
	boss.get(trail+"key.make").shows(t, 200, named, "<bdi>Hva nøkkelen er til</bdi>: satt til <bdi>Lese</bdi>", "<bdi>Utløper</bdi>: satt til <bdi>")
	if body := boss.get(trail + "key.make").body; strings.Contains(body, "(tomt)") || strings.Contains(body, key.Expires.UTC().Format("2006-01-02T15")) {
		t.Error("what was nothing is told as empty, or a moment as a code")
	}
	for _, c := range []struct{ action, site, object, says string }{
		{"catalogue.import", "", "812", "812 oppføringer i katalogen"},
		{"catalogue.import", "", "person=" + fmt.Sprint(boss.id) + " 1", "på vegne av Kari Nordmann, én oppføring i katalogen"},
		{"draft.service.take", "skogen", "skogen/counter", "counter fra "},
		{"draft.service.take", "nowhere", "nowhere/counter", "counter fra nowhere"},
		{"key.revoke", "", string(key.ID), named},
		{"key.revoke", "", "b674ab980e8f", `<bdi class="quiet">b674ab980e8f</bdi>`},
		{"api.draft.save", "skogen", "key=" + string(key.ID), "API-nøkkel: " + named},
		{"log.export", "skogen", "form=csv category=statistics", "Sa ja til: "},
		{"publish.schedule", "skogen", "2026-12-01 08:00", "1. desember 2026 kl. 08.00"},
		{"account.operator", "", fmt.Sprint(boss.id) + " yes", "Kari Nordmann: Ja"},
	} {
		by := boss.id
		if strings.HasPrefix(c.says, "på vegne av ") { // only a command says so
			by = 0
		}
		must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: by, Organisation: skogen, Site: consent.SiteKey(c.site), Action: c.action, Object: c.object}))
		boss.get(trail+c.action).shows(t, 200, c.says)
	}
	if body := boss.get(trail + "draft.service.take").body; strings.Contains(body, `<td data-label="Nettsted">skogen</td>`) || !strings.Contains(body, `<td data-label="Nettsted">nowhere</td>`) {
		t.Error("a site is told by its key, or one that is no more is not")
	}
}

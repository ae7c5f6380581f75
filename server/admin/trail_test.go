package admin_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/server/web"
	"github.com/samtykke/samtykke/storage/storagetest"
)

func TestTrail(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	const path = "/organisations/skogen/trail"
	kari.post("/organisations/skogen/sites/new", "name", "Kultur", "key", "kultur", "origin", "https://kultur.example", "languages", "nb", "reason", "claimed").leads(t, "/sites/kultur?done=site_added")
	kari.post("/organisations/skogen/sites/new", "name", "Kultur", "key", "kultur", "origin", "https://kultur.example", "languages", "nb").shows(t, 422)
	must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: kari.id, Organisation: skogen, Site: "kultur", Action: "notice.publish", Reason: "<b>Fordi</b>"}))
	got := auditor.get(path)
	got.shows(t, 200, "La til et nettsted", "Kari Nordmann", "&lt;b&gt;Fordi&lt;/b&gt;", "Kontrollert nå")
	if n := strings.Count(got.body, "<td>La til et nettsted"); n != 1 {
		t.Errorf("%d acts, want the one that was done and not the one that was refused", n)
	}
	t.Run("of one organisation alone", func(t *testing.T) {
		other := h.member("other@example.no", consent.RoleAuditor, havet)
		if got := other.get("/organisations/havet/trail"); strings.Contains(got.body, "<td>La til et nettsted") {
			t.Error("another organisation's acts are shown")
		}
	})
	t.Run("filters and pages", func(t *testing.T) {
		for range 120 {
			must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: kari.id, Organisation: skogen, Action: "draft.settings.save"}))
		}
		first := auditor.get(path)
		if n := strings.Count(first.body, "<th scope=\"row\">"); n != 100 {
			t.Fatalf("a page has %d acts, want 100", n)
		}
		_, rest, found := strings.Cut(first.body, `<a href="?before=`)
		next, _, _ := strings.Cut(rest, `"`)
		second := auditor.get(path + "?before=" + next)
		if n := strings.Count(second.body, "<th scope=\"row\">"); !found || n != 22 {
			t.Fatalf("the second page has %d acts, want 21", n)
		}
		auditor.get(path+"?action=notice.publish").shows(t, 200, "&lt;b&gt;Fordi&lt;/b&gt;")
		if got := auditor.get(path + "?action=draft.settings.save"); strings.Contains(got.body, "Fordi") {
			t.Error("the filter lets others through")
		}
	})
	t.Run("logins, and those that failed, are the installation's", func(t *testing.T) {
		ola := h.invited("ola@example.no", "once")
		ola.post("/link/once", "password", secret, "again", secret)
		h.stranger().post("/login", "email", "ola@example.no", "password", "wrong wrong wrong")
		h.stranger().post("/login", "email", "ola@example.no", "password", secret)
		h.operator("operator@example.no").get("/trail").shows(t, 200, "Logged in", "Login that failed", "Chose a password")
		auditor.get("/trail").shows(t, 404)
	})
}

// acts gives what a trail tells, the newest first, as "action object by account".
func (h *house) actsOf(organisation consent.OrganisationID) string {
	h.t.Helper()
	acts, err := h.store.Acts(h.t.Context(), consent.TrailQuery{Organisation: organisation})
	must(h.t, err)
	lines := make([]string, len(acts))
	for i, act := range acts {
		lines[i] = fmt.Sprintf("%s %q at %q by %d", act.Action, act.Object, act.Site, act.Account)
	}
	return strings.Join(lines, "\n")
}

// An organisation sees who could log in as one of its people, and what became of
// whom; no secret is told.
func TestTrailTellsWhoDidWhatToWhom(t *testing.T) {
	h := open(t)
	ruler := h.operator("ruler@example.no")
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	editor := h.member("editor@example.no", consent.RoleEditor, skogen)
	link := ruler.post(fmt.Sprintf("/people/%d/link", boss.id)).link(t)
	boss.post(editor.of(skogen)+"/role", "role", "auditor").leads(t, "/organisations/skogen/people?done=role")
	offered := boss.post("/organisations/skogen/people", "email", "new@example.no", "role", "viewer").link(t)
	boss.post("/organisations/skogen/sites/new", "name", "K", "key", "kultur", "origin", "https://k.example", "languages", "nb").leads(t, "/sites/kultur?done=site_added")
	told := h.actsOf(skogen)
	for _, want := range []string{
		fmt.Sprintf(`account.link "%d" at "" by %d`, boss.id, ruler.id), fmt.Sprintf(`member.role "%d auditor" at "" by %d`, editor.id, boss.id),
		fmt.Sprintf(`member.invite "viewer invitation=%s" at "" by %d`, invitationOf(offered), boss.id), fmt.Sprintf(`site.add "" at "kultur" by %d`, boss.id),
	} {
		if !strings.Contains(told, want) {
			t.Errorf("the trail lacks %s:\n%s", want, told)
		}
	}
	boss.get("/organisations/skogen/trail").shows(t, 200, "Kari Nordmann (editor@example.no): Revisor")
	h.stranger().post(link, "password", secret, "again", secret).leads(t, "/?done=password_first")
	whole := h.actsOf("")
	if !strings.Contains(whole, fmt.Sprintf(`password.first "" at "" by %d`, boss.id)) {
		t.Errorf("the trail does not tell whose password was chosen:\n%s", whole)
	}
	_, token, _ := strings.Cut(link, "/link/")
	_, offer, _ := strings.Cut(offered, "/invitation/")
	if strings.Contains(whole+told, token) || strings.Contains(whole+told, offer) {
		t.Error("the trail tells the secret of a link")
	}
	if strings.Contains(whole+told, "new@example.no") {
		t.Error("the trail keeps the address of who may never join")
	}
}

// What leaves the log one by one is told as a whole export is.
func TestTrailTellsOfSingleDecisions(t *testing.T) {
	h := open(t)
	h.logged(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	id := storagetest.ID(1).String()
	auditor.get("/sites/skogen/log/"+id+"/receipt").shows(t, 200)
	auditor.get("/sites/skogen/log/"+id+"/record").shows(t, 200)
	var told []string
	for _, act := range h.acts {
		told = append(told, act.Action+" "+act.Object)
	}
	if got, want := strings.Join(told, ", "), "log.receipt "+id+", log.record "+id; got != want {
		t.Errorf("the trail is told %q, want %q", got, want)
	}
}

// Each act has words, those of programs with a key among them, and addresses from before
// ways could be chosen still select those.
func TestTrailIsFilteredByEveryAct(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	for _, action := range []string{"api.log.read", "api.draft.save", "log.exported"} {
		must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: auditor.id, Organisation: skogen, Site: "skogen", Action: action, Object: "of " + action}))
	}
	const path = "/organisations/skogen/trail"
	for _, lang := range web.AdminLanguages {
		words, _ := web.AdminWordsIn(lang)
		for _, e := range h.admin.API() {
			if e.Action != "" && words["act_"+strings.ReplaceAll(e.Action, ".", "_")] == "" {
				t.Errorf("the act %q has no words in %s", e.Action, lang)
			}
		}
		for key := range words {
			action, is := strings.CutPrefix(key, "act_")
			if action = strings.ReplaceAll(action, "_", "."); is && !admin.KnowsAct(action) {
				t.Errorf("there are words for %s, which there is not", action)
			}
		}
	}
	got := auditor.get(path + "?action=api.log.read")
	got.shows(t, http.StatusOK, `<option value="log.read" selected>Leste loggen</option>`, `<option value="key" selected>Med en API-nøkkel</option>`, "of api.log.read")
	if strings.Contains(got.body, "of api.draft.save") || strings.Contains(got.body, "of log.exported") {
		t.Error("the filter lets others through")
	}
}

// Whoever reads the trail sees from what to what the time was changed that evidence is
// kept, in their own language.
func TestTrailTellsHowLongEvidenceWasKept(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	const path, trail = "/sites/skogen/settings/keeping", "/organisations/skogen/trail"
	for _, retention := range []string{"24 måneder", "6 måneder"} {
		boss.post(path, "was", keepingWas(t, boss), "validity", "6 måneder", "retention", retention, "refusals", "").leads(t, path+"?done=saved")
	}
	boss.post(path, "was", keepingWas(t, boss), "validity", "6 måneder", "retention", "6 måneder", "refusals", "count").leads(t, path+"?done=saved")
	told := h.actsOf(skogen)
	for _, want := range []string{`"retention=P24M->P6M" at "skogen"`, `"refusals=unset->count" at "skogen"`} {
		if !strings.Contains(told, want) {
			t.Errorf("the trail lacks %s:\n%s", want, told)
		}
	}
	boss.get(trail).shows(t, http.StatusOK, "Beviset tas vare på i: 24 måneder → 6 måneder.",
		"Når noen sier nei til alt: Ta vare på svaret, som alle andre (standard) → Bare tell det, uten å lagre svaret.")
	must(t, h.store.SetProfile(t.Context(), boss.id, "Boss", consent.English))
	boss.get(trail).shows(t, http.StatusOK, ": 24 months → 6 months.")

	file := boss.get("/sites/skogen/export/site.yaml").body
	longer := strings.Replace(file, "retention: P6M", "retention: P3Y", 1)
	asked := boss.post("/sites/skogen/import", "content", longer)
	boss.post("/sites/skogen/import", "content", longer, "save", "yes", "was", asked.was(t)).leads(t, "/sites/skogen/inventory?done=imported")
	boss.get(trail).shows(t, http.StatusOK, ": 6 months → 3 years.")
}

// What was read on a day on which somebody has read much is marked, wherever the rest
// of that day stands; what others read, and what reads nothing, is not.
func TestTrailMarksBulkReads(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	act := func(account consent.AccountID, action, object string) {
		must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: account, Organisation: skogen, Site: "skogen", Action: action, Object: object}))
	}
	logins := 0
	read := func(query string) answer { // a login ends before the next day
		logins++
		return h.loggedIn(auditor.id, strconv.Itoa(logins)).get("/organisations/skogen/trail" + query)
	}
	const mark = ` <span class="tag warn">Mye lest denne dagen</span> <bdi class="quiet">`
	act(7, "log.record", "before")
	h.wait(24 * time.Hour)
	act(7, "log.record", "one")
	act(7, "api.log.read", "key=a decisions=499")
	act(8, "log.receipt", "two")
	act(8, "draft.settings.save", "look")
	act(9, "log.exported", "form=csv decisions=3")
	act(9, "log.find", "three")
	if got := read(""); strings.Count(got.body, mark) != 1 || !strings.Contains(got.body, mark+"Format: CSV, for regneark, Beslutninger: 3") {
		t.Fatalf("%d lines are marked, want the export of a whole log:\n%s", strings.Count(got.body, mark), got.body)
	}
	act(7, "log.receipt", "four")
	h.wait(24 * time.Hour)
	for range 100 {
		act(7, "draft.settings.save", "look")
	}
	act(7, "log.receipt", "five")
	if got := read(""); strings.Contains(got.body, mark) {
		t.Error("a day on which little was read has a mark")
	}
	got := read("?action=log.record")
	got.shows(t, http.StatusOK, mark+"one", "before")
	if strings.Count(got.body, mark) != 1 {
		t.Error("what was read on another day is marked")
	}
	read("?action=log.receipt").shows(t, http.StatusOK, mark+"four", `<bdi class="quiet">two`, `<bdi class="quiet">five`)
	if got := read("?action=log.receipt"); strings.Count(got.body, mark) != 1 {
		t.Error("what somebody else read is marked")
	}
}

// What an act tells in codes is shown in words of the page's language, and what has no
// words as it stands.
func TestTrailIsInWords(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	for _, act := range []struct{ action, object, want string }{
		{"member.invite", "editor", "Redaktør"},
		{"member.invite", "person=1 editor", "på vegne av Kari Nordmann, Redaktør"},
		{"key.make", "person=1 0123456789ab Person person=2", "på vegne av Kari Nordmann, «Person person=2» (0123456789ab)"},
		{"catalogue.import", "person=1 2", "på vegne av Kari Nordmann, 2 oppføringer i katalogen"},
		{"api.member.invite", "key=0123456789ab editor", "API-nøkkel: 0123456789ab, Redaktør"},
		{"api.member.invite", "key=0123456789ab editor invitation=00ff00ff00ff00ff", "API-nøkkel: 0123456789ab, Redaktør, Invitasjon: 00ff00ff00ff00ff"},
		{"api.organisation.factor", "key=0123456789ab yes", "API-nøkkel: 0123456789ab, Ja"},
		{"api.draft.save", "key=0123456789ab", "API-nøkkel: 0123456789ab"},
		{"log.read", "decisions=50 from=2026-03-04 method=save", "Beslutninger: 50, Fra og med: 4. mars 2026, Måte: "},
		{"log.exported", "form=csv decisions=3 whole from=2026-03-04", "Format: CSV, for regneark, Beslutninger: 3, hele loggen, Fra og med: 4. mars 2026"},
		{"log.exported", "form=csv decisions=3 added=2 so_far", "Format: CSV, for regneark, Beslutninger: 3, Av disse siden det ble fortalt sist: 2, så langt"},
		{"log.exported", "form=csv decisions=3 so_far", "Format: CSV, for regneark, Beslutninger: 3, så langt"},
		{"organisation.add", "person=1 Nannestad kommune", "person=1 Nannestad kommune"}, // the name that a person gave it
		{"log.exported", "form=pack broken_off", "Format: Revisjonspakken, brutt av"},
		{"trail.export", "person=1 action=site.add to=2026-03-04", "Person: Kari Nordmann, Handling: La til et nettsted, Til og med: 4. mars 2026"},
		{"log.decision", "0123abc", "0123abc"},
		{"draft.service.save", "a=b", "a=b"},
	} {
		by := auditor.id
		if strings.HasPrefix(act.want, "på vegne av ") { // only a command says so
			by = 0
		}
		must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: by, Organisation: skogen, Action: act.action, Object: act.object}))
		auditor.get("/organisations/skogen/trail?action="+act.action).shows(t, http.StatusOK, `<bdi class="quiet">`+act.want)
	}
	must(t, h.store.SetProfile(t.Context(), auditor.id, "Kari", consent.English))
	auditor.get("/organisations/skogen/trail?action=member.invite").shows(t, http.StatusOK, `<bdi class="quiet">Editor`)
}

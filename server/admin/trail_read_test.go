package admin_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// A program that reads the trail stands in it, with how much it has read, and much of it
// is marked.
func TestTrailTellsWhoReadsItThroughTheAPI(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	g := auditor.program(t, consent.ScopeAudit)
	for n := range 600 {
		must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: 99, Organisation: skogen, Action: "draft.settings.save", Object: strconv.Itoa(n)}))
	}
	reads := func() (told []string) { // what the looks tell goes into the trail
		for _, act := range h.acts {
			must(t, h.store.RecordAct(t.Context(), act))
			if act.Account != auditor.id || act.Action != "api.trail.read" || act.Organisation != skogen {
				t.Errorf("the trail is told %+v", act)
			}
			told = append(told, strings.TrimPrefix(act.Object, "key="+string(g.key.ID)+" "))
		}
		h.acts = nil
		return told
	}
	const query = api.Base + "/trail?action=draft.settings.save&limit=200"
	first := read[api.Acts](t, g.get(query))
	read[api.Acts](t, g.get(query))
	if got := fmt.Sprint(reads()); got != "[acts=200 action=draft.settings.save]" {
		t.Fatalf("the trail is told %s", got)
	}
	const page = "/organisations/skogen/trail?action=api.trail.read"
	if got := auditor.get(page); strings.Contains(got.body, "Mye lest denne dagen") || !strings.Contains(got.body, "Linjer: 200, Handling: ") {
		t.Errorf("a little that is read is told as %s", got.body)
	}
	read[api.Acts](t, g.get(query+"&after="+*first.Next))
	read[api.Acts](t, g.get(api.Base+"/trail?account=99&limit=500"))
	g.get(api.Base+"/trail?account=x").faultsAt(t, "account")
	for _, words := range []string{"x%20acts=9223372036854775807", "x=1", strings.Repeat("a", 65)} { // would be told as what the program counted
		g.get(api.Base+"/trail?action="+words).faultsAt(t, "action")
		g.get(api.Base+"/trail?site="+words).faultsAt(t, "site")
	}
	if got := fmt.Sprint(reads()); got != "[acts=500 account=99 acts=200 action=draft.settings.save]" { // what was held back goes with it
		t.Errorf("the trail is told %s", got)
	}
	auditor.get(page).shows(t, http.StatusOK, "Mye lest denne dagen", "Leste revisjonssporet med en API-nøkkel", "Linjer: 500, Person: Konto 99")
}

// Who takes the trail out as one file has read as much of it as page by page.
func TestTrailTellsWhoTakesItOutThroughTheAPI(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	g := auditor.program(t, consent.ScopeAudit)
	for n := range 501 {
		must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: 99, Organisation: skogen, Action: "draft.settings.save", Object: strconv.Itoa(n)}))
	}
	const page = "/organisations/skogen/trail?action=api.trail.read"
	if got := g.get(api.Base + "/trail/export?account=99"); strings.Count(got.body, "draft.settings.save") != 501 {
		t.Fatalf("got status %d, %d lines", got.status, strings.Count(got.body, "\n"))
	}
	auditor.get(page).shows(t, http.StatusOK, "Mye lest denne dagen", "Linjer: 501")
}

// The number of an account is written in one way, in addresses and filters: what selects
// nobody shows nothing, instead of everybody's acts under one name.
func TestAccountsHaveOneNumber(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	editor := h.member("editor@example.no", consent.RoleEditor, skogen)
	ruler := h.operator("ruler@example.no")
	must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: editor.id, Organisation: skogen, Action: "site.add", Object: "theirs"}))
	n := fmt.Sprint(editor.id)
	for _, other := range []string{"0" + n, "%2B" + n, n + ".0", "-" + n, "0x" + n} {
		ruler.get("/people/"+other).shows(t, http.StatusNotFound)
		boss.get("/organisations/skogen/people/"+other).shows(t, http.StatusNotFound)
		got := boss.get("/organisations/skogen/trail?person=" + other)
		if got.shows(t, http.StatusUnprocessableEntity, `id="person-wrong"`); strings.Contains(got.body, "theirs") {
			t.Errorf("%s shows everybody's acts", other)
		}
	}
	ruler.get("/people/"+n).shows(t, http.StatusOK)
	boss.get("/organisations/skogen/people/"+n).shows(t, http.StatusOK)
	boss.get("/organisations/skogen/trail?person="+n).shows(t, http.StatusOK, "theirs")
}

// Numbers of people that somebody writes into a filter of the trail tell nothing of those
// who have no part in the organisation: neither their names nor whether there are any.
func TestTrailNamesNobodyElse(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	left := h.member("left@example.no", consent.RoleEditor)
	other := h.member("other@example.no", consent.RoleEditor, havet)
	must(t, h.store.SetProfile(t.Context(), other.id, "Ola Nabo", consent.Bokmaal))
	must(t, h.store.SetProfile(t.Context(), left.id, "Per Forhen", consent.Bokmaal))
	must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: left.id, Organisation: skogen, Action: "draft.settings.save"}))
	for _, id := range []consent.AccountID{other.id, 99, left.id, auditor.id} {
		must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: auditor.id, Organisation: skogen, Action: "trail.export", Object: fmt.Sprint("person=", id)}))
		must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: auditor.id, Organisation: skogen, Action: "api.trail.read", Object: fmt.Sprint("key=a acts=1 account=", id)}))
	}
	told := []string{fmt.Sprint("Person: Konto ", other.id), "Person: Konto 99", "Person: Per Forhen", "Person: Kari Nordmann"}
	page := auditor.get("/organisations/skogen/trail")
	page.shows(t, http.StatusOK, told...)
	file := auditor.post("/organisations/skogen/trail/export").body
	for _, text := range []string{page.body, file} {
		if strings.Contains(text, "Ola Nabo") || strings.Contains(text, other.email) || strings.Count(text, told[0]) != 2 || strings.Count(text, told[2]) != 2 {
			t.Errorf("the trail tells\n%s", text)
		}
	}
	must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: auditor.id, Action: "trail.export", Object: fmt.Sprint("person=", other.id)}))
	h.operator("ruler@example.no").get("/trail").shows(t, http.StatusOK, "Person: Ola Nabo")
}

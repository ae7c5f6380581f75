package admin_test

import (
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

func TestTrail(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	const path = "/organisations/skogen/trail"
	kari.post("/organisations/skogen/sites/new", "name", "Kultur", "key", "kultur", "origin", "https://kultur.example", "languages", "nb", "reason", "<b>Fordi</b>").leads(t, "/sites/kultur?done=site_added")
	kari.post("/organisations/skogen/sites/new", "name", "Kultur", "key", "kultur", "origin", "https://kultur.example", "languages", "nb").shows(t, 422)
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
		if n := strings.Count(second.body, "<th scope=\"row\">"); !found || n != 21 {
			t.Fatalf("the second page has %d acts, want 21", n)
		}
		auditor.get(path+"?action=site.add").shows(t, 200, "&lt;b&gt;Fordi&lt;/b&gt;")
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

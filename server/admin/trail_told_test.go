package admin_test

import (
	"fmt"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// Two people of one name are told apart, and what was changed is told from what to what.
func TestTrailTellsWhoAndWhat(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	editor := h.member("editor@example.no", consent.RoleEditor, skogen)
	boss.post(editor.of(skogen)+"/role", "role", "auditor").leads(t, "/organisations/skogen/people?done=role")
	editor.post("/account", "name", "<b>Boss</b>", "language", "nb").leads(t, "/account?done=saved")
	for _, name := range []string{"Samtykke", " the  Program.", "Konto 7", "Programmet"} {
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
		for _, name := range []string{words["trail_program"], words["trail_command"], words.Fill("trail_somebody", "n", 7), "  SAMTYKKE. "} {
			kari.post("/account", "name", name, "language", "nb").shows(t, 422, `id="name-wrong"`)
		}
	}
	kari.post("/account", "name", "Kari Programsdatter", "language", "nb").leads(t, "/account?done=saved")
}

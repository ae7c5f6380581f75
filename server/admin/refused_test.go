package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// What a role does not allow is told with the page that it is about, and with the
// roles that allow it.
func TestRefusalsNameThePageAndTheRoles(t *testing.T) {
	h := open(t)
	viewer := h.member("viewer@example.no", consent.RoleViewer, skogen)
	for path, says := range map[string]string{
		"/sites/skogen/log":            "«Logg»: Rollen din (Leser) gir deg ikke tilgang til denne siden. Det har Revisor og Administrator.",
		"/sites/skogen/requests":       "«Henvendelser»: Rollen din (Leser) gir deg ikke tilgang til denne siden. Det har Revisor og Administrator.",
		"/organisations/skogen/keys":   "«API-nøkler»: Rollen din (Leser) gir deg ikke lov til å se dette. Det kan Revisor og Administrator.",
		"/organisations/skogen/people": "«Personer»: Rollen din (Leser) gir deg ikke lov til å se dette.",
		"/sites/skogen/new-service":    "«Inventar»: Rollen din (Leser) gir deg ikke lov til å endre kladden. Det kan Redaktør, Utgiver og Administrator.",
	} {
		viewer.get(path).shows(t, http.StatusForbidden, says, "En administrator i organisasjonen kan endre rollen din.")
	}
	viewer.post("/sites/skogen/publish", "was", "x").shows(t, http.StatusForbidden, "«Publisering»: Rollen din (Leser) gir deg ikke lov til å publisere. Det kan Utgiver og Administrator.")
}

// The trail is filtered by an address, too. What somebody has done elsewhere, and
// whether they are there, is told to nobody here.
func TestTrailFindsPeopleByAddress(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	other := h.member("other@example.no", consent.RoleEditor, skogen)
	foreign := h.member("foreign@example.no", consent.RoleEditor, havet)
	for _, p := range []*person{boss, other, foreign} {
		of := skogen
		if p == foreign {
			of = havet
		}
		must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: p.id, Organisation: of, Action: "draft.settings.save", Object: "of-" + p.email}))
	}
	found := boss.get("/organisations/skogen/trail?person=Other%40example.no")
	found.shows(t, http.StatusOK, "of-other@example.no", "(other@example.no)</option>")
	if strings.Contains(found.body, "of-boss@example.no") {
		t.Error("an address filters nothing")
	}
	for _, nobody := range []string{"foreign%40example.no", "nobody%40example.no", "Kari"} {
		if got := boss.get("/organisations/skogen/trail?person=" + nobody); strings.Contains(got.body, "of-") {
			t.Errorf("%s finds somebody", nobody)
		}
	}
}

// Old versions stored an address as it was written.
func TestOldAddressLogsIn(t *testing.T) {
	h := open(t)
	h.invited("Boss.Old@Example.no", "old").post("/link/old", "password", secret, "again", secret).leads(t, "/?done=password_first")
	for _, typed := range []string{"boss.old@example.no", "Boss.Old@Example.no"} {
		if got := h.stranger().post("/login", "email", typed, "password", secret); got.status != http.StatusSeeOther {
			t.Errorf("%s: %d", typed, got.status)
		}
	}
}

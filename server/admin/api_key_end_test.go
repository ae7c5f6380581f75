package admin_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// Whoever knew the old password may have made keys with it: a new password by a link
// ends them, which the page says first.
func TestAPIKeyEndsWithALink(t *testing.T) {
	h := open(t)
	kari := h.invited("kari@example.no", "kari")
	kari.post("/link/kari", "password", secret, "again", secret).leads(t, "/?done=password_first")
	must(t, h.store.SetRole(t.Context(), kari.id, skogen, consent.RoleAdministrator))
	g := kari.program(t, consent.ScopeRead)
	g.get(apiSite).shows(t, http.StatusOK)

	must(t, h.store.AddLink(t.Context(), &consent.Link{ID: consent.LinkID(consent.HashOf([]byte("again"))), Account: kari.id, Expires: h.clock().Add(consent.LinkLasts)}))
	someone := h.stranger()
	someone.get("/link/again").shows(t, http.StatusOK, "the API keys that you have made")
	g.get(apiSite).shows(t, http.StatusOK)
	someone.post("/link/again", "password", secret+"x", "again", secret+"x").leads(t, "/?done=password")
	g.get(apiSite).problem(t, http.StatusUnauthorized, "unknown_key")
	if told := h.actsOf(skogen); !strings.Contains(told, `"`+string(g.key.ID)+` Program"`) {
		t.Errorf("the trail says %s", told)
	}
}

// A role that comes back does not wake the keys that ended with it.
func TestAPIKeyStaysDead(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	ola := h.member("ola@example.no", consent.RoleAdministrator, skogen)
	g := ola.program(t, consent.ScopeRead)
	path := "/organisations/skogen/people/" + strconv.FormatInt(int64(ola.id), 10)
	boss.agrees(path+"/remove").leads(t, "/organisations/skogen/people?done=removed")
	g.get(apiSite).problem(t, http.StatusUnauthorized, "unknown_key")
	must(t, h.store.SetRole(t.Context(), ola.id, skogen, consent.RoleAdministrator))
	g.get(apiSite).problem(t, http.StatusUnauthorized, "unknown_key")
	boss.get("/organisations/skogen/trail").shows(t, http.StatusOK, "En API-nøkkel tok slutt", "«Program» ("+string(g.key.ID)+")")
}

// Nobody is invited at an address whose letters look like others.
func TestInvitationToALookAlike(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	boss.post("/organisations/skogen/people", "email", "k\u0430ri@example.no", "role", "editor").shows(t, http.StatusUnprocessableEntity, "bokstaver fra flere alfabeter")
}

package admin_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
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

// Whoever holds a stolen key invites themselves in time. When the key is revoked, in
// whichever way, or has expired, the link that it made opens nothing.
func TestInvitationEndsWithItsKey(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	ends := map[string]func(g *program){
		"page": func(g *program) {
			boss.agrees("/organisations/skogen/keys/"+string(g.key.ID)+"/revoke").leads(t, "/organisations/skogen/keys?done=key_revoked")
		},
		"program": func(g *program) {
			boss.program(t, consent.ScopeKeys).call(http.MethodDelete, api.Base+"/keys/"+string(g.key.ID), "").shows(t, http.StatusOK)
		},
		"time": func(g *program) { h.wait(g.key.Expires.Sub(h.clock())) },
	}
	for _, way := range []string{"page", "program", "time"} {
		g := boss.program(t, consent.ScopePeople, consent.ScopeOrganisation)
		if way == "time" {
			h.wait(g.key.Expires.Sub(h.clock()) - time.Hour)
			boss = h.loggedIn(boss.id, "later")
		}
		made := read[api.Invited](t, g.post(api.Base+"/invitations", map[string]any{"email": "thief@example.no", "role": "administrator"}))
		link := strings.TrimPrefix(*made.Link, h.url)
		h.stranger().get(link).shows(t, http.StatusOK, "thief@example.no")
		ends[way](g)
		h.stranger().get(link).shows(t, http.StatusNotFound)
		h.stranger().post(link, "name", "Thief", "password", secret, "again", secret).shows(t, http.StatusNotFound)
		if way != "time" { // it says itself when that ends
			boss.get("/organisations/skogen/trail").shows(t, http.StatusOK, "En invitasjon tok slutt med API-nøkkelen som laget den", "Administrator, Invitasjon: "+made.Invitation.ID)
		} else if made.Invitation.Expires != g.key.Expires.UTC().Format("2006-01-02T15:04:05.000Z") {
			t.Errorf("the invitation says that it ends %s, with the key %s", made.Invitation.Expires, g.key.Expires)
		}
	}
}

// Nobody is invited at an address whose letters look like others.
func TestInvitationToALookAlike(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	boss.post("/organisations/skogen/people", "email", "k\u0430ri@example.no", "role", "editor").shows(t, http.StatusUnprocessableEntity, "bokstaver fra flere alfabeter")
}

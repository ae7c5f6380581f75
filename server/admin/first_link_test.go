package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// unnamed has an account as commands make it, and a link.
func (h *house) unnamed(email, link string) *person {
	h.t.Helper()
	p := h.invited(email, link)
	must(h.t, h.store.SetProfile(h.t.Context(), p.id, email, consent.English))
	return p
}

// Who has an account without a name says it with the first password, and is called so in
// the trails from then on; whoever has a name is not asked.
func TestFirstLinkAsksForTheName(t *testing.T) {
	h := open(t)
	kari := h.unnamed("kari@example.no", "once")
	kari.get("/link/once").shows(t, http.StatusOK, `name="name" autocomplete="name" required`)
	for name, says := range map[string]string{
		"": "Write your name.", strings.Repeat("k", 201): "Write your name.", "Ola (ola@example.no)": "e-mail address", "Samtykke": "uses this name for itself", "Kari\u202e": "nobody sees",
	} {
		got := kari.post("/link/once", "name", name, "password", secret, "again", secret)
		got.shows(t, http.StatusUnprocessableEntity, says)
		if kari.cookie != "" {
			t.Fatalf("%q is logged in", name)
		}
	}
	kari.post("/link/once", "name", "Kari Nordmann", "password", "Kari Nordmann Nordmann", "again", "Kari Nordmann Nordmann").shows(t, http.StatusUnprocessableEntity, `value="Kari Nordmann"`)
	if got := h.nameOf(kari); got != kari.email {
		t.Errorf("before the link is used, the person is called %q", got)
	}
	kari.post("/link/once", "name", "Kari Nordmann", "password", secret, "again", secret).leads(t, "/?done=password_first")
	if got := h.nameOf(kari); got != "Kari Nordmann" {
		t.Errorf("the person is called %q", got)
	}
	h.member("vera@example.no", consent.RoleAuditor, skogen).get("/organisations/skogen/trail").shows(t, http.StatusOK, "<bdi>Kari Nordmann</bdi>", "Endret navn, språk eller adresse på en konto", "kari@example.no")
	h.operator("ola@example.no").get("/trail").follows(t, "Chose a password", "kari@example.no")

	per := h.invited("per@example.no", "named")
	if strings.Contains(per.get("/link/named").body, `name="name"`) {
		t.Error("somebody with a name is asked for one")
	}
	per.post("/link/named", "name", "Somebody Else", "password", secret, "again", secret).leads(t, "/?done=password_first")
	if got := h.nameOf(per); got != "Kari" {
		t.Errorf("a link has made %q of a name", got)
	}
}

// Nobody is told that logins have ended who has had none; who comes in by another link is.
func TestFirstPasswordEndsNothing(t *testing.T) {
	h := open(t)
	kari := h.invited("kari@example.no", "once")
	kari.post("/link/once", "password", secret, "again", secret).leads(t, "/?done=password_first")
	got := kari.get("/?done=password_first")
	got.shows(t, http.StatusOK, "Your password is set, and you are logged in.")
	if strings.Contains(got.body, "ended") {
		t.Error("logins have ended that never were")
	}
	must(t, h.store.AddLink(t.Context(), &consent.Link{ID: consent.LinkID(consent.HashOf([]byte("again"))), Account: kari.id, Expires: h.clock().Add(consent.LinkLasts)}))
	kari.post("/link/again", "password", secret+"!", "again", secret+"!").leads(t, "/?done=password")
	kari.get("/?done=password").shows(t, http.StatusOK, "those logins have ended")
}

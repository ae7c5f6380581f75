package admin_test

import (
	"net/http"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// Whoever was let in by a login that its person ends changes nothing any more, also not by
// what was on its way: so a thief's password does not follow upon the person's own.
func TestNothingFollowsUponTheEndOfALogin(t *testing.T) {
	h := open(t)
	kari := h.invited("kari@example.no", "once")
	kari.post("/link/once", "password", secret, "again", secret).leads(t, "/?done=password_first")
	thief := h.stranger()
	thief.post("/login", "email", "kari@example.no", "password", secret).leads(t, "/")
	must(t, h.store.AddLink(t.Context(), &consent.Link{ID: consent.LinkID(consent.HashOf([]byte("again"))), Account: kari.id, Expires: h.clock().Add(consent.LinkLasts)}))
	h.changing = func() {
		kari.cookie = ""
		kari.post("/link/again", "password", secret+"!", "again", secret+"!").leads(t, "/?done=password")
	}
	thief.post("/account/password", "password", secret+"?", "again", secret+"?").shows(t, http.StatusUnauthorized, "Your login has ended.")
	kari.get("/account").shows(t, http.StatusOK)
	thief.post("/login", "email", "kari@example.no", "password", secret+"?").shows(t, http.StatusUnprocessableEntity, "E-postadressen og passordet hører ikke sammen.")
	h.stranger().post("/login", "email", "kari@example.no", "password", secret+"!").leads(t, "/")
}

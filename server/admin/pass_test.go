package admin_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

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

// Nor by coming back from the provider, where the way takes as long as the provider does.
func TestNoProviderIsLinkedAfterTheEndOfALogin(t *testing.T) {
	h := openAt(t, certified(), skogen)
	kari := h.invited("kari@example.no", "once")
	kari.post("/link/once", "password", secret, "again", secret).leads(t, "/?done=password_first")
	thief := h.stranger()
	thief.post("/login", "email", "kari@example.no", "password", secret).leads(t, "/")
	back := h.visitor().logIn(thief.post("/account/identity").leaves(t), "the-thief-at-entra")
	must(t, h.store.AddLink(t.Context(), &consent.Link{ID: consent.LinkID(consent.HashOf([]byte("again"))), Account: kari.id, Expires: h.clock().Add(consent.LinkLasts)}))
	h.changing = func() {
		kari.cookie = ""
		kari.post("/link/again", "password", secret+"!", "again", secret+"!").leads(t, "/?done=password")
	}
	thief.get(back).shows(t, http.StatusUnauthorized, "Your login has ended.")
	if identity, err := h.store.IdentityOf(t.Context(), kari.id, h.outside.Issuer); consent.KindOf(err) != consent.NotFound {
		t.Errorf("the account is linked to %+v (%v)", identity, err)
	}
	again := h.stranger()
	again.get(h.visitor().logIn(again.post("/login/provider").leaves(t), "the-thief-at-entra")).shows(t, http.StatusForbidden)
}

// A login that has ended does not come back with a role, whether it ends before the role is
// given or after.
func TestNoInvitationRevivesALogin(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	for name, storing := range map[string]int{"before": 0, "after": 1} {
		t.Run(name, func(t *testing.T) {
			ola := h.member(name+"@example.no", "")
			must(t, h.store.AddInvitation(t.Context(), &consent.Invitation{
				ID: consent.InvitationID(consent.HashOf([]byte(name))), Organisation: skogen, Email: ola.email, Role: consent.RoleEditor, Maker: boss.id, Expires: h.clock().Add(time.Hour),
			}))
			path, token := "/invitation/"+url.PathEscape(name), csrfOf(t, ola)
			here := *ola
			leave := func() { here.post("/logout").leads(t, "/login?done=logout") }
			h.changing = leave
			if storing == 1 {
				h.changing = func() { h.changing = leave }
			}
			ola.late(token, path).shows(t, http.StatusUnauthorized)
			if left, err := h.store.Logins(t.Context(), ola.id); err != nil || len(left) != 0 {
				t.Errorf("%d logins are left (%v)", len(left), err)
			}
			ola.get("/account").leads(t, "/login?next=%2Faccount")
		})
	}
}

// A login does not choose password after password: each ends the link that somebody gets
// who is to choose one in its place.
func TestPasswordsAreChosenThatOften(t *testing.T) {
	h := open(t)
	kari := h.invited("kari@example.no", "once")
	kari.post("/link/once", "password", secret, "again", secret).leads(t, "/?done=password_first")
	for n := range 30 {
		chosen := fmt.Sprintf("%s %d", secret, n)
		kari.post("/account/password", "password", chosen, "again", chosen).leads(t, "/account?done=password")
	}
	kari.post("/account/password", "password", secret+"!", "again", secret+"!").shows(t, http.StatusTooManyRequests, "30")
}

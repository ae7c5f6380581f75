package admin_test

import (
	"net/http"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// Whoever knows an old password, and sends it while its person chooses a new one, is not
// logged in when the answer comes: the change has ended what there was.
func TestLoginIsOvertakenByANewPassword(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, h *house, kari *person){
		"on the account's page": func(t *testing.T, h *house, kari *person) {
			kari.post("/account/password", "password", secret+"!", "again", secret+"!").leads(t, "/account?done=password")
		},
		"with a one-time link": func(t *testing.T, h *house, kari *person) {
			must(t, h.store.AddLink(t.Context(), &consent.Link{ID: consent.LinkID(consent.HashOf([]byte("again"))), Account: kari.id, Expires: h.clock().Add(consent.LinkLasts)}))
			kari.cookie = ""
			kari.post("/link/again", "password", secret+"!", "again", secret+"!").leads(t, "/?done=password")
		},
		"by closing": func(t *testing.T, h *house, kari *person) {
			must(t, h.store.ChangeAccount(t.Context(), &consent.Account{ID: kari.id, Email: kari.email, Language: consent.English, Closed: true}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			kari := h.invited("kari@example.no", "once")
			kari.post("/link/once", "password", secret, "again", secret).leads(t, "/?done=password_first")
			begun := logins(h.actions())
			h.entering = func() { change(t, h, kari) }
			thief := h.stranger()
			thief.post("/login", "email", "kari@example.no", "password", secret).shows(t, http.StatusConflict, "Det du logget inn med, ble endret i mellomtiden.", `action="/login"`)
			thief.get("/account").leads(t, "/login?next=%2Faccount")
			want := begun
			if name == "with a one-time link" {
				want++ // Kari's own
			}
			if logins(h.actions()) != want {
				t.Errorf("the trail tells of a login that there was not: %v", h.actions())
			}
			alive, err := h.store.Logins(t.Context(), kari.id)
			must(t, err)
			for _, login := range alive {
				if login.ID != loginOf(kari) {
					t.Errorf("a login is alive that is not Kari's: %+v", login)
				}
			}
		})
	}
}

// logins gives how often somebody has logged in.
func logins(actions []string) (n int) {
	for _, action := range actions {
		if action == "login" {
			n++
		}
	}
	return n
}

package admin_test

import (
	"encoding/base64"
	"fmt"
	"testing"

	"golang.org/x/crypto/argon2"

	"github.com/samtykke/samtykke/consent"
)

// What others guess first is refused wherever a password is chosen, with the names of the
// organisation whom it is chosen for.
func TestWeakPasswordsAreRefused(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	h.invited("kari@example.no", "once")
	weak := []string{"passordpassord", "Skogen2026!!!"}
	for _, password := range weak {
		h.stranger().post("/link/once", "password", password, "again", password).shows(t, 422, "one of the first that others guess")
		boss.post("/account/password", "password", password, "again", password).shows(t, 422, "et av de første andre gjetter")
	}
	link := boss.post("/organisations/skogen/people", "email", "ny@example.no", "role", "viewer").link(t)
	h.stranger().post(link, "name", "Ny", "password", weak[1], "again", weak[1]).shows(t, 422, "et av de første andre gjetter")
	h.stranger().post(link, "name", "Ny", "password", "Havet2026!!! og så", "again", "Havet2026!!! og så").leads(t, "/organisations/skogen?done=joined")
}

// A password is the same however a device puts its letters together, also one from before
// they were brought to one form.
func TestPasswordOfAnotherKeyboard(t *testing.T) {
	h := open(t)
	const composed, taken = "bl\u00e5b\u00e6rsyltet\u00f8y p\u00e5 bordet", "bla\u030ab\u00e6rsyltet\u00f8y pa\u030a bordet"
	kari := h.invited("kari@example.no", "once")
	kari.post("/link/once", "password", taken, "again", composed).leads(t, "/?done=password_first")
	for _, password := range []string{composed, taken} {
		h.stranger().post("/login", "email", "kari@example.no", "password", password).leads(t, "/")
	}
	salt := make([]byte, 16)
	key := argon2.IDKey([]byte(taken), salt, 3, 64<<10, 1, 32)
	old := fmt.Sprintf("$argon2id$v=19$m=65536,t=3,p=1$%s$%s", base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
	must(t, h.store.SetPassword(t.Context(), kari.id, old, consent.LoginID{}))
	h.stranger().post("/login", "email", "kari@example.no", "password", composed).shows(t, 422)
	h.stranger().post("/login", "email", "kari@example.no", "password", taken).leads(t, "/")
	h.stranger().post("/login", "email", "kari@example.no", "password", composed).leads(t, "/") // it is hashed anew
}

package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// Whoever holds many IPv6 networks guesses from all of them as from one, after more free
// tries than one network has. Nobody elsewhere waits, nor anybody who is known there.
func TestGuessingFromManyNetworksWaits(t *testing.T) {
	h := &house{proxies: []string{"127.0.0.1", "::1"}}
	h.opens(t, nowhere, skogen)
	kari := h.owner("kari@example.no")
	must(t, h.store.SetRole(t.Context(), kari.id, skogen, consent.RoleAdministrator))
	comes := func(from string) answer {
		return h.stranger().ask(http.MethodPost, "/login", url.Values{"email": {kari.email}, "password": {secret}}, func(r *http.Request) { r.Header.Set("X-Forwarded-For", from) })
	}
	comes("2001:db8:1:2::2").leads(t, "/") // and is known there
	h.admin.GuessedAround("2001:db8:1::", 62)
	comes("2001:db8:1:3::2").leads(t, "/")
	h.admin.GuessedAround("2001:db8:1::", 1)
	if got := comes("2001:db8:1:4::2"); got.status == http.StatusSeeOther || !strings.Contains(got.body, "Vent 2 sekunder") {
		t.Errorf("from a network of a holder who has guessed elsewhere: %d", got.status)
	}
	for _, from := range []string{"2001:db8:1:2::9", "2001:db8:2:4::2", "192.0.2.7"} {
		if got := comes(from); got.status != http.StatusSeeOther {
			t.Errorf("from %s, where nobody has guessed or she is known: %d", from, got.status)
		}
	}
}

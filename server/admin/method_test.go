package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// HEAD is answered as GET is, without the body: by programs that look whether something
// is there, on pages and in the API.
func TestHeadIsGetWithoutABody(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	g := kari.program(t, consent.Scopes...)
	for _, path := range []string{"/", "/login", "/sites/skogen/inventory", "/sites/skogen/notices/1/notice.json", "/sites/nowhere", "/nowhere"} {
		want, got := kari.get(path), kari.ask(http.MethodHead, path, url.Values{})
		if got.status != want.status || got.body != "" || got.header.Get("Content-Type") != want.header.Get("Content-Type") || got.header.Get("Content-Security-Policy") != want.header.Get("Content-Security-Policy") {
			t.Errorf("HEAD %s: %d %q, and GET %d", path, got.status, got.body, want.status)
		}
	}
	if got := h.stranger().ask(http.MethodHead, "/sites/skogen/inventory", url.Values{}); got.status != http.StatusSeeOther {
		t.Errorf("HEAD by a stranger: %d", got.status)
	}
	got := h.stranger().ask(http.MethodHead, api.Base+"/sites", nil, func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+g.secret) })
	if got.status != http.StatusOK || got.body != "" {
		t.Errorf("HEAD in the API: %d %q", got.status, got.body)
	}
}

// A method that an address does not take is told in a sentence, with those that it
// takes; what is nowhere is nowhere for every method.
func TestWrongMethod(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	for _, c := range []struct{ method, path, allow string }{
		{http.MethodGet, "/sites/skogen/services/counter/reviewed", "POST"},
		{http.MethodPost, "/sites/skogen/inventory", "GET, HEAD"},
		{http.MethodDelete, "/login", "GET, HEAD, POST"},
		{http.MethodPut, "/sites/nowhere/settings", "GET, HEAD"}, // as that of a site that is there
	} {
		for _, who := range []*person{kari, h.stranger()} {
			got := who.ask(c.method, c.path, url.Values{})
			if got.status != http.StatusMethodNotAllowed || got.header.Get("Allow") != c.allow || !strings.Contains(got.body, "Adressen finnes, men ikke for dette.") || got.header.Get("Content-Security-Policy") == "" {
				t.Errorf("%s %s: %d, Allow %q", c.method, c.path, got.status, got.header.Get("Allow"))
			}
		}
	}
	kari.ask(http.MethodPut, "/nowhere", url.Values{}).shows(t, http.StatusNotFound, "Fant ikke siden")
}

package admin_test

import (
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// A line to paste without the server's address would ask the site itself.
func TestTagNeedsAnAddress(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	kari.get("/sites/skogen").shows(t, 200, `src="https://samtykke.example/skogen.js"`, `href="/help/mark?site=skogen"`)
	h.admin.Public = ""
	got := kari.get("/sites/skogen")
	got.shows(t, 200, "public.url")
	if strings.Contains(got.body, "skogen.js") {
		t.Error("a line is there to paste")
	}
}

package admin_test

import (
	"net/http"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// lines counts what the trail of an organisation tells.
func (h *house) lines(t *testing.T) int64 {
	t.Helper()
	n, err := h.store.CountActs(t.Context(), skogen)
	must(t, err)
	return n
}

// Whoever saves what is so already has changed nothing: the page says that, and the trail
// tells of no change.
func TestSavingWithoutAChangeChangesNothing(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	const settings, list = "/organisations/skogen/settings", "/organisations/skogen/notifications"
	was := func(path string) string { return wasField.FindStringSubmatch(kari.get(path).body)[1] }
	kari.post(list, "addresses", "a@skogen.example b@skogen.example", "language", "nn", "was", was(list)).leads(t, list+"?done=recipients")
	o := h.draft().Organisation
	before := h.lines(t)
	kari.post(settings, "name", o.Name, "number", o.Number, "was", was(settings)).leads(t, settings+"?done=unchanged")
	kari.post("/organisations/skogen/factor", "needed", "no").leads(t, settings+"?done=unchanged")
	kari.post(list, "addresses", "b@skogen.example a@skogen.example", "language", "nn", "was", was(list)).leads(t, list+"?done=unchanged")
	if now := h.lines(t); now != before {
		t.Errorf("the trail tells of %d changes", now-before)
	}
	kari.get(settings+"?done=unchanged").shows(t, http.StatusOK, "Ingenting ble endret.")

	kari.post(settings, "name", o.Name+" kommune", "number", o.Number, "was", was(settings)).leads(t, settings+"?done=organisation")
	kari.post(list, "addresses", "b@skogen.example a@skogen.example", "language", "nb", "was", was(list)).leads(t, list+"?done=recipients")
	if now := h.lines(t); now < before+2 {
		t.Error("the trail does not tell of what was changed")
	}
}

// It is the same for programs.
func TestPuttingWithoutAChangeChangesNothing(t *testing.T) {
	h := open(t)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.Scopes...)
	put := func(path, body string) {
		t.Helper()
		g.call(http.MethodPut, api.Base+path, body, "If-Match", g.get(api.Base+path).header.Get("ETag")).shows(t, http.StatusOK)
	}
	put("/recipients", `{"language": "nn", "addresses": ["a@skogen.example", "b@skogen.example"]}`)
	now, before := read[api.Organisation](t, g.get(api.Base+"/organisation")), h.lines(t)
	put("/organisation", `{"name": "`+now.Name+`", "number": "`+now.Number+`"}`)
	put("/recipients", `{"language": "nn", "addresses": ["b@skogen.example", "a@skogen.example"]}`)
	g.call(http.MethodPut, api.Base+"/organisation/second-factor", `{"needed": false}`).shows(t, http.StatusOK)
	if after := h.lines(t); after != before {
		t.Errorf("the trail tells of %d changes", after-before)
	}
}

package admin_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

const apiServices = apiSite + "/services"

// part gives what was got as fields.
func (g *program) part(path string) map[string]any {
	g.t.Helper()
	return read[map[string]any](g.t, g.get(path))
}

// putPart puts fields in the place of a part, on the draft as it is now.
func (g *program) putPart(path string, fields any) answer {
	g.t.Helper()
	text, err := json.Marshal(fields)
	must(g.t, err)
	return g.call(http.MethodPut, path, string(text), "If-Match", g.get(apiDraft).header.Get("ETag"))
}

// A service is got, put back as it was, changed, added and removed, on the draft that the
// program has seen.
func TestAPIServices(t *testing.T) {
	h := open(t)
	g := h.member("kari@example.no", consent.RoleEditor, skogen).program(t, consent.ScopeRead, consent.ScopeEdit)
	const path = apiServices + "/counter"
	list := g.get(apiServices)
	if all := read[api.Services](t, list); len(all.Services) != 2 || list.header.Get("ETag") != g.get(apiDraft).header.Get("ETag") {
		t.Fatalf("got %d services, %s", len(all.Services), list.header.Get("ETag"))
	}
	fields := g.part(path)
	if saved := read[api.Saved](t, g.putPart(path, fields)); saved.Changed {
		t.Error("a service that was put back as it was is another one")
	}
	before := h.draft()
	provider := fields["provider"].(map[string]any)
	provider["name"] = "Ny <b>leverandør</b> 😀"
	first := g.get(apiDraft).header.Get("ETag")
	got := g.putPart(path, fields)
	if saved := read[api.Saved](t, got); !saved.Changed || got.header.Get("ETag") == first || got.header.Get("ETag") != g.get(path).header.Get("ETag") {
		t.Errorf("got %+v, %s", saved, got.header.Get("ETag"))
	}
	g.wantLast("api.draft.service.save", "counter")
	after := h.draft()
	if after.Services[0].Provider.Name != "Ny <b>leverandør</b> 😀" || jsonOf(t, after.Services[1]) != jsonOf(t, before.Services[1]) || jsonOf(t, after.Site) != jsonOf(t, before.Site) {
		t.Errorf("the draft is %+v", after)
	}
	text, err := json.Marshal(fields)
	must(t, err)
	for _, to := range []string{path, apiDraft} { // as Python and others write JSON: with characters as pairs of escapes
		whole := g.get(to).body
		escaped := strings.ReplaceAll(whole, "😀", `\ud83d\ude00`)
		if said := read[api.Saved](t, g.call(http.MethodPut, to, escaped, "If-Match", g.get(apiDraft).header.Get("ETag"))); said.Changed || escaped == whole {
			t.Errorf("%s: the same words are another draft", to)
		}
	}
	g.call(http.MethodPut, path, string(text), "If-Match", first).problem(t, http.StatusPreconditionFailed, "draft_changed")
	g.call(http.MethodPut, path, string(text)).problem(t, http.StatusPreconditionRequired, "match_needed")
	g.call(http.MethodDelete, path, "", "If-Match", first).problem(t, http.StatusPreconditionFailed, "draft_changed")
	acts := len(g.trail())

	// What is wrong is told with its place in the draft, and nothing is saved.
	const at = "services.counter."
	g.putPart(path, "text").problem(t, http.StatusUnprocessableEntity, "faults")
	for wrong, place := range map[string]string{
		`{"key": "counter", "strange": 1}`: at + "strange", `{"key": "counter", "ask": "sometimes"}`: at + "ask", `{"key": "other"}`: at + "key",
		`{"key": "counter", "name": {"nb": "a\u202eb"}}`: at + "name.nb", `{"key": "counter", "key": "counter"}`: at + "key", `{"key": "film"}`: at + "key",
	} {
		told := g.call(http.MethodPut, path, wrong, "If-Match", g.get(apiDraft).header.Get("ETag")).problem(t, http.StatusUnprocessableEntity, "faults")
		found := false
		for _, fault := range told.Faults {
			found = found || fault.Path == place
		}
		if !found {
			t.Errorf("%s: nothing is told of %s: %+v", wrong, place, told.Faults)
		}
	}
	g.call(http.MethodPut, path, "{", "If-Match", g.get(apiDraft).header.Get("ETag")).problem(t, http.StatusBadRequest, "malformed")
	if len(g.trail()) != acts || jsonOf(t, h.draft()) != jsonOf(t, after) {
		t.Error("something was saved")
	}

	// What is wrong elsewhere does not keep this from being saved.
	h.redraft(t, func(d *consent.Draft) { d.Site.Origins, d.Site.Retention, d.Services[1].Provider.Name = nil, "", "" })
	fields["key"] = "maaler"
	fields["cookies"] = []any{}
	if saved := read[api.Saved](t, g.putPart(apiServices+"/maaler", fields)); !saved.Changed {
		t.Errorf("got %+v", saved)
	}
	if d := h.draft(); len(d.Services) != 3 || d.Services[2].Key != "maaler" || len(d.Site.Origins) != 0 || d.Site.Retention != "" {
		t.Errorf("got %+v", d.Services)
	}
	g.putPart(apiServices+"/"+url.PathEscape("Å/x y"), fields).problem(t, http.StatusUnprocessableEntity, "faults")
	remove := func(path string) answer {
		return g.call(http.MethodDelete, path, "", "If-Match", g.get(apiDraft).header.Get("ETag"))
	}
	read[api.Saved](t, remove(apiServices+"/maaler"))
	g.wantLast("api.draft.service.remove", "maaler")
	remove(apiServices+"/maaler").problem(t, http.StatusNotFound, "unknown_address")
	g.get(apiServices+"/maaler").problem(t, http.StatusNotFound, "unknown_address")
	if len(h.draft().Services) != 2 {
		t.Errorf("got %+v", h.draft().Services)
	}
}

// A cookie goes by its name, whatever is in it, and is one of its service alone.
func TestAPICookies(t *testing.T) {
	h := open(t)
	g := h.member("kari@example.no", consent.RoleEditor, skogen).program(t, consent.ScopeRead, consent.ScopeEdit)
	const cookies = apiServices + "/counter/cookies"
	list := read[api.Cookies](t, g.get(cookies))
	fields := g.part(cookies + "/_counter")
	if len(list.Cookies) != len(h.draft().Services[0].Cookies) || fields["pattern"].(map[string]any)["name"] != "_counter" {
		t.Fatalf("got %d cookies, and %v", len(list.Cookies), fields)
	}
	pattern := fields["pattern"].(map[string]any)
	for _, name := range []string{"a/b%c?d", "ny.kake", "sjøå😀"} {
		pattern["name"] = name
		fields["kind"] = "local"
		path := cookies + "/" + url.PathEscape(name)
		got := g.putPart(path, fields)
		if got.status != http.StatusOK {
			t.Errorf("%s: %d %s", name, got.status, got.body)
			continue
		}
		g.wantLast("api.draft.cookie.save", "counter/"+name)
		if kept := g.part(path); kept["pattern"].(map[string]any)["name"] != name {
			t.Errorf("got %v", kept)
		}
		read[api.Saved](t, g.putPart(path, g.part(path)))
	}
	if got := h.draft().Services[0].Cookies; len(got) != len(list.Cookies)+3 {
		t.Errorf("there are %d cookies", len(got))
	}
	told := g.putPart(cookies+"/_counter", fields).problem(t, http.StatusUnprocessableEntity, "faults")
	if !strings.Contains(jsonOf(t, told.Faults), `"other_name"`) {
		t.Errorf("got %+v", told.Faults)
	}
	fields = g.part(cookies + "/_counter")
	purpose := fields["purpose"].(map[string]any)
	purpose["sv"] = "Räknar besök."
	told = g.putPart(cookies+"/_counter", fields).problem(t, http.StatusUnprocessableEntity, "faults")
	if len(told.Faults) != 1 || told.Faults[0].Code != "other_language" || told.Faults[0].Path != "services.counter.cookies._counter.purpose.sv" {
		t.Errorf("got %+v", told.Faults)
	}
	g.putPart(apiServices+"/none/cookies/_x", fields).problem(t, http.StatusNotFound, "unknown_address")
	g.get(apiServices+"/none/cookies").problem(t, http.StatusNotFound, "unknown_address")
	remove := func() answer {
		return g.call(http.MethodDelete, cookies+"/ny.kake", "", "If-Match", g.get(apiDraft).header.Get("ETag"))
	}
	read[api.Saved](t, remove())
	g.wantLast("api.draft.cookie.remove", "counter/ny.kake")
	remove().problem(t, http.StatusNotFound, "unknown_address")
	g.get(cookies+"/ny.kake").problem(t, http.StatusNotFound, "unknown_address")
	if got := h.draft().Services[0].Cookies; len(got) != len(list.Cookies)+2 {
		t.Errorf("there are %d cookies", len(got))
	}
}

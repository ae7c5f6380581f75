package admin_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

const apiKeeping = apiSite + "/keeping"

// A program makes a site as the page does: of a name and an address as people write them.
func TestAPIAddsSites(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	g := boss.program(t, consent.ScopeRead, consent.ScopeSites)
	const sites = api.Base + "/sites"
	list := func() int { return len(read[api.Sites](t, g.get(sites)).Sites) }
	for body, field := range map[string]string{
		`{"name": " ", "origin": "https://a.example", "languages": ["nb"]}`: "name", `{"name": "Ny", "origin": "https://a b", "languages": ["nb"]}`: "origin",
		`{"name": "Ny", "origin": "https://a.example", "languages": []}`: "languages", `{"name": "Ny", "origin": "https://a.example", "languages": ["nb", "xx"]}`: "languages",
		`{"name": "Ny", "origin": "https://a.example", "languages": ["nb", "nb"]}`: "languages", `{"name": "Ny", "key": "Å", "origin": "https://a.example", "languages": ["nb"]}`: "key",
		`{"name": "Ny", "key": "havet", "origin": "https://a.example", "languages": ["nb"]}`: "key", `{"name": "a\u202eb", "origin": "https://a.example", "languages": ["nb"]}`: "name",
	} {
		g.call(http.MethodPost, sites, body).faultsAt(t, field)
	}
	if list() != 1 || len(g.trail()) != 0 {
		t.Error("what was refused was made, or stands in the trail as done")
	}
	const body = `{"name": "<b>Nye</b> Skogen", "origin": "Nye.skogen.example/", "languages": ["nb", "en"]}`
	first := g.call(http.MethodPost, sites, body, "Idempotency-Key", "one")
	made := read[api.Site](t, first)
	if first.status != http.StatusCreated || first.header.Get("Location") != sites+"/"+string(made.Key) || made.Notice != nil || made.Name[consent.Bokmaal] != "<b>Nye</b> Skogen" {
		t.Fatalf("got %d %+v", first.status, made)
	}
	if act := g.last(); act.Action != "api.site.add" || act.Site != made.Key || act.Organisation != skogen || act.Account != boss.id {
		t.Errorf("the trail says %+v", act)
	}
	draft, err := h.store.Draft(t.Context(), made.Key)
	must(t, err)
	if draft.Organisation.ID != skogen || !slices.Equal(draft.Site.Origins, []string{"https://nye.skogen.example"}) || !slices.Equal(draft.Site.Languages, []consent.Language{consent.Bokmaal, consent.English}) || draft.Site.Retention == "" {
		t.Errorf("got %+v", draft)
	}
	if again := g.call(http.MethodPost, sites, body, "Idempotency-Key", "one"); again.body != first.body || list() != 2 {
		t.Errorf("who asks again gets %s, and there are %d sites", again.body, list())
	}
	// Who asks again in another way is told that it is there, and may mean another one.
	for _, origin := range []string{"Nye.skogen.example/", "https://nye.skogen.example:443"} {
		g.call(http.MethodPost, sites, `{"name": "<b>NYE</b> Skogen", "origin": "`+origin+`"}`).faultsAt(t, "origin")
	}
	if other := read[api.Site](t, g.call(http.MethodPost, sites, strings.Replace(body, "Nye.skogen", "andre.skogen", 1))); other.Key != made.Key+"-2" || list() != 3 {
		t.Errorf("got %+v", other)
	}
	meant := read[api.Site](t, g.call(http.MethodPost, sites, `{"name": "<b>Nye</b> Skogen", "key": "nye", "origin": "nye.skogen.example"}`))
	if draft, err := h.store.Draft(t.Context(), meant.Key); err != nil || meant.Key != "nye" || !slices.Equal(draft.Site.Languages, []consent.Language{consent.Bokmaal, consent.Nynorsk, consent.English}) {
		t.Errorf("got %+v with %+v, %v", meant, draft, err)
	}
	for _, origin := range []string{"javascript:1", "data:text/html,x", "mailto:a@b", "javascript:alert(1)"} {
		told := g.call(http.MethodPost, sites, `{"name": "Ny", "origin": "`+origin+`"}`).problem(t, http.StatusUnprocessableEntity, "faults")
		if len(told.Faults) != 1 || told.Faults[0].Path != "origin" || !strings.Contains(told.Faults[0].Message, `"`+origin+`"`) {
			t.Errorf("%s: got %+v", origin, told.Faults)
		}
	}
	boss.get("/sites/"+string(made.Key)).shows(t, 200, "&lt;b&gt;Nye&lt;/b&gt; Skogen")
}

// Settings are got, put back as they were and changed, without how long answers hold and
// are kept. What is only missing by that is told.
func TestAPISettings(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	g := kari.program(t, consent.ScopeRead, consent.ScopeEdit)
	const path = apiSite + "/settings"
	h.redraft(t, func(d *consent.Draft) { d.Site.Retention = "" })
	all := g.part(path)
	site, contacts := all["site"].(map[string]any), all["contacts"].(map[string]any)
	if site["validity"] != nil || site["retention"] != nil || site["key"] != "skogen" {
		t.Errorf("got %v", site)
	}
	if saved := read[api.Saved](t, g.putPart(path, all)); saved.Changed {
		t.Error("settings that were put back as they were are others")
	}
	before, first := h.draft(), g.get(apiDraft).header.Get("ETag")
	site["languages"] = []string{"en", "nb", "nn"}
	site["look"].(map[string]any)["placement"] = "corner"
	contacts["data_protection_officer"].(map[string]any)["email"] = "ombud@skogen.example"
	got := g.putPart(path, all)
	saved := read[api.Saved](t, got)
	if !saved.Changed || got.header.Get("ETag") != g.get(path).header.Get("ETag") || !slices.ContainsFunc(saved.Warnings, func(p consent.Problem) bool { return p.Code == "missing_text" && p.Path == "site.name.nn" }) {
		t.Errorf("got %+v", saved)
	}
	g.wantLast("api.draft.settings.save", "")
	after := h.draft()
	before.Site.Languages, before.Site.Look.Placement, before.Contacts.DPO.Email = []consent.Language{consent.English, consent.Bokmaal, consent.Nynorsk}, consent.PlacementCorner, "ombud@skogen.example"
	if jsonOf(t, after) != jsonOf(t, before) {
		t.Errorf("the draft is %s, want %s", jsonOf(t, after), jsonOf(t, before))
	}
	g.call(http.MethodPut, path, jsonOf(t, all), "If-Match", first).problem(t, http.StatusPreconditionFailed, "draft_changed")
	g.call(http.MethodPut, path, jsonOf(t, all)).problem(t, http.StatusPreconditionRequired, "match_needed")
	acts := len(g.trail())
	for field, wrong := range map[string]struct {
		value any
		place string
	}{
		"key": {"havet", "site.key"}, "strange": {1, "site.strange"}, "validity": {"P12M", "site"}, "retention": {"P9Y", "site"}, "refusals": {"count", "site"},
		"heading_level": {"two", "site.heading_level"}, "name": {map[string]any{"nb": "a\u202eb"}, "site.name.nb"}, "languages": {[]string{"nb", "nb"}, "site.languages.1"},
	} {
		was, is := site[field]
		site[field] = wrong.value
		g.putPart(path, all).faultsAt(t, wrong.place)
		if site[field] = was; !is {
			delete(site, field)
		}
	}
	for body, place := range map[string]string{`{"contacts": {}}`: "site", `{"site": {}}`: "contacts", `{"site": null, "contacts": {}}`: "site"} {
		g.call(http.MethodPut, path, body, "If-Match", g.get(apiDraft).header.Get("ETag")).faultsAt(t, place)
	}
	g.call(http.MethodPut, path, `{"site": 1, "contacts": []}`, "If-Match", g.get(apiDraft).header.Get("ETag")).problem(t, http.StatusUnprocessableEntity, "faults")
	if jsonOf(t, h.draft()) != jsonOf(t, after) || len(g.trail()) != acts {
		t.Error("something was saved")
	}
}

// How long answers hold and are kept is changed with a scope of its own, and the trail
// says from what to what.
func TestAPIKeeping(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	g := boss.program(t, consent.ScopeRead, consent.ScopeKeeping)
	if said := read[api.Keeping](t, g.get(apiKeeping)); said != (api.Keeping{Validity: "P6M", Retention: "P1Y"}) {
		t.Fatalf("got %+v", said)
	}
	put := func(g *program, validity, retention, refusals string) answer {
		t.Helper()
		return g.call(http.MethodPut, apiKeeping, `{"validity": "`+validity+`", "retention": "`+retention+`", "refusals": "`+refusals+`"}`, "If-Match", g.get(apiDraft).header.Get("ETag"))
	}
	put(boss.program(t, consent.ScopeRead, consent.ScopeEdit, consent.ScopeSites), "P12M", "P2Y", "").problem(t, http.StatusForbidden, "scope_missing")
	for field, wrong := range map[string][3]string{"validity": {"P13M", "P2Y", ""}, "retention": {"P6M", "two years", ""}, "refusals": {"P6M", "P1Y", "sometimes"}} {
		put(g, wrong[0], wrong[1], wrong[2]).faultsAt(t, field)
	}
	g.call(http.MethodPut, apiKeeping, `{"validity": "P6M", "refusals": ""}`, "If-Match", g.get(apiDraft).header.Get("ETag")).faultsAt(t, "retention")
	g.call(http.MethodPut, apiKeeping, `{"validity": "P6M", "retention": "P1Y", "refusals": ""}`, "If-Match", `"0"`).problem(t, http.StatusPreconditionFailed, "draft_changed")
	if saved := read[api.Saved](t, put(g, "P6M", "P1Y", "")); saved.Changed || len(g.trail()) != 0 {
		t.Errorf("what changes nothing is told: %+v", saved)
	}
	before := h.draft()
	if saved := read[api.Saved](t, put(g, "P12M", "P1Y", "count")); !saved.Changed {
		t.Errorf("got %+v", saved)
	}
	g.wantLast("api.draft.keeping.save", "validity=P6M->P12M refusals=unset->count")
	before.Site.Validity, before.Site.Refusals = "P12M", consent.RefusalsCount
	if jsonOf(t, h.draft()) != jsonOf(t, before) {
		t.Errorf("the draft is %s", jsonOf(t, h.draft()))
	}
	boss.get("/organisations/skogen/trail").shows(t, 200, "6 måneder → 12 måneder")
}

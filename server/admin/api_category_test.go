package admin_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

const apiCategories = apiSite + "/categories"

// A category is got, put back as it was, changed, added and removed. One that something
// is in stays.
func TestAPICategories(t *testing.T) {
	h := open(t)
	g := h.member("kari@example.no", consent.RoleEditor, skogen).program(t, consent.ScopeRead, consent.ScopeEdit)
	const path = apiCategories + "/statistics"
	list := g.get(apiCategories)
	if all := read[api.Categories](t, list); len(all.Categories) != 2 || list.header.Get("ETag") != g.get(apiDraft).header.Get("ETag") {
		t.Fatalf("got %d categories, %s", len(all.Categories), list.header.Get("ETag"))
	}
	fields := g.part(path)
	if saved := read[api.Saved](t, g.putPart(path, fields)); saved.Changed {
		t.Error("a category that was put back as it was is another one")
	}
	before, first := h.draft(), g.get(apiDraft).header.Get("ETag")
	const hostile = "<b>Tall</b> =1+1 😀"
	fields["name"] = map[string]any{"nb": hostile, "en": "Numbers"}
	got := g.putPart(path, fields)
	if saved := read[api.Saved](t, got); !saved.Changed || got.header.Get("ETag") == first || got.header.Get("ETag") != g.get(path).header.Get("ETag") {
		t.Errorf("got %+v, %s", saved, got.header.Get("ETag"))
	}
	g.wantLast("api.draft.category.save", "statistics")
	after := h.draft()
	if after.Categories[0].Name[consent.Bokmaal] != hostile || jsonOf(t, after.Categories[1:]) != jsonOf(t, before.Categories[1:]) || jsonOf(t, after.Services) != jsonOf(t, before.Services) || jsonOf(t, after.Site) != jsonOf(t, before.Site) {
		t.Errorf("the draft is %+v", after)
	}
	if kept := g.part(path); jsonOf(t, kept["name"]) != jsonOf(t, fields["name"]) {
		t.Errorf("got %v", kept)
	}
	g.call(http.MethodPut, path, jsonOf(t, fields), "If-Match", first).problem(t, http.StatusPreconditionFailed, "draft_changed")
	g.call(http.MethodPut, path, jsonOf(t, fields)).problem(t, http.StatusPreconditionRequired, "match_needed")
	g.call(http.MethodDelete, path, "", "If-Match", first).problem(t, http.StatusPreconditionFailed, "draft_changed")
	acts := len(g.trail())

	// What is wrong is told with its place, and nothing is saved.
	const at = "categories.statistics."
	for wrong, place := range map[string]string{
		`{"key": "statistics", "strange": 1}`: at + "strange", `{"key": "other"}`: at + "key", `{"key": "statistics"}`: at + "purpose.nb",
		`{"key": "statistics", "purpose_revision": -1}`: at + "purpose_revision", `{"key": "marketing"}`: at + "key",
	} {
		told := g.call(http.MethodPut, path, wrong, "If-Match", g.get(apiDraft).header.Get("ETag")).problem(t, http.StatusUnprocessableEntity, "faults")
		if !slices.ContainsFunc(told.Faults, func(p consent.Problem) bool { return p.Path == place }) {
			t.Errorf("%s: nothing is told of %s: %+v", wrong, place, told.Faults)
		}
	}
	remove := func(path string) answer {
		return g.call(http.MethodDelete, path, "", "If-Match", g.get(apiDraft).header.Get("ETag"))
	}
	remove(path).problem(t, http.StatusConflict, "category_used")
	if len(g.trail()) != acts || jsonOf(t, h.draft()) != jsonOf(t, after) {
		t.Error("something was saved")
	}

	// One is added behind the others. A single cookie in it keeps it, too.
	fields["key"] = "kart"
	read[api.Saved](t, g.putPart(apiCategories+"/kart", fields))
	if d := h.draft(); len(d.Categories) != 3 || d.Categories[2].Key != "kart" {
		t.Errorf("got %+v", d.Categories)
	}
	h.redraft(t, func(d *consent.Draft) { d.Services[1].Cookies[0].Category = "kart" })
	remove(apiCategories+"/kart").problem(t, http.StatusConflict, "category_used")
	h.redraft(t, func(d *consent.Draft) { d.Services[1].Cookies[0].Category = "" })
	read[api.Saved](t, remove(apiCategories+"/kart"))
	g.wantLast("api.draft.category.remove", "kart")
	remove(apiCategories+"/kart").problem(t, http.StatusNotFound, "unknown_address")
	g.get(apiCategories+"/kart").problem(t, http.StatusNotFound, "unknown_address")
	if d := h.draft(); jsonOf(t, d.Categories) != jsonOf(t, after.Categories) {
		t.Errorf("got %+v", d.Categories)
	}
}

// The reasons of what nobody is asked about are told with who has signed them, and one
// that nobody has written is told as missing.
func TestAPIExemptions(t *testing.T) {
	h := open(t)
	g := h.member("kari@example.no", consent.RoleViewer, skogen).program(t, consent.ScopeRead)
	const path = apiSite + "/exemptions"
	if none := read[api.Exemptions](t, g.get(path)); len(none.Exemptions) != 0 {
		t.Errorf("got %+v", none)
	}
	inventoryFixtures(t, h)
	got := g.get(path)
	all := read[api.Exemptions](t, got).Exemptions
	if len(all) != len(hostile)+1 || got.header.Get("ETag") != g.get(apiDraft).header.Get("ETag") {
		t.Fatalf("got %+v, %s", all, got.header.Get("ETag"))
	}
	if e := all[0]; e.Service != "odd" || e.Cookie != hostile[0] || e.Exemption == nil || e.Exemption.Ground != consent.ExemptRequested || e.Exemption.Reason[consent.Bokmaal] != "Trengs." || e.Exemption.Reviewer != "IT" || e.Exemption.Reviewed != "2026-01-02" {
		t.Errorf("got %+v", e)
	}
	if all[1].Exemption != nil {
		t.Errorf("got %+v", all[1])
	}
}

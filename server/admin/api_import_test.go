package admin_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// reads has a file read in, on the draft as it is now.
func (g *program) reads(content string, more ...string) answer {
	g.t.Helper()
	body, query := map[string]any{"content": content}, ""
	for i := 0; i+1 < len(more); i += 2 {
		switch more[i] {
		case "language":
			query = "?language=" + more[i+1]
		case "check":
			body["check"] = true
		default:
			body[more[i]] = more[i+1]
		}
	}
	text, err := json.Marshal(body)
	must(g.t, err)
	return g.call(http.MethodPost, apiSite+"/import"+query, string(text), "If-Match", g.get(apiDraft).header.Get("ETag"))
}

// A table is looked at first, and read in as the page does it.
func TestAPIImport(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	g := kari.program(t, consent.ScopeRead, consent.ScopeEdit)
	const table = "service,name,category,provider,lifetime_declared\nmaaler,_m,statistics,Måleren AS,P1Y\nmaaler,_n,,,P1D\ncounter,_x,,Telleren ASA,P1Y\n"
	first := g.get(apiDraft).header.Get("ETag")
	want := []string{"New service: maaler, in the category Statistics", "Service changed: The Counter", "New cookie: _m (maaler)"}
	looked := read[api.Imported](t, g.reads(table, "check", "yes"))
	for _, each := range want {
		if !slices.Contains(looked.Changes, each) {
			t.Errorf("%q is not told: %q", each, looked.Changes)
		}
	}
	if looked.Saved || !looked.Changed || g.get(apiDraft).header.Get("ETag") != first || len(g.trail()) != 0 {
		t.Errorf("what was only looked at is saved: %+v", looked)
	}
	if norwegian := read[api.Imported](t, g.reads(table, "check", "yes", "language", "nb")); !slices.Contains(norwegian.Changes, "Ny tjeneste: maaler, i kategorien Statistikk") {
		t.Errorf("got %q", norwegian.Changes)
	}
	got := g.reads(table)
	if done := read[api.Imported](t, got); !done.Saved || !slices.Equal(done.Changes, looked.Changes) || got.header.Get("ETag") != g.get(apiDraft).header.Get("ETag") {
		t.Errorf("got %+v", done)
	}
	g.wantLast("api.draft.import", "")
	if s := h.draft().Service("maaler"); s == nil || s.Provider.Name != "Måleren AS" || len(s.Cookies) != 2 {
		t.Errorf("got %+v", s)
	}
	if again := read[api.Imported](t, g.reads(table)); again.Saved || again.Changed || len(again.Changes) != 0 {
		t.Errorf("got %+v", again)
	}
	g.call(http.MethodPost, apiSite+"/import", `{"content": "x"}`, "If-Match", first).problem(t, http.StatusPreconditionFailed, "draft_changed")
	g.call(http.MethodPost, apiSite+"/import", `{"content": "x"}`).problem(t, http.StatusPreconditionRequired, "match_needed")
	g.reads(table, "scope", "some").faultsAt(t, "scope")
	g.reads(table+"\x00").faultsAt(t, "content")

	// Rows that cannot be taken of the Open Cookie Database are set aside.
	content := openCookieHeading + "1,Good,Analytics,_good,,Words,2 years,Good AS,,0\n2,Good,Weird,_weird,,,,,,0\n"
	done := read[api.Imported](t, g.reads(content))
	if !done.Saved || done.AsideRows != 1 || len(done.Aside) != 1 || done.Aside[0].Line != 3 || done.Aside[0].Code != "import_unknown_category" {
		t.Errorf("got %+v", done)
	}
	file := kari.get("/sites/skogen/export/inventory.json").body
	if same := read[api.Imported](t, g.reads(file)); same.Changed {
		t.Errorf("an inventory that was exported changes %q", same.Changes)
	}
}

// What is wrong with a file is told with its line and a code, and nothing is saved.
func TestAPIImportFaults(t *testing.T) {
	h := open(t)
	g := h.member("kari@example.no", consent.RoleEditor, skogen).program(t, consent.ScopeRead, consent.ScopeEdit)
	before := h.draft()
	for content, wants := range map[string]struct {
		code string
		line int
	}{
		" \n": {"import_empty", 0}, "<!DOCTYPE html>\n<html></html>": {"import_web_page", 0}, "Kjære kommune": {"import_not_yaml", 0},
		`{"site": "skogen", "services": [{"Key": 1}]}`:         {"import_inventory", 1},
		"{\"services\":\n[{\"key\": \"x\", \"nme\": {}}]}":     {"unknown_field", 2},
		"service,name\nmaaler,_m\n":                            {"import_service_no_category", 2},
		"service,name,odd\ncounter,_x,1\n":                     {"import_unknown_column", 1},
		"service,name\ncounter,_x\ncounter,_x\n":               {"import_twice", 3},
		"service,name,http_only\ncounter,_x,perhaps\n":         {"import_yes_or_no", 2},
		"service,name,lifetime_declared\ncounter,_x,y\n":       {"import_lifetime", 2},
		"service,name,kind\ncounter,_x,biscuit\n":              {"unknown_value", 2},
		"site:\n  key: skogen\n services: []\n":                {"import_not_yaml", 2},
		"{\"site\":\n{\"key\": \"skogen\"}\n\"services\": []}": {"import_not_yaml", 3},
		"site:\n  key: skogen\n  strange: 1\n":                 {"unknown_field", 3},
	} {
		told := g.reads(content, "language", "nn").problem(t, http.StatusUnprocessableEntity, "faults")
		if !slices.ContainsFunc(told.Faults, func(p consent.Problem) bool { return p.Code == wants.code && p.Line == wants.line && p.Message != "" }) {
			t.Errorf("%q: %s at line %d is not told: %+v", content, wants.code, wants.line, told.Faults)
		}
	}
	neighbour, err := config.FormatSite(example(t))
	must(t, err)
	if said := read[api.Imported](t, g.reads(string(neighbour), "check", "yes")); said.Scope != "services" || said.From != "gjerdrum" || len(said.Settings) != 0 {
		t.Errorf("got %+v", said)
	}
	told := g.reads(string(neighbour), "scope", "all").problem(t, http.StatusUnprocessableEntity, "faults")
	if told.Faults[0].Code != "import_other_site" {
		t.Errorf("got %+v", told.Faults)
	}
	if len(g.trail()) != 0 || jsonOf(t, h.draft()) != jsonOf(t, before) {
		t.Error("something was saved")
	}

	// How long answers hold is not changed by a key, and that is said.
	next := h.draft()
	next.Site.Name[consent.Bokmaal], next.Site.Validity = "Nye Skogen", "P12M"
	own, err := config.FormatSite(next)
	must(t, err)
	said := read[api.Imported](t, g.reads(string(own), "language", "nb"))
	if d := h.draft(); !said.Saved || d.Site.Name[consent.Bokmaal] != "Nye Skogen" || d.Site.Validity != before.Site.Validity {
		t.Errorf("got %+v, and the draft holds for %s", said, d.Site.Validity)
	}
	if len(said.Settings) != 1 || !slices.ContainsFunc(said.Warnings, func(l api.ImportLine) bool { return l.Code == "import_keeping" }) || !strings.Contains(jsonOf(t, said.Settings), "Nye Skogen") {
		t.Errorf("got %+v", said)
	}
	next = h.draft()
	next.Site.Name[consent.Bokmaal] = "Skogen 🎥"
	whole, err := config.FormatSiteJSON(next)
	must(t, err)
	read[api.Imported](t, g.reads(strings.ReplaceAll(string(whole), "🎥", `\ud83c\udfa5`)))
	if name := h.draft().Site.Name[consent.Bokmaal]; name != "Skogen 🎥" {
		t.Errorf("of a site file in JSON, %q is read", name)
	}
}

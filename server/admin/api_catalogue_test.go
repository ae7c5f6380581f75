package admin_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

const apiCatalogue = api.Base + "/catalogue"

// imports sends a file that is to become the catalogue.
func (g *program) imports(content, language string) answer {
	g.t.Helper()
	text, err := json.Marshal(map[string]string{"content": content, "language": language})
	must(g.t, err)
	return g.call(http.MethodPut, apiCatalogue, string(text))
}

// A program reads in the catalogue that the page shows, pages through it, and takes it
// away. Of a file that cannot be used nothing is taken, and each row says why.
func TestAPICatalogue(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	g := kari.program(t, consent.ScopeRead, consent.ScopeEdit)
	must(t, h.store.SetCatalogue(t.Context(), &consent.Catalogue{Organisation: havet, Imported: h.clock(), Importer: kari.id, Language: consent.English, Entries: []consent.CatalogueEntry{{Platform: "Counter", Name: "_havet", Match: consent.MatchExact}}}))
	if none := read[api.Catalogue](t, g.get(apiCatalogue)); none.Imported != nil || none.Entries != 0 || len(none.Cookies) != 0 || none.Next != nil {
		t.Errorf("got %+v", none)
	}
	rows := openRows + "5,,Analytics,_x,,,,,,0\n6,Counter,Analytics,_counter,,,,,,0\n"
	made := read[api.Catalogue](t, g.imports("\ufeff"+rows, "nb"))
	if made.Imported == nil || *made.Importer != int64(kari.id) || made.Language != consent.Bokmaal || made.Entries != 4 || made.Platforms != 2 || made.Refusals != 2 || len(made.Cookies) != 4 {
		t.Errorf("got %+v", made)
	}
	if want := []api.ImportLine{{Line: 7, Code: "catalogue_no_platform", Message: "_x: The service (Platform) is missing."}, {Line: 8, Code: "catalogue_twice", Message: "Counter – _counter: Stands in the file already."}}; fmt.Sprint(made.Refused) != fmt.Sprint(want) {
		t.Errorf("got %+v", made.Refused)
	}
	g.wantLast("api.catalogue.import", "4")
	kari.get(catalogueOfSkogen).shows(t, 200, "<dd>4</dd>", "<dd>2</dd>", "2 rader ble ikke tatt med")

	// The page before leads to the next one, and no cookie comes twice.
	var names []string
	for path := "?limit=3"; path != ""; {
		got := read[api.Catalogue](t, g.get(apiCatalogue+path))
		for _, c := range got.Cookies {
			names = append(names, c.Name)
		}
		if path = ""; got.Next != nil {
			path = "?limit=3&after=" + *got.Next
		}
	}
	if strings.Join(names, " ") != "_ga _gat_ _counter _count_.*_id" {
		t.Errorf("got %q", names)
	}
	if got := read[api.Catalogue](t, g.get(apiCatalogue+"?search=google")); len(got.Cookies) != 2 || got.Entries != 4 {
		t.Errorf("got %+v", got)
	}
	for query, field := range map[string]string{"?after=x": "after", "?after=0": "after", "?limit=501": "limit", "?search=" + strings.Repeat("a", 201): "search"} {
		g.get(apiCatalogue+query).faultsAt(t, field)
	}

	// A file that cannot be used changes nothing.
	told := g.imports(openHeading+"1,,Analytics,<script>alert(1)</script>,,,,,,0\n", "en").problem(t, http.StatusUnprocessableEntity, "faults")
	if len(told.Faults) != 2 || told.Faults[0].Code != api.BadCatalogue || told.Faults[1].Code != "catalogue_no_platform" || told.Faults[1].Line != 2 {
		t.Errorf("got %+v", told.Faults)
	}
	for _, content := range []string{"", "service,name\ncounter,_x\n", `{"a": 1}`, openHeading + "1,\"x\n"} {
		g.imports(content, "en").faultsAt(t, "content")
	}
	g.imports(openRows, "xx").faultsAt(t, "language")
	if c, err := h.store.Catalogue(t.Context(), skogen); err != nil || len(c.Entries) != 4 || c.Language != consent.Bokmaal {
		t.Errorf("the catalogue is %+v, %v", c, err)
	}

	if gone := read[api.Catalogue](t, g.call(http.MethodDelete, apiCatalogue, "")); gone.Imported != nil || gone.Entries != 0 {
		t.Errorf("got %+v", gone)
	}
	g.wantLast("api.catalogue.remove", "")
	acts := len(g.trail())
	if g.call(http.MethodDelete, apiCatalogue, "").shows(t, http.StatusOK); len(g.trail()) != acts {
		t.Errorf("the trail tells of what was not there: %+v", g.trail())
	}
	kari.get(catalogueOfSkogen).shows(t, 200, "ingen katalog ennå")
	if theirs, err := h.store.Catalogue(t.Context(), havet); err != nil || len(theirs.Entries) != 1 {
		t.Errorf("another's catalogue is %+v, %v", theirs, err)
	}
}

// The files of a draft are those of the page, byte for byte, and are read back with the
// tag that they came with.
func TestAPIDraftFiles(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	g := kari.program(t, consent.ScopeRead, consent.ScopeEdit)
	tag := g.get(apiDraft).header.Get("ETag")
	for form, file := range map[string]string{"": "inventory.csv", "?form=csv": "inventory.csv", "?form=json": "inventory.json", "?form=yaml": "site.yaml", "?form=open": "open-cookie-database.csv"} {
		got, page := g.get(apiDraft+"/export"+form), kari.get("/sites/skogen/export/"+file)
		if got.status != http.StatusOK || got.body != page.body || got.body == "" || got.header.Get("ETag") != tag {
			t.Errorf("%q: got %d with %d bytes and the tag %q, the page has %d bytes", form, got.status, len(got.body), got.header.Get("ETag"), len(page.body))
		}
		for _, name := range []string{"Content-Type", "Content-Disposition"} {
			if got.header.Get(name) != page.header.Get(name) {
				t.Errorf("%q: %s is %q, that of the page %q", form, name, got.header.Get(name), page.header.Get(name))
			}
		}
	}
	if got := g.get(apiDraft+"/export", "If-None-Match", tag); got.status != http.StatusNotModified {
		t.Errorf("got %d", got.status)
	}
	g.get(apiDraft+"/export?form=exe").faultsAt(t, "form")
	file := g.get(apiDraft + "/export?form=csv")
	body, err := json.Marshal(map[string]string{"content": file.body})
	must(t, err)
	if back := read[api.Imported](t, g.call(http.MethodPost, apiSite+"/import", string(body), "If-Match", file.header.Get("ETag"))); back.Changed {
		t.Errorf("what was taken out is another draft: %+v", back)
	}
	if _, problems, err := config.ParseSite([]byte(g.get(apiDraft + "/export?form=yaml").body)); err != nil || len(problems.Faults()) > 0 {
		t.Errorf("%v, %v", problems, err)
	}
}

// Placeholders that few have opened are no number in the chart for programs either.
func TestAPIPlaceholdersOfFew(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	for ago := range 40 {
		h.answers(t, no(9, ago))
	}
	h.answers(t, decided{n: 3, ago: 20, method: consent.PlaceholderOnce, layer: consent.LayerPlaceholder, state: consent.StatePartlyGiven},
		decided{n: 8, ago: 20, method: consent.PlaceholderAlways, layer: consent.LayerPlaceholder, state: consent.StatePartlyGiven})
	const days = "?from=2026-01-25&to=2026-03-02"
	got := read[api.Figures](t, boss.program(t, consent.ScopeLog).get(apiSite+"/figures/placeholders"+days))
	if len(got.Rows) != 2 || got.Rows[0].Counts != nil || got.Covers == nil {
		t.Errorf("got %+v", got)
	}
	boss.get("/sites/skogen/figures/placeholders.csv"+days).shows(t, http.StatusOK, "Vis én gang,For få til å vises for seg")
}

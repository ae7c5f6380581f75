package admin_test

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

const withSemicolons = "separator=semicolon"

// cellsOf reads a table that a spreadsheet program reads, by what is between its cells.
func cellsOf(t *testing.T, a answer, comma rune) [][]string {
	t.Helper()
	body, marked := strings.CutPrefix(a.body, "\ufeff")
	if a.status != http.StatusOK || comma == ';' && !marked {
		t.Fatalf("answered %d, with a byte order mark: %t, %.300s", a.status, marked, a.body)
	}
	reader := csv.NewReader(strings.NewReader(body))
	reader.Comma = comma
	rows, err := reader.ReadAll()
	must(t, err)
	if len(rows) == 0 || len(rows[0]) < 2 {
		t.Fatalf("there are no columns in %.300q, %v", body, a.header)
	}
	return rows
}

// Every table that the pages and the API give comes with semicolons when that is asked
// for, cell for cell as with commas, and the pages link to it.
func TestTablesForExcel(t *testing.T) {
	h := open(t)
	knownMonth(t, h)
	h.edit(func(d *consent.Draft) { d.Services[0].Provider.Name = "Ås; Øya, AS" })
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	g := kari.program(t, consent.ScopeRead, consent.ScopeExport, consent.ScopeAudit)
	same := func(name string, commas, semicolons answer) {
		t.Helper()
		if got, want := cellsOf(t, semicolons, ';'), cellsOf(t, commas, ','); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: with semicolons %.600q, with commas %.600q", name, got, want)
		}
	}
	for page, files := range map[string][]string{
		"/sites/skogen/export":  {"/sites/skogen/export/inventory.csv?", "/sites/skogen/export/open-cookie-database.csv?", "/sites/skogen/export/record.csv?"},
		"/sites/skogen/figures": {"/sites/skogen/figures/languages.csv?", "/sites/skogen/figures/placeholders.csv?"},
	} {
		shown := kari.get(page).body
		for _, file := range files {
			if !strings.Contains(shown, file) || !strings.Contains(shown, withSemicolons) {
				t.Errorf("%s has no link to %s%s", page, file, withSemicolons)
			}
			same(file, kari.get(file), kari.get(file+withSemicolons))
		}
	}
	for _, path := range []string{"/sites/skogen/log/export", "/organisations/skogen/trail/export"} {
		same(path, kari.post(path, "form", "csv"), kari.post(path, "form", "csv", "separator", "semicolon"))
	}
	same("public", kari.post("/sites/skogen/log/export", "form", "public"), kari.post("/sites/skogen/log/export", "form", "public", "separator", "semicolon"))
	for _, path := range []string{apiSite + "/log/export?", apiSite + "/log/export?form=public&", apiSite + "/draft/export?", apiSite + "/draft/export?form=open&", apiSite + "/record?form=csv&"} {
		same(path, g.get(path), g.get(path+withSemicolons))
	}
	cellsOf(t, g.get("/api/v1/trail/export?"+withSemicolons), ';') // the trail has grown by the other

	kari.get("/sites/skogen/export/site.yaml?"+withSemicolons).shows(t, http.StatusNotFound)
	kari.get("/sites/skogen/export/inventory.csv?separator=x").shows(t, http.StatusNotFound)
	kari.post("/sites/skogen/log/export", "form", "csv", "separator", "x").shows(t, http.StatusUnprocessableEntity, `id="separator-wrong"`)
	for _, path := range []string{apiSite + "/log/export?form=jsonl&", apiSite + "/draft/export?form=yaml&", apiSite + "/record?", apiSite + "/log/export?separator=x&"} {
		g.get(path+withSemicolons).faultsAt(t, "separator")
	}
	kari.get("/help?q="+url.QueryEscape("Excel semikolon")).shows(t, http.StatusOK, "/help/excel")
}

// What comes back from a spreadsheet is read: with semicolons, tabs, the line that Excel
// looks for, and columns left over to the right.
func TestTablesFromExcel(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	for name, content := range map[string]string{
		"tabs":                "service\tname\tpurpose_nb\ncounter\t_ny\t\"Teller, og; mer\"\n",
		"sep=;":               "sep=;\r\nservice;name;purpose_nb\r\ncounter;_ny;\"Teller, og; mer\"\r\n",
		"sep with quotes":     "\"sep=;\"\nservice;name;purpose_nb\ncounter;_ny;\"Teller, og; mer\"\n",
		"sep=tab":             "SEP=\t\nservice\tname\tpurpose_nb\ncounter\t_ny\tTeller, og; mer\n",
		"left over columns":   "service;name;purpose_nb;;;\ncounter;_ny;\"Teller, og; mer\";;;\n;;;;;\n",
		"left over by commas": "service,name,purpose_nb,,\ncounter,_ny,\"Teller, og; mer\",,\n",
	} {
		h.edit(func(d *consent.Draft) { d.Services = h.draft().Services })
		got := kari.post(importPath, "content", content)
		got.shows(t, http.StatusOK, "Ny informasjonskapsel: _ny (Telleren)")
		if t.Failed() {
			t.Fatalf("%s", name)
		}
	}
	kari.imports(t, importPath, "service\tname\tpurpose_nb\ncounter\t_ny\t\"Teller, og; mer\"\n")
	cookies := h.draft().Service("counter").Cookies
	if purpose := cookies[len(cookies)-1].Purpose[consent.Bokmaal]; purpose != "Teller, og; mer" {
		t.Errorf("the purpose is %q", purpose)
	}
	for content, says := range map[string]string{
		"service;name;name\ncounter;a;b\n":                   "Kolonnen «name» står to ganger.",
		"service;name;;\ncounter;_a;;\ncounter;_b;;mistet\n": "Det står noe i kolonne 4, som ikke har noe navn.",
		"sep=;\nservice;name;reson\ncounter;_a;x\n":          "Det finnes ingen kolonne «reson».",
		"service;name\ncounter;_a;utenfor\n":                 "Det står noe i kolonne 3, som ikke har noe navn.",
	} {
		got := kari.post(importPath, "content", content)
		got.shows(t, http.StatusUnprocessableEntity, says)
		if n := strings.Count(got.body, says); n != 1 {
			t.Errorf("%q is told %d times", says, n)
		}
	}
	kari.post(importPath, "content", "sep=;\nservice;name;reson\n").shows(t, http.StatusUnprocessableEntity, "</span>2</th>")
}

// An inventory with cells that look like formulas, or as if something was done to them
// already, is the same when it comes back, also from Excel's form of it.
func TestHostileCellsComeBack(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	for _, text := range []string{"'=already", "''=twice", "=1+1", "'quoted'", "a;'=b", "a; =b", "-12", "'-12", " spaced ", "; ", "@x", "'", `"'="`} {
		h.edit(func(d *consent.Draft) {
			d.Services[0].Provider.Name = text
			d.Services[0].Purpose = consent.Text{consent.Bokmaal: text}
		})
		for _, file := range []string{"inventory.csv", "inventory.csv?" + withSemicolons} {
			table := kari.get("/sites/skogen/export/" + file).body
			kari.post(importPath, "content", table).shows(t, http.StatusOK, "Filen sier det samme som kladden")
		}
		table := kari.get("/sites/skogen/export/inventory.csv").body
		h.edit(func(d *consent.Draft) { d.Services[0].Provider.Name = "another" })
		kari.imports(t, importPath, table)
		if got := h.draft().Services[0].Provider.Name; got != strings.TrimSpace(text) {
			t.Errorf("%q comes back as %q", text, got)
		}
	}
}

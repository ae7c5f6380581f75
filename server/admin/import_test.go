package admin_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

const importPath = "/sites/skogen/import"

// imports has a file checked and saved.
func (p *person) imports(t *testing.T, path, content string) {
	t.Helper()
	checked := p.post(path, "content", content)
	p.post(path, "content", content, "save", "yes", "was", checked.was(t)).leads(t, strings.TrimSuffix(path, "import")+"inventory?done=imported")
}

// example is the inventory of the example, which has of everything.
func example(t *testing.T) *consent.Draft {
	t.Helper()
	file, err := os.ReadFile("../../examples/gjerdrum/site.yaml")
	must(t, err)
	draft, _, err := config.ParseSite(file)
	must(t, err)
	return draft
}

// An inventory that is exported as a table, and read in where there is none, is the
// same there.
func TestTableStartsAnInventory(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen, havet)
	full := example(t)
	full.Services = append(full.Services, consent.Service{
		Key: "alone", Name: consent.Text{consent.Bokmaal: "=Alene"}, Category: full.Categories[1].Key, Ask: consent.AskBanner, Basis: consent.BasisConsent,
		Cookies: []consent.Cookie{}, Notes: []string{"uten informasjonskapsler"}, Security: consent.Text{consent.Bokmaal: "Sikret."},
	})
	for _, site := range []consent.SiteKey{"skogen", "havet"} {
		draft, err := h.store.Draft(t.Context(), site)
		must(t, err)
		draft.Site.Languages, draft.Categories, draft.Services = full.Site.Languages, full.Categories, nil
		if site == "skogen" {
			draft.Services = full.Services
		}
		must(t, h.store.SaveDraft(t.Context(), *draft, storagetest.Morning))
	}
	table := kari.get("/sites/skogen/export/inventory.csv").body
	kari.post("/sites/havet/import", "content", table).shows(t, 200, "Ny tjeneste: =Alene", "Ny tjeneste: Billett")
	kari.imports(t, "/sites/havet/import", table)
	got, err := h.store.Draft(t.Context(), "havet")
	must(t, err)
	is, was := inventoryOf(t, got), inventoryOf(t, h.draft())
	if is != was {
		for n, line := range strings.Split(was, "\n") {
			if lines := strings.Split(is, "\n"); n >= len(lines) || lines[n] != line {
				t.Fatalf("line %d was %q", n, line)
			}
		}
		t.Fatal("there is more than there was")
	}
	kari.post("/sites/havet/import", "content", table).shows(t, 200, "Filen sier det samme som kladden")
}

// inventoryOf gives the services of a draft in words.
func inventoryOf(t *testing.T, d *consent.Draft) string {
	t.Helper()
	text, err := config.FormatSite(&consent.Draft{Services: d.Services})
	must(t, err)
	return string(text)
}

// A row makes the service that it names.
func TestRowMakesAService(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	content := "service,name,category,provider,lifetime_declared\nmaaler,_m,statistics,Måleren AS,P1Y\nmaaler,_n,,,P1D\ncounter,_x,,Telleren ASA,P1Y\n"
	kari.post(importPath, "content", content).shows(t, 200, "Ny tjeneste: maaler", "Ny informasjonskapsel: _n (maaler)", "Tjeneste endret: Telleren")
	kari.imports(t, importPath, content)
	d := h.draft()
	s := d.Service("maaler")
	if s == nil || s.Provider.Name != "Måleren AS" || s.Category != consent.Statistics || s.Ask != consent.AskBanner || len(s.Cookies) != 2 || s.Cookies[0].Category != "" {
		t.Errorf("got %+v", s)
	}
	if name := d.Service("counter").Provider.Name; name != "Telleren ASA" {
		t.Errorf("the provider is %q", name)
	}
}

// What cannot be taken of the Open Cookie Database is set aside, with its line and
// the reason; the rest is taken.
func TestBadRowsAreSetAside(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	content := openCookieHeading +
		"1,Good,Analytics,_good,,Words,2 years,Good AS,,0\n" +
		"2,Good,Analytics,to ord,,Words,2 years,Good AS,,0\n" +
		"3,Good,Weird,_weird,,,,,,0\n" +
		"4,Good,Functional,_lacking,,,,,,0\n5,Good,Functional,_lacking2,,,,,,0\n" +
		"6,Good,Analytics,_long,," + strings.Repeat("lang tekst ", 200) + ",,,,0\n" +
		"7," + strings.Repeat("Navn ", 60) + ",Analytics,_a,,,,,,0\n8," + strings.Repeat("Navn ", 60) + ",Analytics,_b,,,,,,0\n"
	checked := kari.post(importPath, "content", content)
	checked.shows(t, 200, "7 rader blir ikke med", "Ny tjeneste: Good", "to ord i Good, navnemønster › navn: Navnet kan ikke brukes", "Weird", "Kladden har ingen kategori functional")
	for _, line := range []int{3, 4, 5, 7, 8, 9} {
		checked.shows(t, 200, fmt.Sprintf("</span>%d</th>", line))
	}
	if strings.Contains(checked.body, "</span>6</th>") {
		t.Error("what the draft lacks is told twice")
	}
	kari.post(importPath, "content", content+"9,Good,Analytics,_q\"x,,,,,,0\n").shows(t, 200, "8 rader blir ikke med", "</span>10</th>", "ikke gyldig CSV")
	kari.post(importPath, "content", content+"9,Good,Analytics,_x,,\"Words\n").shows(t, 422, "ikke gyldig CSV", "10")
	kari.post(importPath, "content", openCookieHeading+"1,Good,Analytics,_q\"x,,,,,,0\n").shows(t, 422, "ikke gyldig CSV")
	kari.imports(t, importPath, content)
	d := h.draft()
	if s := d.Services[2]; len(d.Services) != 3 || s.Key != "good" || len(s.Cookies) != 1 || s.Cookies[0].Pattern.Name != "_good" {
		t.Errorf("got %+v", d.Services[2:])
	}
}

// A file of another kind is told in one sentence, in the reader's language, with
// what is expected; nothing English, and no path as programs write it.
func TestFileOfAnotherKind(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	english := regexp.MustCompile(`lang="en"|expected|There is|services[.\[]`)
	for content, says := range map[string]string{
		"<!DOCTYPE html>\n<html><body>Hei</body></html>":     "Dette er en nettside",
		`{"name": "prosjekt", "version": 1, "list": [1, 2]}`: "Dette er ingen fil som kan leses inn",
		`[1, 2, 3]`:                                             "et inventar (JSON)",
		"Kjære kommune,\n\nher er brevet.":                      "Dette er ingen fil som kan leses inn",
		"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>":               "Dette er ingen fil som kan leses inn",
		"navn;alder\nKari;40\n":                                 "Dette ser ut som en tabell, men ingen av kolonnene heter service. Øverst står: navn, alder.",
		`{"site": "skogen", "services": [{"Key": {"a": "b"}}]}`: "Dette ser ut som et inventar",
		"{\"site\": \"skogen\", \"services\": [{\"key\": \"film\", \"cookies\": [\n{\"pattern\": {\"name\": \"_f\"}, \"lifetme\": {}}]}]}": "Informasjonskapselen _f i film: Det finnes ikke noe felt «lifetme» her",
		"{\"site\": \"skogen\", \"services\": [],\n\n\"strange\": 1}":                                                                      "</span>3</th><td><span>Det finnes ikke noe felt «strange» her",
		"services:\n  - key: x\n    cookies:\n      - lifetime: 3\n        strange: 1\n":                                                   "Det finnes ikke noe felt «strange» her",
	} {
		got := kari.post(importPath, "content", content)
		got.shows(t, 422, says)
		_, alert, _ := strings.Cut(got.body, `role="alert"`)
		alert, _, _ = strings.Cut(alert, "</section>")
		if found := english.FindString(alert); found != "" {
			t.Errorf("%s: the page says %q:\n%s", content, found, alert)
		}
	}
	kari.get(importPath).shows(t, 200, "(YAML eller JSON)", ".json")
}

// A neighbour's site file gives its services alone, unless somebody asks for more.
func TestNeighboursFile(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	theirs := example(t)
	file, err := config.FormatSite(theirs)
	must(t, err)
	before := h.draft()
	content := string(file)
	checked := kari.post(importPath, "content", content)
	checked.shows(t, 200, "Filen er fra et annet nettsted (gjerdrum)", `value="services" checked`, "Tjeneste fjernet: Telleren", "Ny tjeneste: Kommunekart")
	if strings.Contains(checked.body, "Nettstedets egne innstillinger</h3>") {
		t.Error("settings are said to change")
	}
	kari.post(importPath, "content", content, "scope", "all").shows(t, 422, "annet nettsted (gjerdrum)", `value="all" checked`)
	kari.post(importPath, "content", content, "scope", "services", "save", "yes", "was", checked.was(t)).leads(t, "/sites/skogen/inventory?done=imported")
	after := h.draft()
	if jsonOf(t, after.Services) != jsonOf(t, theirs.Services) || jsonOf(t, after.Categories) != jsonOf(t, theirs.Categories) {
		t.Error("the services are not theirs")
	}
	if jsonOf(t, []any{after.Site, after.Contacts, after.Organisation}) != jsonOf(t, []any{before.Site, before.Contacts, before.Organisation}) {
		t.Error("the settings are not as they were")
	}
}

// What a site file says of the site itself is told, old and new.
func TestSettingsAreTold(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	next := h.draft()
	next.Site.Name[consent.Bokmaal] = "Nye Skogen"
	next.Site.Origins = []string{"https://nye.skogen.example"}
	next.Site.Look.Radius = 7
	file, err := config.FormatSite(next)
	must(t, err)
	content := string(file)
	kari.post(importPath, "content", content).shows(t, 200, "<del>Skogen kommune</del>", "<ins>Nye Skogen</ins>", "<ins>https://nye.skogen.example</ins>", "<ins>7</ins>", `value="all" checked`)
	if got := kari.post(importPath, "content", content, "scope", "services"); !strings.Contains(got.body, "Filen sier det samme som kladden") {
		t.Error("the services alone change something")
	}
}

// The inventory (JSON) is read back, also by another site.
func TestInventoryFileIsReadBack(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen, havet)
	h.edit(func(d *consent.Draft) { d.Services[0].Notes = []string{"kladd"} })
	file := kari.get("/sites/skogen/export/inventory.json").body
	kari.post(importPath, "content", file).shows(t, 200, "Filen sier det samme som kladden")
	kari.imports(t, "/sites/havet/import", file)
	got, err := h.store.Draft(t.Context(), "havet")
	must(t, err)
	if jsonOf(t, got.Services) != jsonOf(t, h.draft().Services) {
		t.Error("the services are others")
	}
}

// A table of another site, whose categories this one lacks, is refused with the name of
// each, once.
func TestLackingCategoryIsNamed(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	content := "service,service_category,name,category\nskjema,functional,a,\nkart,functional,b,\nvideo,video,c,\ncounter,,d,social\n"
	got := kari.post(importPath, "content", content)
	got.shows(t, 422, "Kladden har ingen kategori functional (Funksjonelle). Legg den til først.", `href="/sites/skogen/new-category"`, "Kladden har ingen kategori video.", "Kladden har ingen kategori social.")
	if n := strings.Count(got.body, "functional (Funksjonelle). Legg den til"); n != 1 {
		t.Errorf("the same category is told of %d times", n)
	}
	if strings.Contains(got.body, "Velg en av kategoriene") {
		t.Error("the page does not say which category")
	}
}

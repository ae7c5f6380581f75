package admin_test

import (
	"fmt"
	"os"
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
	const heading = "ID,Platform,Category,Cookie / Data Key name,Domain,Description,Retention period,Data Controller,User Privacy & GDPR Rights Portals,Wildcard match\n"
	content := heading +
		"1,Good,Analytics,_good,,Words,2 years,Good AS,,0\n" +
		"2,Good,Analytics,to ord,,Words,2 years,Good AS,,0\n" +
		"3,Good,Weird,_weird,,,,,,0\n" +
		"4,Good,Functional,_lacking,,,,,,0\n5,Good,Functional,_lacking2,,,,,,0\n" +
		"6,Good,Analytics,_long,," + strings.Repeat("lang tekst ", 200) + ",,,,0\n" +
		"7," + strings.Repeat("Navn ", 60) + ",Analytics,_a,,,,,,0\n8," + strings.Repeat("Navn ", 60) + ",Analytics,_b,,,,,,0\n"
	checked := kari.post(importPath, "content", content)
	checked.shows(t, 200, "7 rader blir ikke med", "Ny tjeneste: Good", "to ord: Navnet kan ikke brukes", "Weird", "Kladden har ingen kategori functional")
	for _, line := range []int{3, 4, 5, 7, 8, 9} {
		checked.shows(t, 200, fmt.Sprintf("</span>%d</th>", line))
	}
	kari.imports(t, importPath, content)
	d := h.draft()
	if s := d.Services[2]; len(d.Services) != 3 || s.Key != "good" || len(s.Cookies) != 1 || s.Cookies[0].Pattern.Name != "_good" {
		t.Errorf("got %+v", d.Services[2:])
	}
}

package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// What will keep the draft from being published is counted and told by kind before a file
// is saved, and it is as many faults as the page of publishing has afterwards.
func TestImportSaysWhatWillBlock(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	h.edit(func(d *consent.Draft) { d.Services = d.Services[:1] })
	before := len(h.draft().ValidateOn(0).Faults())
	content := openCookieHeading + "1,Ny,Analytics,_ny,,Words,2 years,,,0\n2,Ny,Analytics,_ny2,,Words,2 years,,,0\n3,Annen,Analytics,_annen,,Words,2 years,,,0\n"
	page := kari.post(importPath, "content", content)
	page.shows(t, 200, "feil hindrer publisering når dette er lagret", "2 × </strong><span>Selskapet bak tjenesten er ikke navngitt.", "Tjenesten Ny, ", "Se hvilke linjer i filen")
	said := read[api.Imported](t, kari.program(t, consent.ScopeRead, consent.ScopeEdit).reads(content, "check", "yes"))
	kari.imports(t, importPath, content)
	now := len(h.draft().ValidateOn(0).Faults())
	if said.Blocks != now-before || said.Blocks < 6 {
		t.Errorf("%d faults are told of, and %d came", said.Blocks, now-before)
	}
	times := 0
	for _, kind := range said.Blocked {
		times += kind.Times
	}
	if times != said.Blocks {
		t.Errorf("the kinds have %d, and it is %d in all", times, said.Blocks)
	}
	fine := "service,name,purpose_nb,purpose_en,lifetime_declared\ncounter,_hel,Teller.,Counts.,1 år\n"
	if got := kari.post(importPath, "content", fine); strings.Contains(got.body, "hindrer publisering") || got.status != 200 {
		t.Errorf("status %d, and something is said to block publishing", got.status)
	}
}

// A table with headings of its own is told what they are to be, and given one to begin
// with.
func TestTableOfUnknownColumnsIsHelped(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	page := kari.post(importPath, "content", "Tjeneste;Navn;Formål\nMatomo;_pk_id;Teller\n")
	page.shows(t, 422, "ser ut som en tabell", "Tjeneste, Navn, Formål", "service (tjenestens kortnavn)", `href="/sites/skogen/export/inventory.csv?separator=semicolon"`)
	kari.get("/sites/skogen/export/inventory.csv?separator=semicolon").shows(t, 200, "service;name;")
	for _, other := range []string{"Kjære kommune", "Kjære kommune, vi takker\nfor sist", "site: {a: 1, b: 2}\n"} {
		if got := kari.post(importPath, "content", other); got.status != 422 || strings.Contains(got.body, "ser ut som en tabell") {
			t.Errorf("%q: status %d, or it is taken for a table", other, got.status)
		}
	}
}

// A service gets its key of its name when none is written, and another one when that is
// taken.
func TestServiceGetsItsKeyOfItsName(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	const path = "/sites/skogen/new-service"
	form := kari.get(path).form(t)
	kari.save(path, form, "key", "", "name.nb", "Årets Måler 4").leads(t, "/sites/skogen/services/arets-maler-4?done=service_added")
	kari.save(path, form, "key", "", "name.nb", "Årets måler 4").leads(t, "/sites/skogen/services/arets-maler-4-2?done=service_added")
	kari.save(path, form, "key", "", "name.nb", "北京").shows(t, 422, "Skriv 1 til 40 tegn")
	kari.save(path, form, "key", "arets-maler-4", "name.nb", "Annet").shows(t, 422, "Det finnes allerede en tjeneste med dette kortnavnet")
	if s := h.draft().Service("arets-maler-4-2"); s == nil || s.Name[consent.Bokmaal] != "Årets måler 4" {
		t.Errorf("got %+v", s)
	}
}

// Where no lifetime is declared, what others say of it differs from nothing.
func TestNothingDeclaredDiffersFromNothing(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	h.edit(func(d *consent.Draft) {
		for i := range d.Services {
			for j := range d.Services[i].Cookies {
				d.Services[i].Cookies[j].Lifetime = consent.Lifetimes{Declared: "P1D", Vendor: "P2D"}
			}
		}
	})
	kari.get("/sites/skogen/inventory").shows(t, 200, "avviker")
	h.edit(func(d *consent.Draft) {
		for i := range d.Services {
			for j := range d.Services[i].Cookies {
				d.Services[i].Cookies[j].Lifetime.Declared = ""
			}
		}
	})
	if got := kari.get("/sites/skogen/inventory"); strings.Contains(got.body, "avviker") || !strings.Contains(got.body, "2 dager") {
		t.Error("the vendor's lifetime is said to differ from one that nobody has declared")
	}
	h.edit(func(d *consent.Draft) { d.Services = d.Services[:1] })
	kari.get("/sites/skogen/inventory").shows(t, 200, "Viser én tjeneste.")
}

// Nothing beside a file shows what may stand in it: what was written that is none of the
// choices is told, and what those are.
func TestImportNamesTheChoices(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	for lang, want := range map[consent.Language]string{
		consent.Bokmaal: "«biscuit» finnes ikke her. Velg en av: cookie, ", consent.Nynorsk: "«biscuit» finst ikkje her. Vel ein av: cookie, ", consent.English: "There is no “biscuit” here. Choose one of: cookie, ",
	} {
		kari.speaks(t, lang)
		kari.post("/sites/skogen/import", "content", "service,name,kind\ncounter,_x,biscuit\n").shows(t, http.StatusUnprocessableEntity, want)
	}
}

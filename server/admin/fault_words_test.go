package admin_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// speaks makes a person read the pages in a language.
func (p *person) speaks(t *testing.T, lang consent.Language) {
	t.Helper()
	account := p.account(t)
	account.Language = lang
	must(t, p.store.ChangeAccount(t.Context(), account))
}

// Two lifetimes that differ are both told, in words of the reader's language, where the
// draft is published, beside the field and to programs.
func TestLifetimesThatDifferAreBothTold(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RolePublisher, skogen)
	h.edit(func(d *consent.Draft) {
		d.Services[1].Cookies[0].Lifetime = consent.Lifetimes{Declared: "P2Y", Vendor: "P1000D", Observed: "P3Y"}
	})
	for lang, want := range map[consent.Language][]string{
		consent.Bokmaal: {"Oppgitt: 2 år. Leverandøren sier: 1000 dager.", "Oppgitt: 2 år. Målt på nettstedet: 3 år."},
		consent.Nynorsk: {"Oppgitt: 2 år. Leverandøren seier: 1000 dagar.", "Oppgitt: 2 år. Målt på nettstaden: 3 år."},
		consent.English: {"Stated: 2 years. The provider says: 1000 days.", "Stated: 2 years. Measured on the site: 3 years."},
	} {
		kari.speaks(t, lang)
		page := kari.get("/sites/skogen/publish")
		page.shows(t, 200, want...)
		if strings.Contains(page.body, "P1000D") {
			t.Errorf("in %s the page has a lifetime in code", lang)
		}
	}
	told := kari.program(t, consent.ScopeRead).get(apiDraft + "/problems").body
	if !strings.Contains(told, "The lifetimes differ. Stated: 2 years. The provider says: 1000 days.") || strings.Contains(told, "says P1000D") {
		t.Errorf("a program is told %s", told)
	}
}

// A name with what nobody sees is refused with that reason.
func TestHiddenCharactersInTheNameOfASiteAreTold(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	page := boss.post("/organisations/skogen/sites/new", "name", "Kultur\u202ehuset", "key", "kultur", "origin", "https://kultur.example", "languages", "nb")
	page.shows(t, http.StatusUnprocessableEntity, `href="#name"`, "tegn som ingen ser")
	if strings.Contains(page.body, "ikke lengre enn 200 tegn") {
		t.Error("the page gives another reason, too")
	}
	long := boss.post("/organisations/skogen/sites/new", "name", strings.Repeat("a", 201), "key", "kultur", "origin", "https://kultur.example", "languages", "nb")
	long.shows(t, http.StatusUnprocessableEntity, "ikke lengre enn 200 tegn")
}

// A warning about a line of a table says which thing and which field it is about.
func TestWarningsOfATableNameWhatTheyAreAbout(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	const path = "/sites/skogen/import"
	kari.post(path, "content", "service,name,purpose_nb,lifetime_declared,lifetime_vendor\ncounter,_bare,Teller.,2 år,1000 dager\n").shows(t, 200,
		"Informasjonskapselen _bare i Telleren, formål (engelsk): ", "Informasjonskapselen _bare i Telleren, levetid › ifølge leverandøren: Oppgitt: 2 år. Leverandøren sier: 1000 dager.")
	kari.post(path, "content", "service,name,category\ncounter,_gal,finnes-ikke\n").shows(t, 422, "Kladden har ingen kategori finnes-ikke.")
	kari.post(path, "content", openCookieHeading+"1,Tester,Analytics,abc,,Words,some time,Tester AS,,0\n").shows(t, 200,
		"Informasjonskapselen abc i Tester: «some time» er ikke én nøyaktig levetid.", "Informasjonskapselen abc i Tester, formål (bokmål): ")
}

// What a file changes of things that stay is shown field by field before it is saved, and
// how many things are not.
func TestImportShowsEachFieldThatChanges(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	h.edit(func(d *consent.Draft) {
		for i := range 210 {
			c := d.Services[0].Cookies[0]
			c.Pattern.Name = fmt.Sprintf("many%03d", i)
			d.Services[0].Cookies = append(d.Services[0].Cookies, c)
		}
	})
	few := "service,name,purpose_nb,set_by\ncounter,many000,Ny tekst.,skript.js\ncounter,ny,Helt ny.,\n"
	page := kari.post("/sites/skogen/import", "content", few)
	page.shows(t, 200, "Se hva som blir endret, felt for felt", "Formål (bokmål): <del>", "<ins>Ny tekst.</ins>", "<ins>skript.js</ins>")
	if strings.Contains(page.body, "<ins>Helt ny.</ins>") {
		t.Error("what is new is told field by field, too")
	}
	g := kari.program(t, consent.ScopeRead, consent.ScopeEdit)
	said := read[api.Imported](t, g.reads(few, "check", "yes"))
	if len(said.Fields) != 1 || len(said.Fields[0].Lines) != 2 || said.MoreFields != 0 || !slices.ContainsFunc(said.Fields[0].Lines, func(f api.ChangedField) bool { return f.New != nil && *f.New == "skript.js" }) {
		t.Errorf("got %+v", said.Fields)
	}
	var many strings.Builder
	many.WriteString("service,name,set_by\n")
	for i := range 210 {
		fmt.Fprintf(&many, "counter,many%03d,skript.js\n", i)
	}
	kari.post("/sites/skogen/import", "content", many.String()).shows(t, 200, "<ins>skript.js</ins>", "… og 10 til")
	if said := read[api.Imported](t, g.reads(many.String(), "check", "yes")); len(said.Fields) != 200 || said.MoreFields != 10 {
		t.Errorf("%d things, and %d more", len(said.Fields), said.MoreFields)
	}
}

// Of a long text the part is shown that is another.
func TestChangeAtTheEndOfALongTextIsShown(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	kari := h.member("kari@example.no", consent.RolePublisher, skogen)
	long := strings.Repeat("Forklaringen er lang og sier mye. ", 15)
	h.redraft(t, func(d *consent.Draft) { d.Services[0].Purpose[consent.Bokmaal] = long + "Slutten er slik." })
	h.publish(t)
	h.redraft(t, func(d *consent.Draft) { d.Services[0].Purpose[consent.Bokmaal] = long + "Slutten er annerledes." })
	kari.get("/sites/skogen/publish").shows(t, 200, "sier mye. Slutten er slik.</del>", "sier mye. Slutten er annerledes.</ins>")
}

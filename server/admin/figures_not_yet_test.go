package admin_test

import (
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// Of a site that is not published, or that no page has reported of, figures and
// findings say why there are none and what comes next. They do not say that all is well.
func TestNothingYet(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	site := kari.newSite(t)
	for lang, words := range map[consent.Language][2]string{
		consent.Bokmaal: {"ikke publisert ennå", "Ingen side har meldt fra ennå"},
		consent.Nynorsk: {"ikkje publisert enno", "Inga side har meldt frå enno"},
		consent.English: {"not published yet", "No page has reported yet"},
	} {
		must(t, h.store.SetProfile(t.Context(), kari.id, "Kari Nordmann", lang))
		for _, page := range []string{"/figures", "/findings"} {
			kari.get(site+page).saysOnly(t, words[0], `<a class="button secondary" href="`+site+`/publish">`)
			kari.get("/sites/skogen"+page).saysOnly(t, words[1], `<a class="button secondary" href="/sites/skogen#script">`)
		}
	}
	must(t, h.store.SetProfile(t.Context(), kari.id, "Kari Nordmann", consent.English))
	must(t, h.store.AddTallies(t.Context(), []consent.Tally{{Site: "skogen", Day: consent.MidnightOf(h.clock()), Shown: 1}}))
	kari.get("/sites/skogen/figures").shows(t, 200, "No decisions in this period.", "<form method=\"get\"")
	kari.get("/sites/skogen/findings").shows(t, 200, "The banner has found nothing unexpected.")
}

// saysOnly fails when a page does not say some things, or says anything of figures.
func (a answer) saysOnly(t *testing.T, texts ...string) {
	t.Helper()
	a.shows(t, 200, texts...)
	_, main, _ := strings.Cut(a.body, "<main")
	for _, other := range []string{"<form", "<table", "class=\"dot", "class=\"lede\"", "class=\"empty\""} {
		if strings.Contains(main, other) {
			t.Errorf("the page has %s", other)
		}
	}
}

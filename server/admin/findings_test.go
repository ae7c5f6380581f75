package admin_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// What pages report is shown with what to do about it, whatever its name says.
func TestFindings(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	kari.get("/sites/skogen/findings").shows(t, 200, "Banneret har ikke funnet noe uventet.")
	figuresFixture(t, h)
	got := kari.get("/sites/skogen/findings")
	got.shows(t, 200, "2. mars 2026", "1. mars 2026", "statistics/hotjar", ">412<", "Informasjonskapsel som ikke lot seg fjerne",
		"Legg tjenesten inn i inventaret", `href="/sites/skogen/inventory"`, "&lt;script&gt;alert(1)&lt;/script&gt;[U&#43;202E]&#34;&#39;=HYPERLINK(1)🙂")
	for _, bad := range []string{"<script>alert", "\u202e", hostileName} {
		if strings.Contains(got.body, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	if strings.Index(got.body, "statistics/hotjar") > strings.Index(got.body, "counter/_counter") {
		t.Error("the older day comes first")
	}
	only := kari.get("/sites/skogen/findings?kind=stuck")
	only.shows(t, 200, "film/_film")
	if strings.Contains(only.body, "statistics/hotjar") {
		t.Error("another kind is shown, too")
	}
	kari.get("/sites/skogen/findings?kind=%3Cscript%3E").shows(t, 200, "statistics/hotjar")
	kari.get("/sites/skogen").shows(t, 200, "4 funn på sidene", `href="/sites/skogen/findings"`)
}

// As many findings as a site may have in a day are one page.
func TestManyFindings(t *testing.T) {
	h := open(t)
	var all []consent.Finding
	for n := range 1000 {
		all = append(all, consent.Finding{Site: "skogen", Day: consent.MidnightOf(h.clock()), Kind: consent.FoundMarkup, Name: fmt.Sprint(n, strings.Repeat("\x00<&", 60)), Count: 1, Last: h.clock()})
	}
	must(t, h.store.AddFindings(t.Context(), all))
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	kari.get("/sites/skogen/findings").shows(t, 200, "1000 navn", "Bare de nyeste 1000 funnene vises.", "[U&#43;0000]&lt;&amp;")
}

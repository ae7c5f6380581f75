package admin_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// Whether the log holds is said where a person begins, to whoever may see the log.
func TestOverviewsSayWhetherTheLogHolds(t *testing.T) {
	h := open(t)
	h.decide(t, "skogen", 0, 3)
	auditor, viewer := h.member("auditor@example.no", consent.RoleAuditor, skogen), h.member("viewer@example.no", consent.RoleViewer, skogen)
	pages := []string{"/", "/organisations/skogen", "/sites/skogen"}
	says := func(dot, text string) {
		t.Helper()
		line := `<p><span class="dot` + dot + `"></span><a href="/sites/skogen/log">` + text + `</a></p>`
		for _, path := range pages {
			auditor.get(path).shows(t, http.StatusOK, line)
			if strings.Contains(viewer.get(path).body, "/sites/skogen/log") {
				t.Errorf("%s leads a viewer to the log", path)
			}
		}
	}
	says("", "Loggen er ikke kontrollert ennå")
	h.audits.Audit(t.Context(), "skogen")
	says(" good", "Loggen stemmer")
}

// A page that does not exist looks like the others: account and menu are there, and
// nothing of what is not the person's.
func TestMissingPagesHaveTheMenu(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	for path, menu := range map[string]string{
		"/nothing": "", "/sites/skogen/nothing": `href="/sites/skogen/inventory"`, "/organisations/skogen/nothing": `href="/organisations/skogen"`,
		"/sites/havet/nothing": "", "/sites/none/nothing": "", "/organisations/havet/nothing": "",
	} {
		got := kari.get(path)
		got.shows(t, http.StatusNotFound, "Kari Nordmann", `action="/logout"`, menu)
		if menu == "" && strings.Contains(got.body, `class="side"`) || strings.Contains(got.body, "Havet") {
			t.Errorf("%s shows a menu, or what is not theirs:\n%s", path, got.body)
		}
	}
	if got := h.stranger().get("/sites/skogen/nothing"); got.status != http.StatusNotFound || strings.Contains(got.body, "Skogen") {
		t.Errorf("a stranger gets %d\n%s", got.status, got.body)
	}
}

// A site whose pages cannot have reported is not said to be well.
func TestOverviewsSayWhatIsNotHeard(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	kari.post("/organisations/skogen/sites/new", "name", "Kultur", "key", "kultur", "origin", "https://kultur.example", "languages", "nb").leads(t, "/sites/kultur?done=site_added")
	for path, want := range map[string]string{
		"/sites/kultur": `<ol class="steps upright">`, // the way to publishing stands there
		"/sites/skogen": `<span class="dot"></span>Ingen sider har meldt fra i denne tiden`,
	} {
		page := kari.get(path)
		page.shows(t, 200, want)
		if strings.Contains(page.body, "Ingen funn på sidene") {
			t.Errorf("%s says that nothing was found", path)
		}
	}
	must(t, h.store.AddTallies(t.Context(), []consent.Tally{{Site: "skogen", Day: consent.MidnightOf(h.clock()), Shown: 1}}))
	kari.get("/sites/skogen").shows(t, 200, "Ingen funn på sidene")
}

// Every page of a site has its place in the menu, and what stands below a place leads
// back to it.
func TestPagesHaveTheirPlaceInTheMenu(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen, havet)
	fixtures(t, h)
	current := regexp.MustCompile(`<li><a href="([^"]*)" aria-current="page">([^<]*)</a>`)
	first := regexp.MustCompile(`<nav class="trail"[^>]*><ol><li><a href="([^"]*)">([^<]*)</a>`)
	for _, path := range pages(t, h) {
		page := kari.get(path)
		if !strings.HasPrefix(path, "/sites/") || notFine[path] != 0 || page.status != http.StatusOK {
			continue
		}
		_, menu, _ := strings.Cut(page.body, `<nav class="side"`)
		menu, _, _ = strings.Cut(menu, "</nav>")
		at, trail := current.FindAllStringSubmatch(menu, -1), first.FindStringSubmatch(page.body)
		switch {
		case len(at) != 1:
			t.Errorf("%s stands at %d places of the menu", path, len(at))
		case trail != nil && (trail[1] != at[0][1] || trail[2] != at[0][2]):
			t.Errorf("%s stands at %v, and leads back to %v", path, at[0][1:], trail[1:])
		case trail == nil && at[0][1] != strings.Split(path, "?")[0]:
			t.Errorf("%s leads nowhere", path)
		}
	}
}

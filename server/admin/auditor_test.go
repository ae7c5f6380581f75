package admin_test

import (
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/samtykke/samtykke/consent"
)

// readable are the pages of an organisation on which only administrators change
// something, with what an auditor reads there.
func readable(of string) map[string][]string {
	const base = "/organisations/skogen"
	return map[string][]string{
		base + "/people":        {"kari@example.no", "Administrator", "per@example.no", "Revisor", "De har ikke tatt imot ennå."},
		base + "/people/" + of:  {"kari@example.no", "Administrator", "Totrinnsinnlogging"},
		base + "/keys":          {"Datavarehus", "0123456789ab", "Gjelder til"},
		base + "/notifications": {"it@skogen.example", "Nynorsk"},
		base + "/settings":      {"Organisasjonsnummer", "Nå er et passord nok til å logge inn.", "Nå kan hver utgiver og administrator publisere alene."},
		base + "/catalogue":     {"Katalog"},
	}
}

// anAuditor has an organisation in which there is something of everything, and its
// auditor.
func anAuditor(t *testing.T) (auditor *person, kari string) {
	t.Helper()
	h := open(t)
	boss := h.member("kari@example.no", consent.RoleAdministrator, skogen, havet)
	fixtures(t, h)
	return h.member("auditor@example.no", consent.RoleAuditor, skogen), strconv.FormatInt(int64(boss.id), 10)
}

// An auditor reads everything of the organisation, and finds the pages.
func TestAuditorReadsEverything(t *testing.T) {
	auditor, kari := anAuditor(t)
	for path, texts := range readable(kari) {
		got := auditor.get(path)
		got.shows(t, http.StatusOK, texts...)
		_, main, _ := strings.Cut(got.body, `<main`)
		for _, field := range []string{"<form", "<input", "<textarea", "<select", "<button"} {
			if strings.Contains(main, field) {
				t.Errorf("%s shows an auditor %s:\n%s", path, field, main)
			}
		}
		if strings.HasSuffix(path, "/people/"+kari) {
			continue
		}
		if !strings.Contains(auditor.get("/organisations/skogen").body, `<a href="`+path+`"`) {
			t.Errorf("the navigation does not lead to %s", path)
		}
	}
}

var formsThatPost = regexp.MustCompile(`<form method="post" action="([^"?]*)`)

// No page shows a form, or leads to a page, that is refused to whoever looks.
func TestPagesOfferNothingThatIsRefused(t *testing.T) {
	auditor, _ := anAuditor(t)
	for _, e := range auditor.admin.Entries() {
		if e.Method != http.MethodGet || e.May == "" || !consent.RoleAuditor.May(e.May) || notPages[e.Path] {
			continue
		}
		path := fill(t, e.Path, skogen)
		body := auditor.get(path).body
		for _, form := range formsThatPost.FindAllStringSubmatch(body, -1) {
			if form[1] == "/logout" {
				continue
			}
			if got := auditor.post(form[1]); got.status == http.StatusForbidden {
				t.Errorf("%s shows a form for %s, which is refused", path, form[1])
			}
		}
		for _, link := range hrefs.FindAllStringSubmatch(body, -1) {
			if strings.HasPrefix(link[1], "/assets/") {
				continue
			}
			if got := auditor.get(link[1]); got.status == http.StatusForbidden {
				t.Errorf("%s leads to %s, which is refused", path, link[1])
			}
		}
	}
}

// What an auditor reads fits a narrow window, and axe-core knows nothing against it.
func TestAuditorsPagesLookRight(t *testing.T) {
	axe, err := os.ReadFile(axeFile)
	if err != nil {
		t.Fatalf("axe-core is not installed (run npm ci in banner/): %v", err)
	}
	auditor, kari := anAuditor(t)
	ctx := auditor.chromium()
	for _, width := range []int64{1280, 320} {
		must(t, chromedp.Do(ctx, chromedp.EmulateViewport(width, 900)))
		for path := range readable(kari) {
			auditor.looksRight(ctx, t, path, string(axe))
		}
	}
}

package admin_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/samtykke/samtykke/consent"
)

// newSite makes a site as a newcomer does, with nothing but a name and an address.
func (p *person) newSite(t *testing.T) string {
	t.Helper()
	p.post("/organisations/skogen/sites/new", "name", "Nytt nettsted", "key", "ny", "origin", "www.ny.example", "languages", "nb").leads(t, "/sites/ny?done=site_added")
	return "/sites/ny"
}

// A newcomer is told what is next, in one place, until a visitor has answered.
func TestNewSiteLeadsOn(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	site := kari.newSite(t)
	next := regexp.MustCompile(`aria-current="step"><div><strong><a href="([^"]*)">`)
	step := func() string {
		t.Helper()
		found := next.FindAllStringSubmatch(kari.get(site).body, -1)
		if len(found) != 1 {
			t.Fatalf("%d steps are next", len(found))
		}
		return strings.TrimPrefix(found[0][1], site)
	}
	if got := step(); got != "/inventory" {
		t.Errorf("first comes %q", got)
	}
	kari.get(site+"/inventory").shows(t, 200, `href="`+site+`/import"`, `href="`+site+`/new-service"`)
	csv := "service,service_category,name,lifetime_declared,purpose_nb\nmatomo,statistics,_pk_id,13 måneder,Kjenner igjen nettleseren\n"
	kari.imports(t, site+"/import", csv)
	if got := step(); got != "/inventory" {
		t.Errorf("the service has faults, and next is %q", got)
	}
}

// What keeps the settings from being published is said at the top of the page, and
// beside a field that mends it.
func TestSettingsSayWhatIsMissing(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	site := kari.newSite(t)
	const counted = `/settings/contacts">Kontakter <span class="tag bad">2 feil</span>`
	kari.get(site+"/settings").shows(t, 200, `<a href="#site-privacy-nb">Personvernerklæring (Bokmål)</a>: Adressen mangler på dette språket.`, site+counted,
		`href="`+site+`/settings/contacts#contacts-controller_email"`, `href="`+site+`/settings/contacts#contacts-dpo_email"`)
	kari.get(site+"/settings/contacts").shows(t, 200, `<h1>Kontakter</h1>`, `href="#contacts-dpo_email"`, `href="`+site+`/settings/site#site-privacy-nb"`)
	kari.get(site+"/settings/review").shows(t, 200, `href="`+site+`/settings/site#site-privacy-nb"`)
	publish := kari.get(site + "/publish")
	links := regexp.MustCompile(`href="(`+site+`/settings/\w+)#([^"]+)"`).FindAllStringSubmatch(publish.body, -1)
	if len(links) < 3 {
		t.Fatalf("%d faults lead to the settings", len(links))
	}
	for _, link := range links {
		kari.get(link[1]).shows(t, 200, `id="`+link[2]+`"`)
	}
	viewer := h.member("viewer@example.no", consent.RoleViewer, skogen)
	if got := viewer.get(site + "/settings").body; strings.Contains(got, "2 feil") || strings.Contains(got, "må rettes") {
		t.Error("who cannot mend it is told what is missing")
	}
}

// What is wrong with a group of boxes leads to the group, as to a field.
func TestSettingsLeadToTheirFaults(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	site := kari.newSite(t)
	draft, revision, err := h.store.DraftAt(t.Context(), "ny")
	must(t, err)
	draft.Site.Languages = nil
	must(t, h.store.ReplaceDraft(t.Context(), draft, revision, h.clock()))
	page := kari.get(site + "/settings")
	page.shows(t, 200, `<a href="#site-languages">Språk</a>`)
	for _, link := range regexp.MustCompile(`<a href="#([^"]+)"`).FindAllStringSubmatch(page.body, -1) {
		if !strings.Contains(page.body, `id="`+link[1]+`"`) {
			t.Errorf("nothing is at #%s", link[1])
		}
	}
}

// A site without a name is told so once: its short name would follow from it.
func TestNoNameIsOneFault(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	got := kari.post("/organisations/skogen/sites/new", "name", "", "origin", "www.ny.example", "languages", "nb")
	got.shows(t, 422, "Skriv et navn")
	if strings.Contains(got.body, "Skriv 1 til 40 tegn") {
		t.Error("a field that may stay empty is called wrong")
	}
	kari.post("/organisations/skogen/sites/new", "name", "北京", "origin", "www.ny.example", "languages", "nb").shows(t, 422, "Skriv 1 til 40 tegn")
}

// No word of what a newcomer is to press is cut in the middle on a narrow window.
func TestNewSiteCutsNoWord(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	site, ctx := kari.newSite(t), kari.chromium()
	for _, lang := range []consent.Language{consent.Bokmaal, consent.Nynorsk} {
		must(t, h.store.ChangeAccount(t.Context(), &consent.Account{ID: kari.id, Email: kari.email, Name: "Kari", Language: lang}))
		must(t, chromedp.Do(ctx, chromedp.EmulateViewport(320, 900), chromedp.Navigate(h.url+site)))
		var words []string
		if eval(ctx, t, cut, &words); len(words) > 0 {
			t.Errorf("%s: cut are %q", lang, words)
		}
	}
}

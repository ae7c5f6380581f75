package admin_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/server/web"
	"github.com/samtykke/samtykke/server/web/help"
)

// Every page has an article about it, and each article stands in the list.
func TestEveryPageHasAnArticle(t *testing.T) {
	book, err := help.Read()
	must(t, err)
	paths := map[string]bool{}
	for _, e := range open(t).admin.Entries() {
		paths[e.Path] = true
		if e.Method != http.MethodGet || strings.HasPrefix(e.Path, "/assets/") || strings.HasPrefix(e.Path, "/help") || strings.HasSuffix(e.Path, ".csv") || notPages[e.Path] {
			continue
		}
		if admin.Articles[e.Path] == "" {
			t.Errorf("%s has no article: add it to the table articles in help.go", e.Path)
		}
	}
	for path, name := range admin.Articles {
		if !paths[path] {
			t.Errorf("the article %s is for %s, which is no page", name, path)
		}
		if book.Article(consent.Bokmaal, name) == nil {
			t.Errorf("%s: there is no article %s", path, name)
		}
	}
}

// What an article links to is a page of the administration, by the path of its
// route, or a heading of an article.
func TestLinksOfArticlesLeadSomewhere(t *testing.T) {
	book, err := help.Read()
	must(t, err)
	pages := map[string]bool{}
	for _, e := range open(t).admin.Entries() {
		if e.Method == http.MethodGet && !notPages[e.Path] {
			pages[e.Path] = true
		}
	}
	for _, lang := range web.AdminLanguages {
		for _, group := range help.Groups {
			for _, name := range group.Names {
				for _, link := range book.Article(lang, name).Links {
					if !leads(book, lang, pages, link) {
						t.Errorf("%s.%s: %s leads nowhere", name, lang, link)
					}
				}
			}
		}
	}
}

func leads(book *help.Book, lang consent.Language, pages map[string]bool, link string) bool {
	path, fragment, _ := strings.Cut(link, "#")
	name, isArticle := strings.CutPrefix(path, "/help/")
	if !isArticle {
		filled := strings.NewReplacer(":site", "skogen", ":organisation", "skogen").Replace(path)
		return fragment == "" && pages[path] && !strings.Contains(filled, ":")
	}
	to := book.Article(lang, name)
	if to == nil {
		return false
	}
	for _, section := range to.Sections {
		if section.ID == fragment {
			return true
		}
	}
	return fragment == ""
}

var (
	helpLink = regexp.MustCompile(`class="help-link" href="([^"]*)"`)
	hrefs    = regexp.MustCompile(`href="(/[^"]*)"`)
)

// helpOf gives where "Hjelp" leads on a page.
func (a answer) helpOf(t *testing.T) string {
	t.Helper()
	found := helpLink.FindStringSubmatch(a.body)
	if found == nil {
		t.Fatalf("the page has no way to the manual:\n%s", a.body)
	}
	return found[1]
}

// Hjelp leads to the article for the page, wherever it was sent from.
func TestHelpLeadsToTheArticle(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	for _, c := range []struct {
		got  answer
		want string
	}{
		{kari.get("/"), "/help/start"},
		{kari.get("/account"), "/help/account"},
		{kari.get("/sites/skogen/publish"), "/help/publish?site=skogen"},
		{kari.get("/sites/skogen/log/export"), "/help/log?site=skogen"},
		{kari.get("/organisations/skogen/people"), "/help/people?organisation=skogen"},
		{kari.get("/organisations/skogen/notifications"), "/help/notifications?organisation=skogen"},
		{kari.post("/sites/skogen/settings/site", "was", "x", "name.nb", "Annet"), "/help/conflict?site=skogen"},
		{kari.post("/sites/skogen/publish", "was", "x"), "/help/conflict?site=skogen"},
		{kari.get("/sites/havet"), "/help/trouble"},
		{kari.get("/nowhere"), "/help/trouble"},
		{kari.get("/help"), "/help"},
		{h.stranger().get("/login"), "/help/login"},
		{h.stranger().get("/link/none"), "/help/login"},
	} {
		if got := c.got.helpOf(t); got != c.want {
			t.Errorf("status %d: Hjelp leads to %s, want %s", c.got.status, got, c.want)
		}
	}
	h.wait(consent.LoginIdle / 2)
	kari.get("/account/app").shows(t, http.StatusUnauthorized, `href="/help/login"`)
}

// Articles lead each person to what they may open, and only name the rest.
func TestArticlesLeadWhereThePersonMayGo(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen, havet)
	kari.get("/help/log?site=skogen").shows(t, 200, `href="/sites/skogen/log/export"`, `href="/help/audit-failed?site=skogen"`, `name="site" value="skogen"`)
	for _, path := range []string{"/help/log", "/help/log?site=nowhere", "/help/log?site=%22%3E%3Cscript%3E"} {
		if got := kari.get(path); strings.Contains(got.body, "/sites/") || strings.Contains(got.body, "<script>") {
			t.Errorf("%s: leads to a site, of which none was chosen:\n%s", path, got.body)
		}
	}
	editor := h.member("per@example.no", consent.RoleEditor, skogen)
	if got := editor.get("/help/log?site=skogen"); strings.Contains(got.body, "/sites/skogen/log") {
		t.Errorf("an editor is led to the log:\n%s", got.body)
	}
	foreign, unknown := editor.get("/help/publish?site=havet"), editor.get("/help/publish?site=nowhere")
	if foreign.body != unknown.body || strings.Contains(foreign.body, "havet") {
		t.Errorf("another organisation's site is told from one that does not exist:\n%s", foreign.body)
	}
	editor.get("/help/publish").shows(t, 200, `href="/sites/skogen/preview"`) // the only one
	if got := editor.get("/help/operation"); strings.Contains(got.body, `href="/people"`) {
		t.Error("who is no operator is led to all accounts")
	}
	editor.get("/help/nowhere").shows(t, http.StatusNotFound)
}

// Who cannot log in finds what to do about that, and nothing that asks for a login.
func TestStrangersHaveHelp(t *testing.T) {
	h := open(t)
	open := []string{"/help/login", "/help/lost-factor", "/help/api", "/help/api-faults"}
	for _, path := range open {
		got := h.stranger().get(path + "?site=skogen&organisation=skogen")
		got.shows(t, http.StatusOK, "<h2 id=")
		if strings.Contains(strings.ToLower(got.body), "skogen") {
			t.Errorf("%s tells a stranger of an organisation", path)
		}
		for _, link := range hrefs.FindAllStringSubmatch(got.body, -1) {
			to, _, _ := strings.Cut(link[1], "#")
			if to != "" && to != "/" && !slices.Contains(open, to) && !strings.HasPrefix(to, "/assets/") {
				t.Errorf("%s leads a stranger to %s", path, to)
			}
		}
	}
	h.stranger().get("/help/publish").leads(t, "/login?next=%2Fhelp%2Fpublish")
}

// Every article is rendered in each language, for somebody who may open everything.
func TestArticlesAreShown(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	for _, lang := range web.AdminLanguages {
		must(t, h.store.ChangeAccount(t.Context(), &consent.Account{ID: kari.id, Email: kari.email, Name: "Kari", Language: lang, Operator: true}))
		kari = h.loggedIn(kari.id, "operator "+string(lang))
		list := kari.get("/help")
		for _, group := range help.Groups {
			for _, name := range group.Names {
				got := kari.get("/help/" + name + "?site=skogen")
				got.shows(t, http.StatusOK, `<article><h1>`, `aria-current="page"`, `<html lang="`+string(lang)+`"`)
				if strings.Contains(got.body, ":site") || strings.Contains(got.body, ":organisation") {
					t.Errorf("%s.%s: a link is not filled", name, lang)
				}
				if !strings.Contains(list.body, `href="/help/`+name+`?`) {
					t.Errorf("the list in %s lacks %s", lang, name)
				}
			}
		}
	}
}

// Whatever is looked for is text.
func TestHelpIsSearched(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	ask := func(query string) answer { return kari.get("/help?site=skogen&q=" + url.QueryEscape(query)) }
	ask("gjenopprettingskoder").shows(t, 200, "<mark>gjenopprettingskodene</mark>", `href="/help/account?site=skogen"`, ` artikler</h2>`, `value="gjenopprettingskoder"`)
	ask("SJEKKPUNKTENE").shows(t, 200, "Én artikkel", "<mark>sjekkpunktene</mark>")
	for _, hostile := range []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, "\u202etxet", "😀", "%zz", "\x00\xff"} {
		got := ask(hostile)
		got.shows(t, 200, "<h1>Hjelp</h1>")
		if strings.Contains(got.body, "<script>") || strings.Contains(got.body, "<img") {
			t.Errorf("%q is not shown as text:\n%s", hostile, got.body)
		}
	}
	ask("zzyzx").shows(t, 200, "Ingen artikler handler om", `<bdi class="asked-for">zzyzx</bdi>`, "Alle artiklene")
	ask("\u202etxet").shows(t, 200, "<bdi class=\"asked-for\">\u202etxet</bdi>")
	ask(strings.Repeat("å", 1000)).shows(t, 200, `<bdi class="asked-for">`+strings.Repeat("å", help.LongestQuery)+`</bdi>`)
	if got := ask(strings.Repeat("a", 100_000)); got.status < 400 || got.status >= 500 {
		t.Errorf("100 kB are answered with %d", got.status)
	}
}

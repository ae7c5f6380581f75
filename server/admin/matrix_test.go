package admin_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/server/web"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// known are values of the parameters in paths that name something of Skogen's, or
// of Havet's. A parameter that is missing here fails the test.
var known = map[string]map[consent.OrganisationID]string{
	"site":         {skogen: "skogen", havet: "havet"},
	"organisation": {skogen: "skogen", havet: "havet"},
	"secret":       {skogen: "none", havet: "none"},
	"hash":         {skogen: "0", havet: "0"},
	"chart":        {skogen: "days", havet: "days"},
	"name":         {skogen: "none", havet: "none"},
	"part":         {skogen: "site", havet: "site"},
	"person":       {skogen: "999", havet: "998"},
	"invitation":   {skogen: "0011223344556677", havet: "0011223344556677"},
	"passkey":      {skogen: "0011223344556677", havet: "0011223344556677"},
	"decision":     {skogen: storagetest.ID(1).String(), havet: storagetest.ID(1).String()},
	"request":      {skogen: aRequest.String(), havet: aRequest.String()},
	"service":      {skogen: "counter", havet: "counter"},
	"cookie":       {skogen: admin.AddressName("_counter"), havet: admin.AddressName("_counter")},
	"text":         {skogen: "site.name", havet: "site.name"},
	"language":     {skogen: "nb", havet: "nb"},
	"category":     {skogen: "statistics", havet: "statistics"},
	"file":         {skogen: "inventory.csv", havet: "inventory.csv"},
	"notice":       {skogen: "1", havet: "1"},
	"picture":      {skogen: "none.0.png", havet: "none.0.png"},
	"key":          {skogen: "0123456789ab", havet: "0123456789ab"},
	"article":      {skogen: "publish", havet: "publish"},
	"login":        {skogen: "0011223344556677", havet: "0011223344556677"},
}

var parameter = regexp.MustCompile(`:(\w+)`)

// fill puts values into a path.
func fill(t *testing.T, path string, of consent.OrganisationID) string {
	t.Helper()
	return parameter.ReplaceAllStringFunc(path, func(found string) string {
		value := known[found[1:]][of]
		if value == "" {
			t.Errorf("%s: add a value for %s to the table known", path, found)
		}
		return value
	})
}

// Each route says who may enter, and each post what it is in the audit trail.
func TestRoutesSayWhoMayEnter(t *testing.T) {
	h := open(t)
	registered := h.admin.Registered()
	for _, e := range h.admin.Entries() {
		if e.May == "" && !e.Everybody && !e.Somebody && !e.Operators {
			t.Errorf("%s %s: nobody may enter", e.Method, e.Path)
		}
		if e.May != "" && !strings.Contains(e.Path, ":site") && !strings.Contains(e.Path, ":organisation") {
			t.Errorf("%s %s asks for a permission in no organisation", e.Method, e.Path)
		}
		if e.May == "" && (strings.Contains(e.Path, ":site") || strings.Contains(e.Path, ":organisation")) {
			t.Errorf("%s %s is about an organisation and asks for no permission", e.Method, e.Path)
		}
		if e.Method != http.MethodGet && e.Action == "" && e.Path != "/login" {
			t.Errorf("%s %s has no name in the audit trail", e.Method, e.Path)
		}
		if e.Method != http.MethodGet && !e.Looks && (e.May == consent.MaySee || e.May == consent.MayRead || e.May == consent.MayAudit) {
			t.Errorf("%s %s changes something with a permission to look", e.Method, e.Path)
		}
		if e.Action != "" {
			for _, lang := range web.AdminLanguages {
				words, _ := web.AdminWordsIn(lang)
				if words["act_"+strings.ReplaceAll(e.Action, ".", "_")] == "" {
					t.Errorf("%s %s: the action %q has no words in %s", e.Method, e.Path, e.Action, lang)
				}
			}
		}
		delete(registered, e.Method+" "+e.Path)
	}
	for path := range registered {
		t.Errorf("%s is answered without standing in the table", path)
	}
}

// Every role at every route: what a role may not do is refused, and what is
// another organisation's does not exist.
func TestPermissions(t *testing.T) {
	h := open(t)
	people := map[consent.AccountRole]*person{"": h.member("nothing@example.no", consent.RoleAdministrator)}
	for _, role := range consent.Roles {
		people[role] = h.member(string(role)+"@example.no", role, skogen)
	}
	operator := h.operator("operator@example.no")
	for _, e := range h.admin.Entries() {
		if e.Everybody {
			continue
		}
		own, foreign := fill(t, e.Path, skogen), fill(t, e.Path, havet)
		unknown := strings.NewReplacer(":site", "nowhere", ":organisation", "nowhere").Replace(e.Path)
		unknown = fill(t, unknown, skogen)
		send := func(p *person, path string) answer {
			if e.Method == http.MethodGet {
				return p.get(path)
			}
			return p.post(path)
		}
		stranger := send(h.stranger(), own)
		if e.Method == http.MethodGet && (stranger.status != http.StatusSeeOther || !strings.HasPrefix(stranger.header.Get("Location"), "/login?")) ||
			e.Method != http.MethodGet && stranger.status != http.StatusUnauthorized {
			t.Errorf("%s %s: a stranger gets %d to %q", e.Method, own, stranger.status, stranger.header.Get("Location"))
		}
		if e.May == "" {
			if e.Operators {
				if got := send(people[consent.RoleAdministrator], own); got.status != http.StatusNotFound {
					t.Errorf("%s %s: who is no operator gets %d", e.Method, own, got.status)
				}
			}
			continue
		}
		for role, p := range people {
			if role == "" {
				continue
			}
			if got := send(p, own); role.May(e.May) == (got.status == http.StatusForbidden) {
				t.Errorf("%s %s: a %s gets %d", e.Method, own, role, got.status)
			}
			h.hides(t, e, send(p, foreign), send(p, unknown), foreign)
		}
		h.hides(t, e, send(people[""], own), send(people[""], unknown), own)
		h.hides(t, e, send(operator, own), send(operator, unknown), own)
	}
}

// hides fails unless what is not one's own is answered as what does not exist.
func (h *house) hides(t *testing.T, e admin.Entry, got, unknown answer, path string) {
	t.Helper()
	if got.status != http.StatusNotFound || got.body != unknown.body {
		t.Errorf("%s %s: what is another organisation's is told from what does not exist: %d and %d", e.Method, path, got.status, unknown.status)
	}
}

// Every post needs the token of its login, and a page of ours.
func TestPostsComeFromOurPages(t *testing.T) {
	h := open(t)
	owner := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	own, anothers := csrfOf(t, owner), csrfOf(t, h.loggedIn(owner.id, "again"))
	for _, e := range h.admin.Entries() {
		if e.Method == http.MethodGet {
			continue
		}
		path := fill(t, strings.ReplaceAll(e.Path, ":secret", "none"), skogen)
		for name, change := range map[string]func(*http.Request){
			"another site's": func(r *http.Request) {
				r.Header.Set("Sec-Fetch-Site", "cross-site")
				r.Header.Set("Origin", "https://evil.example")
			},
			"a sister site's": func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") },
			"one of no origin": func(r *http.Request) {
				r.Header.Del("Sec-Fetch-Site")
				r.Header.Set("Origin", "null")
			},
			"an old browser's": func(r *http.Request) { r.Header.Del("Sec-Fetch-Site"); r.Header.Del("Origin") },
			"another port's":   func(r *http.Request) { r.Header.Set("Origin", "http://localhost:1") },
		} {
			if got := owner.ask(e.Method, path, url.Values{"csrf": {own}}, change); got.status != http.StatusForbidden {
				t.Errorf("%s %s: %s post gets %d", e.Method, path, name, got.status)
			}
		}
		if e.Everybody {
			continue
		}
		for name, token := range map[string]string{"no": "", "a wrong": "x", "another login's": anothers} {
			if got := owner.ask(e.Method, path, url.Values{"csrf": {token}}); got.status != http.StatusForbidden {
				t.Errorf("%s %s: with %s token gets %d", e.Method, path, name, got.status)
			}
		}
	}
	if csrfOf(t, owner) != own {
		t.Error("the login's token is another one meanwhile: posts were refused for that")
	}
}

func csrfOf(t *testing.T, p *person) string {
	t.Helper()
	found := csrfField.FindStringSubmatch(p.get("/account").body)
	if found == nil {
		t.Fatal("the page holds no token")
	}
	return found[1]
}

// What weighs asks for the password again, some time after the login.
func TestWeightyActionsAskAgain(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	must(t, h.store.ChangeAccount(t.Context(), &consent.Account{ID: kari.id, Email: kari.email, Language: consent.Bokmaal, Operator: true}))
	kari = h.loggedIn(kari.id, "operator")
	h.wait(11 * time.Minute)
	for _, e := range h.admin.Entries() {
		if !e.Sure {
			continue
		}
		path := fill(t, e.Path, skogen)
		got := answer{}
		if e.Method == http.MethodGet {
			got = kari.get(path)
		} else {
			got = kari.post(path)
		}
		got.shows(t, 401, `action="/confirm"`, `name="next" value="`+path+`"`)
	}
}

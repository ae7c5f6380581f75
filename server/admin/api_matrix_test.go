package admin_test

import (
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/web"
)

// The document is one that OpenAPI allows, and has every route.
func TestAPIDocument(t *testing.T) {
	h := open(t)
	got := (&program{house: h, t: t}).get(api.Base + "/openapi.json")
	got.shows(t, http.StatusOK)
	read, err := openapi3.NewLoader().LoadFromData([]byte(got.body))
	must(t, err)
	if err := read.Validate(t.Context()); err != nil {
		t.Error(err)
	}
	names := map[string]bool{}
	for _, e := range h.admin.API() {
		path := parameter.ReplaceAllString(strings.TrimPrefix(e.Path, api.Base), "{$1}")
		item := read.Paths.Value(path)
		if item == nil || item.GetOperation(e.Method) == nil {
			t.Errorf("%s %s is not in the document", e.Method, e.Path)
			continue
		}
		found := item.GetOperation(e.Method)
		if found.Summary == "" || found.OperationID == "" || names[found.OperationID] {
			t.Errorf("%s %s has the name %q and the summary %q", e.Method, e.Path, found.OperationID, found.Summary)
		}
		names[found.OperationID] = true
		if e.Scope != "" && (!strings.Contains(found.Description, string(e.Scope)) || e.Scope.Permission() == "") {
			t.Errorf("%s %s does not say that it needs %s", e.Method, e.Path, e.Scope)
		}
		if e.Method != http.MethodGet && e.Action == "" {
			t.Errorf("%s %s has no name in the audit trail", e.Method, e.Path)
		}
		for _, lang := range web.AdminLanguages {
			words, _ := web.AdminWordsIn(lang)
			if e.Action != "" && words["act_"+strings.ReplaceAll(e.Action, ".", "_")] == "" {
				t.Errorf("the action %q has no words in %s", e.Action, lang)
			}
		}
	}
}

// ask sends to a route what it needs to be looked at.
func (g *program) ask(e api.Entry, path string) answer {
	g.t.Helper()
	if e.Method == http.MethodGet {
		return g.get(path)
	}
	_, last, within := strings.Cut(e.Path, ":site/")
	if !within {
		last = strings.TrimPrefix(e.Path, api.Base+"/")
	}
	body := bodies[last]
	if body == "" {
		body = "{}"
	}
	return g.call(e.Method, path, body, "If-Match", `"0"`)
}

// bodies are what routes need that do nothing with {}.
var bodies = map[string]string{
	"sites":                       `{"name": "Ny", "origin": "https://ny.example", "languages": ["nb"]}`,
	"requests":                    `{"kind": "access", "channel": "letter"}`,
	"requests/:request/extend":    `{"ground": "number"}`,
	"requests/:request/close":     `{"outcome": "granted"}`,
	"decisions/:decision/freeze":  `{"ground": "claim", "reason": "Sak 2026/1"}`,
	"decisions/:decision/release": `{"reason": "Sak 2026/1"}`,
	"decisions/:decision/erase":   `{"ground": "unlawful", "reason": "Sak 2026/1"}`,
	"organisation":                `{"name": "Skogen", "number": ""}`,
	"invitations":                 `{"email": "per@example.no", "role": "viewer"}`,
	"people/:person/role":         `{"role": "editor"}`,
	"organisation/second-factor":  `{"needed": false}`,
	"organisation/two-people":     `{"needed": false}`,
	"origins/check":               `{"origin": "https://www.kommunen.example"}`,
	"texts/:text/:language":       `{"text": "Ny"}`,
	"reviews/:service":            `{"due": ""}`,
	"review-interval":             `{"months": 12}`,
	"reviews/done":                `{"services": ["counter"]}`,
	"decisions/find":              `{"token": "` + token(1) + `"}`,
	"catalogue":                   `{"content": "Platform,Cookie / Data Key name\nCounter,_counter\n"}`,
	"recipients":                  `{"language": "nb", "addresses": []}`,
}

// objects make people, invitations and keys of both organisations, and give what names
// them in a path. Nobody's are none.
func (h *house) objects(t *testing.T, round string) map[consent.OrganisationID]*strings.Replacer {
	t.Helper()
	names := map[consent.OrganisationID]*strings.Replacer{"": strings.NewReplacer(":site", "nowhere", ":person", "4711", ":invitation", "00", ":key", "000000000000")}
	for _, of := range []consent.OrganisationID{skogen, havet} {
		name := string(of) + round
		person := h.member(name+"@example.no", consent.RoleViewer, of)
		invitation := consent.InvitationID(consent.HashOf([]byte(name)))
		must(t, h.store.AddInvitation(t.Context(), &consent.Invitation{
			ID: invitation, Organisation: of, Email: "invited@example.no", Role: consent.RoleViewer, Maker: person.id, Expires: h.clock().Add(consent.LinkLasts),
		}))
		hash := consent.HashOf([]byte(name))
		must(t, h.store.AddAPIKey(t.Context(), &consent.APIKey{
			ID: consent.APIKeyID(hash.String()[:12]), Hash: hash, Organisation: of, Name: "Program", Scopes: consent.Scopes, Maker: person.id, Created: h.clock(), Expires: h.clock().Add(time.Hour),
		}))
		names[of] = strings.NewReplacer(":cookie", "_counter", ":person", strconv.FormatInt(int64(person.id), 10), ":invitation", hex.EncodeToString(invitation[:8]), ":key", hash.String()[:12])
	}
	return names
}

// maker is what somebody is who has made a key, and whether it may still be used.
type maker struct {
	role          consent.AccountRole
	operator, may bool
}

// makers are those of keys with a scope: everybody whose role is too little for it and, for
// what operators do, who administers or operates alone.
func makers(scope consent.Scope) []maker {
	var all []maker
	for _, role := range []consent.AccountRole{consent.RoleViewer, consent.RoleEditor, consent.RolePublisher, consent.RoleAuditor, ""} {
		all = append(all, maker{role, true, role.May(scope.Permission())})
	}
	return append(all, maker{consent.RoleAdministrator, false, scope != consent.ScopeInstallation}, maker{consent.RoleAdministrator, true, true})
}

// operates makes somebody an operator, or ends it.
func (p *person) operates(t *testing.T, operator bool) {
	t.Helper()
	account := p.account(t)
	account.Operator = operator
	must(t, p.store.ChangeAccount(t.Context(), account))
}

// Every scope at every route, for what is one's own, another's and nobody's. What
// is another's is answered as what does not exist, byte for byte.
func TestAPIMatrix(t *testing.T) {
	h := open(t)
	h.decide(t, "skogen", 0, 3)
	h.asked(t, "skogen", aRequest, h.decideAs(t, "skogen", 50, token(1)).ID)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	boss.operates(t, true)
	boss2 := h.member("boss2@example.no", consent.RoleAdministrator, skogen)
	must(t, h.store.SetRecipients(t.Context(), &consent.Recipients{Organisation: skogen, Language: consent.Bokmaal, Addresses: []string{"it@skogen.example"}}))
	for _, scope := range consent.Scopes {
		names := h.objects(t, string(scope))
		g := boss.program(t, scope)
		for _, e := range h.admin.API() {
			if e.Scope == "" {
				continue
			}
			own, foreign := fill(t, names[skogen].Replace(e.Path), skogen), fill(t, names[havet].Replace(e.Path), havet)
			unknown := fill(t, names[""].Replace(e.Path), skogen)
			got, other, none := g.ask(e, own), g.ask(e, foreign), g.ask(e, unknown)
			object := strings.Contains(e.Path, ":")
			if object && (other.status != none.status || other.body != none.body) {
				t.Errorf("%s %s with %s: what is another's (%d) is told from what does not exist (%d)", e.Method, foreign, scope, other.status, none.status)
			}
			if e.Scope != scope {
				got.problem(t, http.StatusForbidden, "scope_missing")
				continue
			}
			if got.status >= 300 && got.status != http.StatusPreconditionFailed {
				t.Errorf("%s %s with %s gets %d: %s", e.Method, own, scope, got.status, got.body)
			}
			if strings.Contains(strings.ToLower(got.body), "havet") {
				t.Errorf("%s %s tells of another organisation: %s", e.Method, own, got.body)
			}
			if object {
				other.problem(t, http.StatusNotFound, "unknown_address")
			}
			for _, maker := range makers(scope) {
				must(t, h.store.SetRole(t.Context(), boss2.id, skogen, "")) // ends the key before
				must(t, h.store.SetRole(t.Context(), boss2.id, skogen, maker.role))
				boss2.operates(t, maker.operator)
				weak := boss2.program(t, scope) // as one that was made before keys ended with the right
				for _, path := range []string{own, foreign} {
					got := weak.ask(e, path)
					if maker.may == (got.status == http.StatusForbidden) {
						t.Errorf("%s %s with %s, made by %+v, gets %d", e.Method, path, scope, maker, got.status)
					}
					if !maker.may {
						got.problem(t, http.StatusForbidden, "maker_not_permitted")
					}
				}
			}
		}
	}
}

// Keys that do not work are answered alike, and a cookie is none.
func TestAPIKeysThatDoNotWork(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	second := h.member("second@example.no", consent.RoleAdministrator, skogen)
	const path = api.Base + "/sites"
	g := boss.program(t, consent.Scopes...)
	g.get(path).shows(t, http.StatusOK, `"skogen"`)
	fails := func(name string, g *program, code string) {
		t.Helper()
		h.wait(time.Minute) // others have failed before
		for _, e := range h.admin.API() {
			if e.Scope == "" {
				continue
			}
			h.wait(time.Minute)
			got := g.ask(e, fill(t, e.Path, skogen))
			if got.problem(t, http.StatusUnauthorized, code); got.header.Get("WWW-Authenticate") == "" {
				t.Errorf("%s: nothing says what is needed", name)
			}
		}
	}
	fails("none", &program{house: h, t: t}, "key_needed")
	fails("a wrong one", &program{house: h, t: t, secret: g.secret + "x"}, "unknown_key")
	fails("the hash of one", &program{house: h, t: t, secret: g.key.Hash.String()}, "unknown_key")
	for _, header := range []string{"Basic " + g.secret, "bearer " + g.secret, g.secret, "Bearer  " + g.secret, "Bearer \xff\x00"} {
		h.wait(time.Minute)
		if got := (&program{house: h, t: t}).get(path, "Authorization", strings.Trim(header, "\x00")); got.status != http.StatusUnauthorized {
			t.Errorf("%q gets %d", header, got.status)
		}
	}
	cookie := boss.ask(http.MethodGet, path, nil)
	cookie.problem(t, http.StatusUnauthorized, "key_needed")
	for _, page := range []string{"/", "/organisations/skogen", "/sites/skogen/log"} {
		got := h.stranger().ask(http.MethodGet, page, nil, func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+g.secret) })
		if got.status != http.StatusSeeOther || !strings.HasPrefix(got.header.Get("Location"), "/login") {
			t.Errorf("a key opens the page %s: %d", page, got.status)
		}
	}

	revoked := second.program(t, consent.ScopeRead)
	revoked.get(path).shows(t, http.StatusOK)
	must(t, h.store.RevokeAPIKey(t.Context(), skogen, revoked.key.ID))
	fails("a revoked one", revoked, "unknown_key")

	lacking := second.program(t, consent.ScopeLog, consent.ScopeRead)
	must(t, h.store.SetNeedsFactor(t.Context(), skogen, true))
	lacking.get(path).problem(t, http.StatusForbidden, "factor_needed")
	must(t, h.store.SetNeedsFactor(t.Context(), skogen, false))
	must(t, h.store.ChangeAccount(t.Context(), &consent.Account{ID: second.id, Email: second.email, Language: consent.English, Closed: true}))
	fails("that of a closed account", lacking, "unknown_key")

	h.wait(364 * 24 * time.Hour)
	g.get(path).shows(t, http.StatusOK)
	h.wait(2 * 24 * time.Hour)
	fails("one that has ended", g, "unknown_key")
}

// Who goes on with a key that does not work has to wait, and keeps nobody else out.
func TestAPILimits(t *testing.T) {
	h := open(t)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.ScopeRead)
	const path = api.Base + "/sites"
	wrong := &program{house: h, t: t, secret: "smt_no"}
	for range 3 {
		wrong.get(path).problem(t, http.StatusUnauthorized, "unknown_key")
	}
	got := wrong.get(path)
	if got.problem(t, http.StatusTooManyRequests, "too_many_failures"); got.header.Get("Retry-After") != "1" {
		t.Errorf("got Retry-After %q", got.header.Get("Retry-After"))
	}
	h.stranger().get("/login").shows(t, http.StatusOK)
	g.get(path).shows(t, http.StatusOK)
	for range 599 {
		if got := g.get(path, "If-None-Match", "*"); got.status != http.StatusOK {
			t.Fatalf("got %d", got.status)
		}
	}
	got = g.get(path)
	if got.problem(t, http.StatusTooManyRequests, "too_many"); got.header.Get("Retry-After") != "60" {
		t.Errorf("got Retry-After %q", got.header.Get("Retry-After"))
	}
	h.wait(time.Minute)
	g.get(path).shows(t, http.StatusOK)
	all, err := h.store.APIKeys(t.Context(), skogen)
	must(t, err)
	if len(all) != 1 || !all[0].Used.Equal(consent.MidnightOf(h.clock())) {
		t.Errorf("got %+v", all)
	}
}

// What is in no table is a problem, too.
func TestAPIUnknown(t *testing.T) {
	h := open(t)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.Scopes...)
	for _, path := range []string{"/api", "/api/", "/api/v1", "/api/v1/", "/api/v2/sites", "/api/v1/sites/", "/api/v1/Sites", "/api/v1/sites/skogen/notices/0", "/api/v1/sites/skogen/notices/01", "/api/v1/sites/skogen/notices/9", "/api/v1/sites/skogen/decisions/x", "/api/v1/sites/skogen/figures/x", "/api/v1/sites/%00", "/api/v1/sites/%2e%2e"} {
		g.get(path).problem(t, http.StatusNotFound, "unknown_address")
	}
	for _, method := range []string{http.MethodPost, http.MethodDelete, http.MethodOptions, http.MethodPatch} {
		got := g.call(method, apiSite, "", "Origin", "https://evil.example", "Access-Control-Request-Method", "GET")
		if got.problem(t, http.StatusMethodNotAllowed, "wrong_method"); got.header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: got Allow %q", method, got.header.Get("Allow"))
		}
	}
	told := g.get(api.Base+"/sites?<script>=1").problem(t, http.StatusUnprocessableEntity, "faults")
	if len(told.Faults) != 1 || told.Faults[0].Code != "unknown_field" {
		t.Errorf("got %+v", told)
	}
}

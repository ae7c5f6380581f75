package admin_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// Login tells that a request is let in.
func (c counting) Login(ctx context.Context, id consent.LoginID) (*consent.Login, error) {
	login, err := c.Store.Login(ctx, id)
	c.lets()
	return login, err
}

// LacksFactor is the last that is asked of a key.
func (c counting) LacksFactor(ctx context.Context, in consent.OrganisationID, account consent.AccountID) (bool, error) {
	lacks, err := c.Store.LacksFactor(ctx, in, account)
	c.lets()
	return lacks, err
}

func (c counting) lets() { c.h.once(&c.h.letting) }

// leaves has the person's logins end once the next request is let in.
func (p *person) leaves() {
	p.letting = func() {
		logins, err := p.store.Logins(p.t.Context(), p.id)
		must(p.t, err)
		for _, login := range logins {
			must(p.t, p.store.EndLogin(p.t.Context(), p.id, login.ID))
		}
	}
}

// formTo gives the form of a page whose address ends so, as a browser would send it.
func (a answer) formTo(t *testing.T, page, end string) url.Values {
	t.Helper()
	for _, form := range readForms(t, page, a.body) {
		if strings.HasSuffix(form.action, end) {
			return form.filled
		}
	}
	t.Fatalf("no form to %s (status %d)", end, a.status)
	return nil
}

// told counts the acts in all trails.
func (h *house) told() (n int) {
	h.t.Helper()
	for _, of := range []consent.OrganisationID{"", skogen, havet} {
		all, err := h.store.Acts(h.t.Context(), consent.TrailQuery{Organisation: of, Limit: 5000})
		must(h.t, err)
		n += len(all)
	}
	return n
}

// What a login had sent when it ended is stored by no page, whichever it is, and leads to
// the login.
func TestNoPageStoresAfterTheLogin(t *testing.T) {
	h := open(t)
	h.edit(matomo)
	h.sister("stranda", matomo)
	h.sister("bygda", func(*consent.Draft) {})
	h.sister("heia", func(d *consent.Draft) {
		d.Services[0].Key, d.Services[0].Name, d.Services[0].Provider = "annen", consent.Text{consent.Bokmaal: "Annen"}, consent.Provider{}
		d.Services[0].Cookies[0].Pattern.Name = "annen"
	})
	h.edit(func(d *consent.Draft) { d.Service("matomo").Link = "https://ny.example/" })
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	ola := h.member("ola@example.no", consent.RoleEditor, skogen)
	const site, matomoSites, settings, in = "/sites/skogen", "/sites/skogen/services/matomo/sites", "/sites/skogen/settings", "/organisations/skogen"
	forms := func(page, action string) url.Values { return boss.get(page).formTo(t, page, action) }
	csrf := csrfOf(t, boss)
	for _, each := range []struct {
		path  string
		form  url.Values
		pairs []string
	}{
		{site + "/services/matomo/send", forms(matomoSites, "/send"), []string{"to", "bygda"}},
		{site + "/services/matomo/take", forms(matomoSites, "/take"), nil},
		{site + "/shared", nil, []string{"service", "heia/annen"}},
		{settings + "/look", boss.get(settings+"/look").settingsOf(t, "look"), []string{"radius", "9"}},
		{settings + "/review", forms(settings+"/review", "/settings/review"), []string{"months", "3"}},
		{site + "/reviews", nil, []string{"service", "counter", "was.counter", " "}},
		{site + "/services/counter/review", nil, []string{"review", " ", "due", "2031-01-15"}},
		{site + "/services/counter/reviewed", nil, []string{"review", " "}},
		{counterPage, boss.get(counterPage).form(t), []string{"name.nb", "Et nytt navn"}},
		{in + "/people", nil, []string{"email", "ny@example.no", "role", "viewer"}},
		{ola.of(skogen) + "/role", nil, []string{"role", "viewer"}},
		{ola.of(skogen) + "/remove", nil, []string{"agreed", "yes"}},
		{"/account", nil, []string{"name", "En annen", "language", "nn"}},
	} {
		before := h.told()
		form := url.Values{"csrf": {csrf}}
		for name, values := range each.form {
			form[name] = values
		}
		boss.leaves()
		got := boss.save(each.path, form, each.pairs...)
		if got.status != http.StatusUnauthorized || h.told() != before {
			t.Errorf("%s: %d to %q, and %d acts are told of", each.path, got.status, got.header.Get("Location"), h.told()-before)
		}
		boss = h.loggedIn(boss.id, boss.email)
	}
	// All of that is stored as long as the login lasts: the send, for one.
	boss.save(site+"/services/matomo/send", forms(matomoSites, "/send"), "to", "bygda").leads(t, matomoSites+"?done=service_sent")
}

// What was sent to other sites meanwhile is kept for its author.
func TestServiceThatWasSentIsKept(t *testing.T) {
	h := open(t)
	h.edit(matomo)
	h.sister("stranda", func(*consent.Draft) {})
	kari := h.owner("kari@example.no")
	const page = "/sites/skogen/services/matomo/"
	form := kari.get(page+"sites").formTo(t, page+"sites", "/send")
	kari.leaves()
	got := kari.save(page+"send", form, "to", "stranda")
	got.shows(t, http.StatusUnauthorized, "Your login has ended.")
	if h.draftOf("stranda").Service("matomo") != nil {
		t.Error("it is stored after the login")
	}
	offered := kari.again(got)
	offered.shows(t, http.StatusOK, `action="`+page+`send"`)
	kari.post(page+"send", "resumed", hidden(t, offered.body, "resumed")).leads(t, page+"sites?done=service_sent")
}

// What a key had sent when it was revoked is stored by no route.
func TestNoRouteStoresAfterTheKey(t *testing.T) {
	h := open(t)
	h.decide(t, "skogen", 0, 3)
	h.asked(t, "skogen", aRequest, h.decideAs(t, "skogen", 50, token(1)).ID)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	boss.operates(t, true)
	must(t, h.store.SetRecipients(t.Context(), &consent.Recipients{Organisation: skogen, Language: consent.Bokmaal, Addresses: []string{"it@skogen.example"}}))
	must(t, h.store.SetApp(t.Context(), boss.id, make([]byte, 60), 1))
	must(t, h.store.SetNeedsFactor(t.Context(), skogen, true))
	names, refused := h.objects(t, ""), 0
	for _, e := range h.admin.API() {
		if e.Scope == "" || e.Method == http.MethodGet {
			continue
		}
		g := boss.program(t, e.Scope, consent.ScopeRead)
		path, before := fill(t, names[skogen].Replace(e.Path), skogen), h.told()
		g.get(path) // a key is used once a day
		h.letting = func() { must(t, h.store.RevokeAPIKey(t.Context(), skogen, g.key.ID)) }
		got := g.ask(e, path)
		if got.status == http.StatusUnauthorized {
			refused++
		}
		if h.told() != before && e.Action != "api.organisation.recipients.try" { // which is told of before it is sent
			t.Errorf("%s %s: %d, and %d acts are told of", e.Method, e.Path, got.status, h.told()-before)
		}
		h.letting = nil
		_ = h.store.RevokeAPIKey(t.Context(), skogen, g.key.ID) // it is made again
	}
	if refused < 15 {
		t.Errorf("%d routes had something to store", refused)
	}
}

// Nor what it had sent to other sites.
func TestNoServiceIsSentAfterTheKey(t *testing.T) {
	h := open(t)
	h.edit(matomo)
	h.sister("stranda", func(*consent.Draft) {})
	g := h.member("kari@example.no", consent.RoleEditor, skogen).program(t, consent.ScopeRead, consent.ScopeEdit)
	const path = apiSite + "/services/matomo"
	seen := read[api.Elsewhere](t, g.get(path+"/sites")).Sites[0].Seen
	tag := g.get(apiDraft).header.Get("ETag")
	h.letting = func() { must(t, h.store.RevokeAPIKey(t.Context(), skogen, g.key.ID)) }
	g.call(http.MethodPost, path+"/send", `{"to":[{"site":"stranda","seen":"`+seen+`"}]}`, "If-Match", tag).problem(t, http.StatusUnauthorized, "unknown_key")
	if h.draftOf("stranda").Service("matomo") != nil {
		t.Error("it is stored after the key")
	}
}

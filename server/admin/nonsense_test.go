package admin_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// nonsense is what no field asks for. The fields are posted one of these in turn.
var nonsense = []struct{ kind, typed string }{
	{"no date", "not-a-date"},
	{"a null byte", "\x00"},
	{"100 kB", strings.Repeat("x", 100<<10)},
	{"another direction", "\u202e<script>typed()</script>"},
}

// proper gives what a form may ask for that its page leaves empty, anew each time: with
// it nothing but the nonsense is wrong.
func (f *htmlForm) proper(n int) map[string]string {
	filled := map[string]string{}
	for name, value := range map[string]string{
		"name": "Kultur", "key": fmt.Sprintf("kultur-%d", n), "id": fmt.Sprintf("kultur-%d", n), "email": fmt.Sprintf("kari%d@example.no", n), "number": "974760673",
		"origin": fmt.Sprintf("https://kultur-%d.example", n), "reason": "Because.", "provider.name": "Kultur AS", "pattern.name": fmt.Sprintf("_kultur_%d", n),
		"name.nb": "Kultur", "purpose.nb": "Kultur.", "name.en": "Culture", "purpose.en": "Culture.", "lifetime.declared": "1 year", "addresses": "kari@example.no",
	} {
		if f.filled.Has(name) && f.filled.Get(name) == "" {
			filled[name] = value
		}
	}
	return filled
}

// along goes with fields that are read when another one says so.
var along = map[string]map[string]string{"day": {"when": "later"}, "clock": {"when": "later", "day": "2026-03-03"}}

// formless are posts whose form stands on no page of the fixtures, by why that is.
var formless = map[string]string{
	"/login/second":       "its page follows a password: TestSecondFactor",
	"/unsent/discard":     "its page has one for each form that waits: TestUnsentIsDiscarded",
	"/account/app/remove": "a button alone", "/confirm/provider": "a button alone", "/account/identity/remove": "a button alone",
	"/organisations/:organisation/people/:person/identity": "a button alone", "/people/:person/identity": "a button alone",
	"/organisations/:organisation/people/:person/link": "a button alone", "/organisations/:organisation/people/:person/factor": "a button alone",
	"/people/:person/open":             "a button alone",
	"/organisations/:organisation/two": "a button alone", "/organisations/:organisation/two/propose": "a button alone",
	"/organisations/:organisation/two/keep": "a button alone", "/organisations/:organisation/two/end": "a button alone",
}

// unshown are fields whose content a form does not say again, by why that is.
var unshown = map[string]string{
	"password": "it is shown to nobody", "again": "it is a password",
	"token": "it opens the choices of a person", "code": "it holds for half a minute, and is typed anew", "file": "no browser lets a page fill it in",
}

// unread says whether a form of an inventory leaves a field alone: why something is
// exempt where it is not, and what was looked for when something else is saved.
func unread(field string) bool { return field == "catalogue" || strings.HasPrefix(field, "exemption.") }

// Whatever is posted in a field is answered with a page: what can be typed comes back
// in its form with a sentence, and nothing of it becomes a part of the page.
func TestNonsenseComesBackInTheForm(t *testing.T) {
	for half := range 2 { // side by side, since there is much to post
		t.Run(fmt.Sprintf("half %d", half+1), func(t *testing.T) {
			t.Parallel()
			c := &crowd{whole: t}
			c.gather()
			c.sweep(t, half)
		})
	}
}

// sweep goes through every other route.
func (c *crowd) sweep(t *testing.T, half int) {
	places := c.formPlaces(t)
	for i, e := range c.h.admin.Entries() {
		if e.Method == http.MethodGet || i%2 != half {
			continue
		}
		found := places[e.Path]
		if (len(found) == 0) == (formless[e.Path] == "") {
			t.Errorf("POST %s: %d of its forms were found, and the list of those without one says %q", e.Path, len(found), formless[e.Path])
		}
		for _, place := range found {
			t.Run(place.action, func(t *testing.T) { place.sweep(t, e) })
		}
	}
}

// crowd are the people who see all forms between them.
type crowd struct {
	whole  *testing.T // the test that a house lasts as long as
	h      *house
	drafts []*consent.Draft
	people map[string]*person
}

// gather makes them, in a house that is as it was at first.
func (c *crowd) gather() {
	t := c.whole
	t.Helper()
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen, havet)
	must(t, h.store.ChangeAccount(t.Context(), &consent.Account{ID: kari.id, Email: kari.email, Name: "Kari", Language: consent.English, Operator: true}))
	kari = h.loggedIn(kari.id, "operator")
	fixtures(t, h)
	late := &person{house: h, id: kari.id, email: kari.email, cookie: "late"}
	must(t, h.store.AddLogin(t.Context(), &consent.Login{
		ID: consent.LoginID(consent.HashOf([]byte(late.cookie))), Account: kari.id, Created: h.clock(), Seen: h.clock(), Confirmed: h.clock().Add(-time.Hour),
	}))
	for site, of := range map[consent.SiteKey]consent.OrganisationID{"ready": skogen, "timed": skogen, "waiting": havet} {
		draft := storagetest.Draft(site)
		draft.Organisation.ID = of
		storagetest.PublishDraft(t.Context(), t, h.store, draft)
		draft.Site.Look.Radius = 9
		must(t, h.store.SaveDraft(t.Context(), draft, h.clock()))
	}
	_, revision, err := h.store.DraftAt(t.Context(), "timed")
	must(t, err)
	must(t, h.store.SetPlan(t.Context(), &consent.Plan{
		Site: "timed", State: consent.PlanScheduled, Revision: revision, Proposer: kari.id, Proposed: h.clock(), Due: h.clock().Add(time.Hour),
	}, 0))
	h.asked(t, "skogen", openRequest)
	sites, err := h.store.Sites(t.Context())
	must(t, err)
	c.drafts = nil
	for _, site := range sites {
		draft, err := h.store.Draft(t.Context(), site.Key)
		must(t, err)
		c.drafts = append(c.drafts, draft)
	}
	c.h, c.people = h, map[string]*person{"kari": kari, "somebody who is to confirm who they are": late, "a stranger": h.stranger()}
}

// restore takes what was saved out of the drafts again: many texts of 100 kB in one
// would show nothing but how long a page may become. What waits to be published is
// something new each time.
func (c *crowd) restore(t *testing.T) {
	t.Helper()
	for _, draft := range c.drafts {
		now, err := c.h.store.Draft(t.Context(), draft.Site.Key)
		must(t, err)
		if draft.Site.Look.Radius > 7 {
			draft.Site.Look.Radius = 17 - draft.Site.Look.Radius
		}
		if admin.Fingerprint(now) != admin.Fingerprint(draft) {
			must(t, c.h.store.SaveDraft(t.Context(), *draft, c.h.clock()))
		}
	}
}

var openRequest = consent.NewRequestID(storagetest.Morning, [10]byte{9})

// formPlace is where the form of a route stands.
type formPlace struct {
	*crowd
	who    string
	page   string
	action string
	shape  string // its fields
}

// formPlaces finds the forms of each route, by its path: one of each shape.
func (c *crowd) formPlaces(t *testing.T) map[string][]*formPlace {
	t.Helper()
	places := map[string][]*formPlace{}
	look := func(who, page string) {
		for _, form := range readForms(t, page, c.people[who].get(page).body) {
			path, place := routeOf(c.h, form.action), &formPlace{c, who, page, form.action, form.shape()}
			if !slices.ContainsFunc(places[path], func(known *formPlace) bool { return known.action == place.action || known.shape == place.shape }) {
				places[path] = append(places[path], place)
			}
		}
	}
	more := []string{"/sites/ready/publish", "/sites/timed/publish", "/sites/waiting/publish", "/sites/skogen/requests/" + openRequest.String()}
	for _, page := range append(pages(t, c.h), more...) {
		look("kari", page)
	}
	look("somebody who is to confirm who they are", "/account/app")
	for _, page := range []string{"/login", "/link/once", "/invitation/offered"} {
		look("a stranger", page)
	}
	return places
}

// routeOf gives the path of the route that a form posts to: the first that fits, as
// the server looks for it.
func routeOf(h *house, action string) string {
	path, _, _ := strings.Cut(action, "?")
	for _, e := range h.admin.Entries() {
		fits := regexp.MustCompile("^" + parameter.ReplaceAllString(e.Path, `[^/]+`) + "$")
		if e.Method != http.MethodGet && fits.MatchString(path) {
			return e.Path
		}
	}
	return ""
}

// formOn gives the form as a page shows it, nil when it does not.
func (p *formPlace) formOn(t *testing.T, page answer) *htmlForm {
	t.Helper()
	for _, form := range readForms(t, p.page, page.body) {
		if form.action == p.action {
			return form
		}
	}
	return nil
}

// form gives the form as it stands on its page now. What was posted before may have
// taken it away: then everything is as at first again.
func (p *formPlace) form(t *testing.T) *htmlForm {
	t.Helper()
	for range 2 {
		if form := p.formOn(t, p.people[p.who].get(p.page)); form != nil {
			return form
		}
		p.gather()
	}
	t.Fatalf("%s does not show the form to %s any more", p.page, p.who)
	return nil
}

// laterRow are fields in a row of a table after those that are tried: they are alike.
var laterRow = regexp.MustCompile(`\.([3-9]|[1-9][0-9]+)(\.|$)`)

// sweep posts each field of the form with nonsense, and the others as the page has
// filled them in.
func (p *formPlace) sweep(t *testing.T, e admin.Entry) {
	t.Helper()
	form := p.form(t)
	for i, field := range form.fields {
		if laterRow.MatchString(field.name) {
			continue
		}
		it := nonsense[i%len(nonsense)]
		got := p.people[p.who].ask(http.MethodPost, p.action, form.with(form.proper(i), along[field.name], map[string]string{field.name: it.typed}))
		if why := p.fault(t, e, field, it.typed, got); why != "" {
			t.Errorf("%s is %s: %s: %d to %q\n%s", field.name, it.kind, why, got.status, got.header.Get("Location"), beginning(got.body))
		}
		if got.status < http.StatusBadRequest { // something was saved
			p.restore(t)
			form = p.form(t)
		}
	}
}

// fault says what is wrong with an answer, "" for nothing.
func (p *formPlace) fault(t *testing.T, e admin.Entry, field formField, typed string, got answer) string {
	t.Helper()
	if got.status == http.StatusSeeOther {
		got = p.people[p.who].get(got.header.Get("Location"))
	}
	form := p.formOn(t, got)
	switch {
	case got.status == http.StatusOK && e.Looks && strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment"):
		return "" // the file that was asked for
	case got.status == http.StatusServiceUnavailable && strings.HasSuffix(e.Path, "/provider") && strings.Contains(got.body, `href="/`):
		return "" // no provider of logins answers in this house
	case got.status >= http.StatusInternalServerError:
		return "the server fails"
	case !strings.Contains(got.body, `<main id="main"`) || !strings.Contains(got.body, "<h1"):
		return "this is no page"
	case strings.Contains(got.body, "<script>typed"):
		return "what was typed is a part of the page"
	case got.status < http.StatusBadRequest && field.typed && typed == "\x00" && !e.Looks && !strings.Contains(got.body, "\ufffd") && !unread(field.name):
		return "a null byte is gone without a word"
	case got.status < http.StatusBadRequest:
		return ""
	case form == nil && field.typed:
		return "the form is not shown again"
	case form == nil && (!strings.Contains(got.body, `<p class="lede"`) || !strings.Contains(got.body, `href="/"`)):
		return "it says nothing, or leads nowhere"
	case form == nil:
		return ""
	case !strings.Contains(got.body, `class="wrong"`) && !strings.Contains(got.body, `role="alert"`):
		return "nothing says what is wrong"
	}
	kept := strings.TrimSpace(strings.ReplaceAll(typed, "\x00", "\ufffd"))
	said := strings.TrimSuffix(strings.TrimSpace(form.filled.Get(field.name)), "…")
	if field.typed && kept != "" && unshown[field.name] == "" && said != kept && (len(kept) < 100<<10 || said == "" || !strings.HasPrefix(kept, said)) {
		return "what was typed is not in the field, nor the beginning of what is too long"
	}
	return ""
}

// beginning gives the first words of what a page shows.
func beginning(page string) string {
	_, page, _ = strings.Cut(page, `<main id="main"`)
	return strings.Join(strings.Fields(page[:min(len(page), 700)]), " ")
}

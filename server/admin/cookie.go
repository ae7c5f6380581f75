package admin

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/sitefile"
)

// cookiePart is the form of the cookie that the address names, also by the name that it
// had when the form was opened.
func (r *request) cookiePart() (*part, error) {
	draft, err := r.draft()
	if err != nil {
		return nil, err
	}
	f := &cookieForm{request: r, service: r.c.Params("service"), name: r.c.Params("cookie"), at: -1}
	s := serviceAt(draft, f.service)
	if s == nil && r.form.Get("was") == "" {
		return nil, errNoPage()
	}
	p := &part{title: "cookie_title", pairs: []any{"name", r.field("pattern.name")}, done: "saved"}
	if s != nil && f.find(draft) == nil && r.form.Has("was") {
		if err := f.followName(s, p); err != nil {
			return nil, err
		}
	}
	f.shape(p, s)
	p.remove = r.sitePath("/services/" + f.service + "/cookies/" + f.name + "/remove")
	p.spot, p.renames = cookiePath(f.service, r.field("pattern.name")), true
	p.find = func(d *consent.Draft) any {
		if c := f.find(d); c != nil {
			return *c
		}
		return nil
	}
	p.values = func(d *consent.Draft) url.Values { return r.cookieValues(f.find(d)) }
	if c := f.find(draft); c != nil {
		p.pairs = []any{"name", brief(c.Pattern.Name)}
	}
	return p, nil
}

// newCookie is the form of a cookie that is not there yet.
func (r *request) newCookie() (*part, error) {
	draft, err := r.draft()
	if err != nil {
		return nil, err
	}
	f := &cookieForm{request: r, service: r.c.Params("service"), at: -1}
	s := serviceAt(draft, f.service)
	if s == nil && r.form.Get("was") != gone {
		return nil, errNoPage()
	}
	p := &part{title: "cookie_new", pairs: []any{"name", f.service}, done: "cookie_added", fresh: true}
	f.shape(p, s)
	p.find = func(*consent.Draft) any { return nil }
	p.values = func(*consent.Draft) url.Values { return newCookieValues() }
	if s != nil {
		p.pairs = []any{"name", r.serviceName(s)}
		p.suggest = func(d *consent.Draft, values url.Values) (*suggestions, error) {
			return r.suggestCookies(d, serviceAt(d, f.service), values)
		}
	}
	return p, nil
}

// newCookieValues is what the form of a new cookie begins with.
func newCookieValues() url.Values {
	return url.Values{
		"pattern.match": {string(consent.MatchExact)}, "kind": {string(consent.KindCookie)},
		"party": {string(consent.FirstParty)}, "status": {string(consent.StatusActive)},
	}
}

// cookieRemoveGet asks before a cookie is removed.
func (r *request) cookieRemoveGet() error {
	draft, err := r.draft()
	if err != nil {
		return err
	}
	s := serviceAt(draft, r.c.Params("service"))
	if s == nil {
		return errNoPage()
	}
	i := indexOf(s.Cookies, cookieName, r.c.Params("cookie"))
	if i < 0 {
		return errNoPage()
	}
	return r.askCookieRemoval(http.StatusOK, s, &s.Cookies[i], false)
}

func (r *request) askCookieRemoval(status int, s *consent.Service, c *consent.Cookie, changed bool) error {
	service := r.serviceLink(r.c.Params("service"), s)
	return r.askRemoval(status, "cookie_remove", r.inventoryTrail(service), removal{
		Text: r.say("cookie_remove_text", "name", brief(c.Pattern.Name), "service", service.Text),
		Was:  hashOf(c), Back: service.URL + "/cookies/" + r.c.Params("cookie"), Changed: changed,
	})
}

// cookieRemovePost removes a cookie.
func (r *request) cookieRemovePost() error {
	var of *consent.Service
	var now *consent.Cookie
	err := r.changeDraft(func(d *consent.Draft) error {
		if of = serviceAt(d, r.c.Params("service")); of == nil {
			return errNoPage()
		}
		i := indexOf(of.Cookies, cookieName, r.c.Params("cookie"))
		if i < 0 {
			return errNoPage()
		}
		if now = &of.Cookies[i]; hashOf(now) != r.form.Get("was") {
			return errNotSaved
		}
		r.tellsPart(sitefile.Part{Service: of.Key, Cookie: now.Pattern.Name})
		of.Cookies = slices.Delete(of.Cookies, i, i+1)
		return nil
	})
	if errors.Is(err, errNotSaved) {
		return r.askCookieRemoval(http.StatusConflict, of, now, true)
	}
	if err != nil {
		return err
	}
	return r.redirect(r.sitePath("/services/"+r.c.Params("service")), "cookie_removed")
}

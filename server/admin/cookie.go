package admin

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/sitefile"
)

// cookiePart is the form of the cookie that the address names.
func (r *request) cookiePart() (*part, error) {
	draft, err := r.draft()
	if err != nil {
		return nil, err
	}
	name, service := r.c.Params("cookie"), r.c.Params("service")
	s := serviceAt(draft, service)
	if s == nil {
		if r.form.Get("was") == "" {
			return nil, errNoPage()
		}
		s = &consent.Service{Key: consent.ServiceKey(service)} // it was there when the form was opened
	}
	at := -1 // where the cookie is, so that a new name is found
	find := func(d *consent.Draft) *consent.Cookie {
		s := serviceAt(d, service)
		if s == nil {
			return nil
		}
		if at = indexOf(s.Cookies, cookieName, name); at < 0 {
			return nil
		}
		return &s.Cookies[at]
	}
	p := &part{
		title: "cookie_title", trail: r.inventoryTrail(r.serviceLink(service, s)),
		back: r.sitePath("/services/" + service), done: "saved", remove: r.sitePath("/services/" + service + "/cookies/" + name + "/remove"),
		spot:   cookiePath(service, r.field("pattern.name")),
		path:   func(d *consent.Draft) string { return pathOfCookie(d, service, at) },
		fields: cookieFields,
		find: func(d *consent.Draft) any {
			if c := find(d); c != nil {
				return *c
			}
			return nil
		},
		values: func(d *consent.Draft) url.Values { return r.cookieValues(find(d)) },
		apply: func(rd *reader) {
			s, c := serviceAt(rd.draft, service), find(rd.draft)
			if s == nil {
				rd.wrong["pattern.name"] = rd.say("cookie_no_service")
				return
			}
			if c == nil { // somebody removed it, and it is wanted back
				s.Cookies = append(s.Cookies, consent.Cookie{})
				at = len(s.Cookies) - 1
				c = &s.Cookies[at]
			}
			was := c.Pattern.Name
			rd.readCookie(s, c)
			rd.tellsPart(sitefile.Part{Service: s.Key, Cookie: cmp.Or(was, c.Pattern.Name)})
		},
	}
	p.pairs = []any{"name", r.field("pattern.name")}
	if c := find(draft); c != nil {
		p.pairs = []any{"name", brief(c.Pattern.Name)}
	}
	return p, nil
}

// pathOfCookie gives where the problems of a cookie are found.
func pathOfCookie(d *consent.Draft, service string, cookie int) string {
	i := indexOf(d.Services, serviceKey, service)
	if i < 0 || cookie < 0 || cookie >= len(d.Services[i].Cookies) {
		return ""
	}
	return cookiePath(partNames(d.Services, serviceKey)[i], partNames(d.Services[i].Cookies, cookieName)[cookie])
}

// newCookie is the form of a cookie that is not there yet.
func (r *request) newCookie() (*part, error) {
	draft, err := r.draft()
	if err != nil {
		return nil, err
	}
	service := r.c.Params("service")
	s := serviceAt(draft, service)
	if s == nil {
		return nil, errNoPage()
	}
	at := -1
	return &part{
		title: "cookie_new", pairs: []any{"name", r.serviceName(s)}, trail: r.inventoryTrail(r.serviceLink(service, s)), fresh: true,
		back: r.sitePath("/services/" + service), done: "cookie_added",
		find:   func(*consent.Draft) any { return nil },
		values: func(*consent.Draft) url.Values { return newCookieValues() },
		path:   func(d *consent.Draft) string { return pathOfCookie(d, service, at) },
		fields: cookieFields,
		suggest: func(d *consent.Draft, values url.Values) (*suggestions, error) {
			return r.suggestCookies(d, serviceAt(d, service), values)
		},
		apply: func(rd *reader) {
			s := serviceAt(rd.draft, service)
			if s == nil {
				rd.wrong["pattern.name"] = rd.say("cookie_no_service")
				return
			}
			var c consent.Cookie
			rd.readCookie(s, &c)
			rd.tellsPart(sitefile.Part{Service: s.Key, Cookie: c.Pattern.Name})
			s.Cookies = append(s.Cookies, c)
			at = len(s.Cookies) - 1
		},
	}, nil
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

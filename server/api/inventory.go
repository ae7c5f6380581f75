package api

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/sitefile"
)

// inventoryRoutes are about single services and cookies of a draft. They go by their
// names, percent-encoded where an address needs that.
func inventoryRoutes() []route {
	const (
		services = "/sites/:site/services"
		service  = services + "/:service"
		cookies  = service + "/cookies"
		cookie   = cookies + "/:cookie"
	)
	return []route{
		seen(services, "listServices", "The services of the draft with their cookies. The ETag is that of the draft, and is needed to change one", Services{}, (*request).servicesGet),
		seen(service, "getService", "One service, with its cookies", SiteService{}, (*request).serviceGet),
		takes(SiteService{}, partOf(http.MethodPut, service, "api.draft.service.save", "putService", "Put a service in the place of the one of that key, or add it. Faults are told as for a draft, and then nothing is saved", (*request).servicePut)),
		partOf(http.MethodDelete, service, "api.draft.service.remove", "deleteService", "Remove a service with its cookies", (*request).serviceDelete),
		seen(cookies, "listCookies", "The cookies of a service", Cookies{}, (*request).cookiesGet),
		seen(cookie, "getCookie", "One cookie", SiteCookie{}, (*request).cookieGet),
		takes(SiteCookie{}, partOf(http.MethodPut, cookie, "api.draft.cookie.save", "putCookie", "Put a cookie in the place of the one of that name, or add it", (*request).cookiePut)),
		partOf(http.MethodDelete, cookie, "api.draft.cookie.remove", "deleteCookie", "Remove a cookie", (*request).cookieDelete),
	}
}

// seen is what is read of a draft, or beside it.
func seen(path, name, summary string, gives any, handle func(*request) (*answer, error)) route {
	return route{method: http.MethodGet, path: path, scope: consent.ScopeRead, name: name, summary: summary, answers: map[int]any{http.StatusOK: gives}, handle: handle}
}

// partOf changes a part of a draft.
func partOf(method, path, action, name, summary string, handle func(*request) (*answer, error)) route {
	return route{
		method: method, path: path, scope: consent.ScopeEdit, action: action, name: name, summary: summary,
		matched: true, answers: map[int]any{http.StatusOK: Saved{}}, refused: ofMatch, handle: handle,
	}
}

// takes has a route take a body.
func takes(body any, to route) route { to.body = body; return to }

// SiteService is a service as a site file has it.
type SiteService struct{ json.RawMessage }

// SiteCookie is a cookie as a site file has it.
type SiteCookie struct{ json.RawMessage }

// Services is a list.
type Services struct {
	Services []SiteService `json:"services"`
}

// Cookies is a list.
type Cookies struct {
	Cookies []SiteCookie `json:"cookies"`
}

// place is what the address is about in the draft, -1 for what is not there.
type place struct {
	*sitefile.Inventory
	draft           *consent.Draft
	revision        consent.DraftRevision
	key             consent.ServiceKey
	cookieName      string
	categoryKey     consent.CategoryKey
	service, cookie int
	category        int
}

// placeIn finds what the address names.
func (r *request) placeIn(draft *consent.Draft, revision consent.DraftRevision) (*place, error) {
	inventory, err := sitefile.ReadInventory(draft)
	if err != nil {
		return nil, err
	}
	at := &place{Inventory: inventory, draft: draft, revision: revision, cookie: -1}
	for _, each := range []struct {
		name string
		into *string
	}{{"service", (*string)(&at.key)}, {"cookie", &at.cookieName}, {"category", (*string)(&at.categoryKey)}} {
		if *each.into, err = url.PathUnescape(r.c.Params(each.name)); err != nil {
			return nil, errUnknown()
		}
	}
	at.category = inventory.Category(at.categoryKey)
	if at.service = inventory.Service(at.key); at.service >= 0 && at.cookieName != "" {
		at.cookie = inventory.Cookie(at.service, at.cookieName)
	}
	return at, nil
}

// placeSeen finds it in the draft that the program has seen.
func (r *request) placeSeen() (*place, error) {
	draft, revision, err := r.draftSeen()
	if err != nil {
		return nil, err
	}
	return r.placeIn(draft, revision)
}

// placeNow finds it in the draft as it is, to be read.
func (r *request) placeNow() (*place, error) {
	draft, revision, err := r.Store.DraftAt(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	return r.placeIn(draft, revision)
}

func (p *place) answer(body any) *answer { return &answer{body: body, tag: revisionTag(p.revision)} }

func (r *request) servicesGet() (*answer, error) {
	at, err := r.placeNow()
	if err != nil {
		return nil, err
	}
	list := Services{make([]SiteService, len(at.Services))}
	for i, each := range at.Services {
		list.Services[i] = SiteService{each}
	}
	return at.answer(list), nil
}

func (r *request) serviceGet() (*answer, error) {
	at, err := r.placeNow()
	if err != nil {
		return nil, err
	}
	if at.service < 0 {
		return nil, errUnknown()
	}
	return at.answer(SiteService{at.Services[at.service]}), nil
}

func (r *request) cookiesGet() (*answer, error) {
	at, all, err := r.cookies()
	if err != nil {
		return nil, err
	}
	list := Cookies{make([]SiteCookie, len(all))}
	for i, each := range all {
		list.Cookies[i] = SiteCookie{each}
	}
	return at.answer(list), nil
}

func (r *request) cookieGet() (*answer, error) {
	at, all, err := r.cookies()
	if err != nil {
		return nil, err
	}
	if at.cookie < 0 {
		return nil, errUnknown()
	}
	return at.answer(SiteCookie{all[at.cookie]}), nil
}

// cookies gives those of the service that the address names.
func (r *request) cookies() (*place, []json.RawMessage, error) {
	at, err := r.placeNow()
	if err != nil {
		return nil, nil, err
	}
	if at.service < 0 {
		return nil, nil, errUnknown()
	}
	all, err := at.Cookies(at.service)
	return at, all, err
}

func (r *request) servicePut() (*answer, error) {
	at, err := r.placeSeen()
	if err != nil {
		return nil, err
	}
	if err := r.isJSON(); err != nil {
		return nil, err
	}
	next, err := at.PutService(at.service, at.key, r.c.Request().Body())
	if err != nil {
		return nil, err
	}
	written := memberOf(next.Draft.Services, at.service)
	return r.putPart(at, next, string(at.key), "services."+string(at.key)+".key", written != nil && written.Key == at.key)
}

func (r *request) cookiePut() (*answer, error) {
	at, err := r.placeSeen()
	if err != nil {
		return nil, err
	}
	if at.service < 0 {
		return nil, errUnknown()
	}
	if err := r.isJSON(); err != nil {
		return nil, err
	}
	next, err := at.PutCookie(at.service, at.cookie, at.cookieName, r.c.Request().Body())
	if err != nil {
		return nil, err
	}
	var written *consent.Cookie
	if s := memberOf(next.Draft.Services, at.service); s != nil {
		written = memberOf(s.Cookies, at.cookie)
	}
	return r.putPart(at, next, string(at.key)+"/"+at.cookieName, "services."+string(at.key)+".cookies."+at.cookieName+".pattern.name", written != nil && written.Pattern.Name == at.cookieName)
}

// memberOf gives the member that was put into a list, the last one for -1.
func memberOf[T any](list []T, at int) *T {
	if at < 0 {
		at = len(list) - 1
	}
	if at < 0 || at >= len(list) {
		return nil
	}
	return &list[at]
}

// putPart saves a part that was put into the draft, under the name that the address has.
func (r *request) putPart(at *place, next *sitefile.Next, object, path string, named bool) (*answer, error) {
	faults := next.Problems.Faults()
	if !named {
		errField(&faults, path, "other_name", "The name is not that of the address.", "Write the name that the address has. To rename something, remove it and add it anew.")
	}
	if len(faults) > 0 {
		return nil, errFaults("Nothing was saved.", faults)
	}
	r.tells(object, "")
	return r.saveDraft(at.draft, next.Draft, at.revision, next.Problems)
}

// saveDraft saves a draft in the place of one, unless they say the same.
func (r *request) saveDraft(was, next *consent.Draft, revision consent.DraftRevision, warnings consent.Problems) (*answer, error) {
	saved := Saved{Changed: !same(was, next)}
	saved.Warnings, saved.More = mostOf(warnings)
	if saved.Changed {
		if err := r.replaceDraft(next, revision); err != nil {
			return nil, err
		}
		revision++
	}
	return &answer{body: saved, tag: revisionTag(revision)}, nil
}

func (r *request) serviceDelete() (*answer, error) {
	at, err := r.placeSeen()
	if err != nil {
		return nil, err
	}
	if at.service < 0 {
		return nil, errUnknown()
	}
	next := *at.draft
	next.Services = slices.Delete(slices.Clone(next.Services), at.service, at.service+1)
	return r.removePart(at, &next, string(at.key))
}

func (r *request) cookieDelete() (*answer, error) {
	at, err := r.placeSeen()
	if err != nil {
		return nil, err
	}
	if at.cookie < 0 {
		return nil, errUnknown()
	}
	next := *at.draft
	next.Services = slices.Clone(next.Services)
	s := &next.Services[at.service]
	s.Cookies = slices.Delete(slices.Clone(s.Cookies), at.cookie, at.cookie+1)
	return r.removePart(at, &next, string(at.key)+"/"+at.cookieName)
}

// removePart saves a draft without a part. What is wrong with it by that is told, and
// keeps nothing from being removed.
func (r *request) removePart(at *place, next *consent.Draft, object string) (*answer, error) {
	r.tells(object, "")
	return r.saveDraft(at.draft, next, at.revision, sitefile.NewProblems(at.draft, next.Validate(), ""))
}

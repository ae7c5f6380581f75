package api

import (
	"encoding/json"
	"net/http"
	"net/url"

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
		seen(service, "getService", "One service, with its cookies", SiteService{}, (*request).partGet),
		takes(SiteService{}, partOf(http.MethodPut, service, "api.draft.service.save", "putService", "Put a service in the place of the one of that key, or add it. Faults are told as for a draft, and then nothing is saved", (*request).partPut)),
		partOf(http.MethodDelete, service, "api.draft.service.remove", "deleteService", "Remove a service with its cookies", (*request).partDelete),
		seen(cookies, "listCookies", "The cookies of a service", Cookies{}, (*request).cookiesGet),
		seen(cookie, "getCookie", "One cookie", SiteCookie{}, (*request).partGet),
		takes(SiteCookie{}, partOf(http.MethodPut, cookie, "api.draft.cookie.save", "putCookie", "Put a cookie in the place of the one of that name, or add it", (*request).partPut)),
		partOf(http.MethodDelete, cookie, "api.draft.cookie.remove", "deleteCookie", "Remove a cookie", (*request).partDelete),
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

// place is what the address is about in the draft.
type place struct {
	*sitefile.Inventory
	draft    *consent.Draft
	revision consent.DraftRevision
	part     sitefile.Part
	found    json.RawMessage // nil for what is not there
}

// placeIn finds what the address names.
func (r *request) placeIn(draft *consent.Draft, revision consent.DraftRevision) (*place, error) {
	inventory, err := sitefile.ReadInventory(draft, r.today())
	if err != nil {
		return nil, err
	}
	at := &place{Inventory: inventory, draft: draft, revision: revision}
	for _, each := range []struct {
		name string
		into *string
	}{{"service", (*string)(&at.part.Service)}, {"cookie", &at.part.Cookie}, {"category", (*string)(&at.part.Category)}} {
		if *each.into, err = url.PathUnescape(r.c.Params(each.name)); err != nil {
			return nil, errUnknown()
		}
	}
	at.found, err = inventory.Get(at.part)
	return at, err
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

func (r *request) cookiesGet() (*answer, error) {
	at, err := r.placeNow()
	if err != nil {
		return nil, err
	}
	if at.found == nil {
		return nil, errUnknown()
	}
	all, err := at.Cookies(at.part.Service)
	if err != nil {
		return nil, err
	}
	list := Cookies{make([]SiteCookie, len(all))}
	for i, each := range all {
		list.Cookies[i] = SiteCookie{each}
	}
	return at.answer(list), nil
}

func (r *request) partGet() (*answer, error) {
	at, err := r.placeNow()
	if err != nil {
		return nil, err
	}
	if at.found == nil {
		return nil, errUnknown()
	}
	return at.answer(at.found), nil
}

// partPut saves a part under the name that the address has.
func (r *request) partPut() (*answer, error) {
	at, err := r.placeSeen()
	if err != nil {
		return nil, err
	}
	if at.part.Cookie != "" && at.draft.Service(at.part.Service) == nil {
		return nil, errUnknown()
	}
	if err := r.isJSON(); err != nil {
		return nil, err
	}
	next, err := at.Put(at.part, r.c.Request().Body())
	if err != nil {
		return nil, err
	}
	if faults := next.Problems.Faults(); len(faults) > 0 {
		return nil, errFaults("Nothing was saved.", faults)
	}
	r.tells(at.part.String(), "")
	return r.saveDraft(at.draft, next.Draft, at.revision, next.Problems)
}

// partDelete saves the draft without a part. What is wrong with it by that is told, and
// keeps nothing from being removed.
func (r *request) partDelete() (*answer, error) {
	at, err := r.placeSeen()
	if err != nil {
		return nil, err
	}
	if at.found == nil {
		return nil, errUnknown()
	}
	next, err := at.Remove(at.part)
	if err != nil {
		return nil, err
	}
	r.tells(at.part.String(), "")
	return r.saveDraft(at.draft, next.Draft, at.revision, next.Problems)
}

// saveDraft saves a draft in the place of one, unless they say the same. What leaves a
// signature below another text is refused.
func (r *request) saveDraft(was, next *consent.Draft, revision consent.DraftRevision, warnings consent.Problems) (*answer, error) {
	saved := Saved{Changed: !sitefile.Same(was, next)}
	saved.Warnings, saved.More = mostOf(warnings)
	if saved.Changed {
		signed, err := r.signatures()
		if err != nil {
			return nil, err
		}
		if stale := signed.StaleBy(was, next, r.today()); len(stale) > 0 {
			return nil, errFaults("Nothing was saved.", stale)
		}
		if err := r.replaceDraft(next, revision); err != nil {
			return nil, err
		}
		revision++
	}
	return &answer{body: saved, tag: revisionTag(revision)}, nil
}

// signatures gives what the notice in force has signed.
func (r *request) signatures() (consent.Signatures, error) {
	notice, err := consent.InForce(r.ctx, r.Store, r.site.Key)
	return consent.SignaturesOf(notice.Said()), err
}

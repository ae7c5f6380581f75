package admin

import (
	"net/http"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// inventoryRoutes are the pages on which the inventory of a draft is kept.
func inventoryRoutes() []route {
	const (
		site    = "/sites/:site"
		service = site + "/services/:service"
		cookie  = service + "/cookies/:cookie"
		one     = site + "/categories/:category"
	)
	see := func(path string, handle func(*request) error) route {
		return route{method: http.MethodGet, path: path, may: consent.MaySee, handle: handle}
	}
	ask := func(path string, handle func(*request) error) route {
		return route{method: http.MethodGet, path: path, may: consent.MayEdit, handle: handle}
	}
	save := func(path, action string, handle func(*request) error) route {
		return route{method: http.MethodPost, path: path, may: consent.MayEdit, action: action, handle: handle}
	}
	remove := func(path, action string, handle func(*request) error) route {
		to := save(path+"/remove", action, handle)
		to.red = true
		return to
	}
	fixed := func(make func(*request) *part) func(*request) (*part, error) {
		return func(r *request) (*part, error) { return make(r), nil }
	}
	return slices.Concat([]route{see(site+"/inventory", (*request).inventoryGet)},
		partRoutes(ask, save, site+"/new-service", "draft.service.add", fixed((*request).newService)),
		partRoutes(see, save, service, "draft.service.save", (*request).servicePart),
		partRoutes(ask, save, service+"/new-cookie", "draft.cookie.add", (*request).newCookie),
		partRoutes(see, save, cookie, "draft.cookie.save", (*request).cookiePart),
		partRoutes(ask, save, site+"/new-category", "draft.category.add", fixed(func(r *request) *part { return r.categoryPart(true) })),
		partRoutes(see, save, one, "draft.category.save", func(r *request) (*part, error) { return r.named(r.categoryPart(false)) }),
		[]route{
			save(service+"/review", "service.review.date", (*request).reviewDatePost),
			save(service+"/reviewed", "service.review.done", (*request).reviewedPost),
			ask(site+"/reviews", (*request).reviewsGet),
			save(site+"/reviews", "service.review.done", (*request).reviewsPost),
			ask(service+"/remove", (*request).serviceRemoveGet),
			remove(service, "draft.service.remove", (*request).serviceRemovePost),
			ask(cookie+"/remove", (*request).cookieRemoveGet),
			remove(cookie, "draft.cookie.remove", (*request).cookieRemovePost),
			ask(site+"/shared", (*request).sharedGet),
			save(site+"/shared", "draft.service.copy", (*request).sharedPost),
			ask(service+"/sites", (*request).elsewhereGet),
			save(service+"/take", "draft.service.take", (*request).takePost),
			save(service+"/send", "draft.service.send", (*request).sendPost),
			see(site+"/categories", (*request).categoriesGet),
			ask(one+"/remove", (*request).categoryRemoveGet),
			remove(one, "draft.category.remove", (*request).categoryRemovePost),
			see(site+"/texts", (*request).textsGet),
			save(site+"/texts", "draft.texts.save", (*request).textsPost),
			see(site+"/export", (*request).exportGet),
			see(site+"/export/:file", (*request).exportFileGet),
			ask(site+"/import", (*request).importGet),
			save(site+"/import", "draft.import", (*request).importPost),
		})
}

// partRoutes are the two of a form about a part of the draft: it is shown, and saved.
func partRoutes(
	show func(string, func(*request) error) route, save func(string, string, func(*request) error) route,
	path, action string, find func(*request) (*part, error),
) []route {
	with := func(do func(*request, *part) error) func(*request) error {
		return func(r *request) error {
			p, err := find(r)
			if err != nil {
				return err
			}
			return do(r, p)
		}
	}
	return []route{show(path, with(func(r *request, p *part) error { return r.showPart(http.StatusOK, p) })), save(path, action, with((*request).savePart))}
}

// sitePath gives the address of a page of the Site.
func (r *request) sitePath(rest string) string { return "/sites/" + string(r.site.Key) + rest }

// inventoryTrail leads from the inventory to a page.
func (r *request) inventoryTrail(more ...web.AdminLink) []web.AdminLink {
	return append([]web.AdminLink{{Text: r.say("nav_inventory"), URL: r.sitePath("/inventory")}}, more...)
}

func (r *request) serviceLink(name string, s *consent.Service) web.AdminLink {
	return web.AdminLink{Text: r.serviceName(s), URL: r.sitePath("/services/" + name)}
}

// serviceName is what a person calls a service.
func (r *request) serviceName(s *consent.Service) string {
	if name := r.in(s.Name).Text; name != "" {
		return brief(name)
	}
	return brief(string(s.Key))
}

package admin

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	origincontrol "github.com/samtykke/samtykke/server/control"
	"github.com/samtykke/samtykke/server/web"
)

// page is what a handler shows.
type page struct {
	name  string // of the template
	title string // key of the heading
	pairs []any  // what the heading's {names} stand for
	trail []web.AdminLink
	data  any
	help  string // article of the manual, "" for that of the route
}

// undone are what pages say after a post that did not do what it is for.
var undone = []string{"origin_missing", "origin_wait"}

// show renders a page within the frame that all have.
func (r *request) show(p page) error {
	view := &web.AdminView{
		Lang: r.lang, Words: r.words, Title: r.say(p.title, p.pairs...), CSRF: r.csrf(), Trail: p.trail, Page: p.data,
		Style: r.assets[styleAsset].url, Script: r.assets[scriptAsset].url, Help: r.helpOf(&p),
	}
	var err error
	switch r.c.Response().StatusCode() {
	case http.StatusUnprocessableEntity, http.StatusConflict:
		view.Faulty = true
	}
	if key := "done_" + r.c.Query("done"); r.c.Query("done") != "" && r.words[key] != "" {
		view.Done, view.Undone = r.say(key, "seconds", int(origincontrol.Rest.Seconds()), "name", r.outsideName()), slices.Contains(undone, r.c.Query("done"))
	}
	view.Another = r.addAnother()
	view.Kept = r.keptTold()
	if view.Unsent, err = r.unsentTold(&p); err != nil {
		return err
	}
	if r.account != nil {
		view.Person = r.account.Name
	}
	if r.organisation != nil {
		view.Organisation, view.OrganisationID = r.organisation.Name, r.organisation.ID
	}
	if r.site != nil {
		view.Site, view.SiteKey = r.in(r.site.Name).Text, r.site.Key
		view.Nav = r.siteNav()
	} else if r.organisation != nil {
		view.Nav = r.organisationNav()
	}
	if view.Next, err = r.nextStep(view.Done != ""); err != nil {
		return err
	}
	if view.Planned, err = r.planned(&p, view.Done != ""); err != nil {
		return err
	}
	body, err := web.RenderAdmin(p.name, view)
	if err != nil {
		return err
	}
	r.c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	r.c.Set(fiber.HeaderContentSecurityPolicy, web.AdminPolicy)
	return r.c.Send(body)
}

// place is a page that stands in the navigation.
type place struct {
	key  string // of its text
	path string // after the Site or Organisation
	may  consent.Permission
}

// siteNav gives the pages of the Site that the person may see.
func (r *request) siteNav() []web.AdminLink { return r.nav("/sites/"+string(r.site.Key), sitePlaces) }

// organisationNav gives the pages of the Organisation.
func (r *request) organisationNav() []web.AdminLink {
	return r.nav("/organisations/"+string(r.organisation.ID), organisationPlaces)
}

func (r *request) nav(base string, places []place) []web.AdminLink {
	var links []web.AdminLink
	here, longest := placeAt(base, r.c.Path()), -1
	for _, p := range places {
		if !r.may(p.may) {
			continue
		}
		url := base + p.path
		links = append(links, web.AdminLink{Text: r.say(p.key), URL: url})
		if here == url || p.path != "" && strings.HasPrefix(here, url+"/") {
			if longest < 0 || len(url) > len(links[longest].URL) {
				longest = len(links) - 1
			}
		}
	}
	if longest >= 0 {
		links[longest].Current = true
	}
	return links
}

// placeName gives the page of the navigation to which an address belongs, whoever may
// see it.
func (r *request) placeName() string {
	if r.site != nil {
		return r.nameOfPlace(r.sitePath(""), sitePlaces, r.c.Path())
	}
	return r.nameOfPlace("/organisations/"+string(r.organisation.ID), organisationPlaces, r.c.Path())
}

func (r *request) nameOfPlace(base string, places []place, at string) string {
	here, name := placeAt(base, at), places[0]
	for _, p := range places {
		if url := base + p.path; (here == url || strings.HasPrefix(here, url+"/")) && len(p.path) >= len(name.path) {
			name = p
		}
	}
	return r.say(name.key)
}

// parts are pages that belong to a place without standing below it.
var parts = map[string]string{
	"services": "/inventory", "new-service": "/inventory", "shared": "/inventory", "reviews": "/inventory", "categories": "/inventory", "new-category": "/inventory", "export": "/inventory", "import": "/inventory",
	"origins": "/settings", "preview": "/publish",
}

// placeAt gives the address by which the navigation tells where somebody is.
func placeAt(base, at string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(at, base+"/"), "/")
	if place, part := parts[first]; part {
		return base + place
	}
	return at
}

// sitePlaces are the pages of a Site, in order.
var sitePlaces = []place{
	{"nav_overview", "", consent.MaySee},
	{"nav_figures", "/figures", consent.MaySee},
	{"nav_inventory", "/inventory", consent.MaySee},
	{"nav_texts", "/texts", consent.MaySee},
	{"nav_settings", "/settings", consent.MaySee},
	{"nav_publish", "/publish", consent.MaySee},
	{"nav_notices", "/notices", consent.MaySee},
	{"nav_log", "/log", consent.MayRead},
	{"nav_requests", "/requests", consent.MayRead},
	{"nav_findings", "/findings", consent.MaySee},
}

// organisationPlaces are the pages of an Organisation, in order.
var organisationPlaces = []place{
	{"nav_sites", "", consent.MaySee},
	{"nav_catalogue", "/catalogue", consent.MaySee},
	{"nav_trail_page", "/trail", consent.MayAudit},
	{"nav_people", "/people", consent.MayAudit},
	{"nav_keys", "/keys", consent.MayAudit},
	{"nav_notifications", "/notifications", consent.MayAudit},
	{"nav_organisation", "/settings", consent.MayAudit},
}

package admin

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// articles says which article of the manual belongs to which page.
var articles = map[string]string{
	"/":                                   "start",
	"/organisations/new":                  "start",
	"/organisations/:organisation":        "start",
	"/login":                              "login",
	"/login/return":                       "login",
	"/confirm":                            "login",
	"/unsent":                             "login",
	"/link/:secret":                       "login",
	"/invitation/:secret":                 "login",
	"/account":                            "account",
	"/account/factors":                    "account",
	"/account/app":                        "account",
	"/account/passkey":                    "account",
	"/people":                             "operation",
	"/people/:person":                     "operation",
	"/trail":                              "trail",
	"/organisations/:organisation/trail":  "trail",
	"/organisations/:organisation/keys":   "api-keys",
	"/organisations/:organisation/people": "people",
	"/organisations/:organisation/people/:person":           "people",
	"/organisations/:organisation/settings":                 "people",
	"/organisations/:organisation/catalogue":                "catalogue",
	"/organisations/:organisation/notifications":            "notifications",
	"/organisations/:organisation/sites/new":                "site",
	"/sites/:site":                                          "site",
	"/sites/:site/inventory":                                "inventory",
	"/sites/:site/new-service":                              "service",
	"/sites/:site/services/:service":                        "service",
	"/sites/:site/services/:service/remove":                 "service",
	"/sites/:site/services/:service/sites":                  "inventory",
	"/sites/:site/shared":                                   "inventory",
	"/sites/:site/reviews":                                  "inventory",
	"/sites/:site/services/:service/new-cookie":             "service",
	"/sites/:site/services/:service/cookies/:cookie":        "service",
	"/sites/:site/services/:service/cookies/:cookie/remove": "service",
	"/sites/:site/categories":                               "categories",
	"/sites/:site/new-category":                             "categories",
	"/sites/:site/categories/:category":                     "categories",
	"/sites/:site/categories/:category/remove":              "categories",
	"/sites/:site/texts":                                    "texts",
	"/sites/:site/export":                                   "import",
	"/sites/:site/import":                                   "import",
	"/sites/:site/settings":                                 "settings",
	"/sites/:site/settings/:part":                           "settings",
	"/sites/:site/origins":                                  "settings",
	"/sites/:site/findings":                                 "findings",
	"/sites/:site/publish":                                  "publish",
	"/sites/:site/preview":                                  "publish",
	"/sites/:site/notices":                                  "notices",
	"/sites/:site/notices/:notice":                          "notices",
	"/sites/:site/notices/:notice/shown":                    "notices",
	"/sites/:site/log":                                      "log",
	"/sites/:site/log/export":                               "log",
	"/sites/:site/log/:decision":                            "decision",
	"/sites/:site/log/:decision/erase":                      "decision",
	"/sites/:site/requests":                                 "requests",
	"/sites/:site/requests/new":                             "requests",
	"/sites/:site/requests/:request":                        "requests",
	"/sites/:site/figures":                                  "figures",
}

// articleOf gives the article of a page, or that of the page above: a form that is
// shown again stands at the address that it was sent to.
func articleOf(path string) string {
	for path != "" {
		if name := articles[path]; name != "" {
			return name
		}
		path = path[:strings.LastIndexByte(path, '/')]
	}
	return articles["/"]
}

// helpOf gives the address of the article for what is shown.
func (r *request) helpOf(p *page) string {
	path := r.c.Route().Path
	if path == "/help" || strings.HasPrefix(path, "/help/") {
		path = "/help"
	} else {
		name := p.help
		if name == "" && r.c.Response().StatusCode() == http.StatusConflict {
			name = "conflict"
		}
		if name == "" {
			name = articleOf(path)
		}
		path = "/help/" + name
	}
	if r.account == nil && r.c.Cookies(loginCookie) == "" { // an address that does not exist asks for no login
		return "/help/login"
	}
	from := manualFrom{}
	if r.site != nil {
		from.site = r.site.Key
	} else if r.organisation != nil {
		from.organisation = r.organisation.ID
	}
	return from.carried(path)
}

// manualFrom is where a person came to the manual from. Links of the manual lead
// there.
type manualFrom struct {
	site         consent.SiteKey
	name         web.Wording
	organisation consent.OrganisationID
	role         consent.AccountRole
}

// carried gives an address of the manual that remembers it.
func (f manualFrom) carried(path string) string {
	path, fragment, cut := strings.Cut(path, "#")
	switch {
	case f.site != "":
		path += "?site=" + url.QueryEscape(string(f.site))
	case f.organisation != "":
		path += "?organisation=" + url.QueryEscape(string(f.organisation))
	}
	if cut {
		path += "#" + fragment
	}
	return path
}

// manualFrom finds where the person came from: what the address says, when they may
// see it, or their only site and organisation.
func (r *request) manualFrom() (manualFrom, error) {
	from := manualFrom{}
	if r.account == nil {
		return from, nil
	}
	all, err := r.Store.Sites(r.ctx)
	if err != nil {
		return from, err
	}
	wanted, organisation := consent.SiteKey(r.c.Query("site")), consent.OrganisationID(r.c.Query("organisation"))
	var own []consent.SiteEntry
	for i := range all {
		if r.account.Role(all[i].Organisation) == "" {
			continue
		}
		if all[i].Key == wanted {
			return r.fromSite(&all[i]), nil
		}
		own = append(own, all[i])
	}
	if role := r.account.Role(organisation); role != "" {
		return manualFrom{organisation: organisation, role: role}, nil
	}
	if len(own) == 1 {
		return r.fromSite(&own[0]), nil
	}
	if only := r.account.Memberships; len(only) == 1 {
		from.organisation, from.role = only[0].Organisation, only[0].Role
	}
	return from, nil
}

func (r *request) fromSite(site *consent.SiteEntry) manualFrom {
	return manualFrom{site: site.Key, name: r.in(site.Name), organisation: site.Organisation, role: r.account.Role(site.Organisation)}
}

// lead gives where a link of the manual leads this person, "" for nowhere: pages
// that they may not open are only named.
func (r *request) lead(from manualFrom, path string) string {
	to := r.page(path)
	if to == nil || r.account == nil && to.who != everybody || to.who == operators && !r.account.Operator {
		return ""
	}
	if strings.HasPrefix(path, "/help") {
		return from.carried(path)
	}
	if to.may != "" && !from.role.May(to.may) || strings.Contains(path, ":site") && from.site == "" {
		return ""
	}
	return strings.NewReplacer(":site", string(from.site), ":organisation", string(from.organisation)).Replace(path)
}

// page finds the page that a link of the manual names: by the path of its route, or
// an article by its address.
func (r *request) page(path string) *route {
	path, _, _ = strings.Cut(path, "#")
	article := strings.HasPrefix(path, "/help/")
	for i := range r.routes {
		to := &r.routes[i]
		if to.method == http.MethodGet && (to.path == path || article && to.path == "/help/:article") {
			return to
		}
	}
	return nil
}

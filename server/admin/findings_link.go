package admin

import (
	"net/url"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// wayOn is where somebody does something about what a row tells.
type wayOn struct{ Text, URL string }

// wayFrom leads from a finding to what is to be done about it.
func (r *request) wayFrom(d *consent.Draft, f *consent.Finding) wayOn {
	before, after, _ := strings.Cut(f.Name, "/")
	switch f.Kind {
	case consent.FoundUnknown:
		return r.wayToService(d, consent.CategoryKey(before), consent.ServiceKey(after))
	case consent.FoundResidual, consent.FoundStuck:
		return r.wayToCookie(d, consent.ServiceKey(before), after)
	case consent.FoundForeign:
		if d.Site.AllowsOrigin(f.Name) {
			return wayOn{r.say("findings_way_publish"), r.sitePath("/publish")}
		}
		return wayOn{r.say("findings_way_foreign"), r.settingsPath("site") + "#site-origins"}
	case consent.FoundMarkup: // the page itself is to be mended
	}
	return wayOn{r.say("findings_way_markup"), "/help/findings"}
}

// wayToService leads to a service that pages name: to the one in the draft, to a new
// one of that key, or to what the inventory has of the name.
func (r *request) wayToService(d *consent.Draft, category consent.CategoryKey, key consent.ServiceKey) wayOn {
	switch {
	case d.Service(key) != nil:
		return wayOn{r.say("findings_way_publish"), r.sitePath("/publish")}
	case key.Valid() && r.may(consent.MayEdit):
		return wayOn{r.say("findings_way_add"), r.sitePath("/new-service") + "?" + url.Values{"key": {string(key)}, "category": {string(category)}}.Encode()}
	case key == "":
		return r.wayToSearch(string(category))
	}
	return r.wayToSearch(string(key))
}

func (r *request) wayToCookie(d *consent.Draft, key consent.ServiceKey, pattern string) wayOn {
	for i, name := range addressNames(d.Services, serviceKey) {
		s := &d.Services[i]
		if s.Key != key {
			continue
		}
		for j, cookie := range addressNames(s.Cookies, cookieName) {
			if s.Cookies[j].Pattern.Name == pattern {
				return wayOn{r.say("findings_way_cookie"), r.sitePath("/services/" + name + "/cookies/" + cookie)}
			}
		}
		return wayOn{r.say("findings_way_service"), r.sitePath("/services/" + name)}
	}
	return r.wayToSearch(pattern)
}

func (r *request) wayToSearch(text string) wayOn {
	return wayOn{r.say("findings_way_search"), r.sitePath("/inventory") + "?" + url.Values{"q": {brief(text)}}.Encode()}
}

package admin

import (
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// draftText is a text of the draft, wherever it stands.
type draftText struct {
	path  string // of its problems
	group string // what it belongs to, in words
	label string
	text  consent.Text
	set   func(consent.Text)
	// optional texts may be left out, but not in some languages only.
	optional bool
	long     bool
	fixed    consent.Text // what is said while it is empty
}

// lacking says whether the text is missing in a language of the site.
func (t *draftText) lacking(languages []consent.Language) bool {
	missing, there := 0, 0
	for _, lang := range languages {
		if strings.TrimSpace(t.text[lang]) == "" {
			missing++
		} else {
			there++
		}
	}
	return missing > 0 && (there > 0 || !t.optional)
}

// textsOf gives every text of a draft, in the order in which visitors meet them.
func (r *request) textsOf(d *consent.Draft) []draftText {
	c := &textCollector{request: r}
	c.group = r.say("texts_group_site")
	c.add("site.name", "texts_site_name", &d.Site.Name, false, false)
	for i, name := range partNames(d.Categories, categoryKey) {
		each := &d.Categories[i]
		c.group = r.say("texts_group_category", "name", r.categoryName(d, each.Key))
		c.add("categories."+name+".name", "category_name", &each.Name, false, false)
		c.add("categories."+name+".purpose", "category_purpose", &each.Purpose, false, true)
	}
	for i, name := range partNames(d.Services, serviceKey) {
		c.service(servicePath(name), &d.Services[i])
	}
	c.group = r.say("texts_group_wording")
	for _, key := range consent.Wordable() {
		c.wording(d, key)
	}
	return c.all
}

// textCollector gathers texts.
type textCollector struct {
	*request
	group string
	all   []draftText
}

func (c *textCollector) add(path, label string, text *consent.Text, optional, long bool) {
	c.all = append(c.all, draftText{
		path: path, group: c.group, label: c.say(label), text: *text, set: func(t consent.Text) { *text = t }, optional: optional, long: long,
	})
}

// optional adds a text that few have, where there is one: it begins on the page of
// what it belongs to.
func (c *textCollector) optional(path, label string, text *consent.Text) {
	if len(*text) > 0 {
		c.add(path, label, text, true, true)
	}
}

func (c *textCollector) service(path string, s *consent.Service) {
	c.group = c.say("texts_group_service", "name", c.serviceName(s))
	c.add(path+".name", "service_name", &s.Name, false, false)
	c.add(path+".purpose", "service_purpose", &s.Purpose, false, true)
	for i := range s.DataCategories {
		c.add(path+".data_categories."+strconv.Itoa(i), "texts_data", &s.DataCategories[i], false, false)
	}
	if s.Provider.Name == "" || len(s.Provider.Missing) > 0 {
		c.add(path+".provider.missing", "company_missing", &s.Provider.Missing, true, true)
	}
	c.optional(path+".security", "service_security", &s.Security)
	c.optional(path+".warning", "service_warning", &s.Warning)
	for i, name := range partNames(s.Cookies, cookieName) {
		cookie := &s.Cookies[i]
		c.group = c.say("texts_group_cookie", "name", brief(cookie.Pattern.Name), "service", c.serviceName(s))
		at := path + ".cookies." + name
		c.add(at+".purpose", "cookie_purpose", &cookie.Purpose, false, true)
		if cookie.Exemption != nil {
			c.add(at+".exemption.reason", "exemption_reason", &cookie.Exemption.Reason, false, true)
			c.optional(at+".exemption.when", "exemption_when", &cookie.Exemption.When)
		}
	}
}

// wording adds a fixed text of the banner, which a site may word itself.
func (c *textCollector) wording(d *consent.Draft, key string) {
	fixed := consent.Text{}
	for _, lang := range d.Site.Languages {
		if translation := c.Said.In(lang); translation != nil {
			fixed[lang] = translation.Banner[key]
		}
	}
	label := c.words["texts_wording_"+key]
	if label == "" {
		label = key
	}
	c.all = append(c.all, draftText{
		path: "site.wording." + key, group: c.group, label: label, text: d.Site.Wording[key], optional: true, fixed: fixed,
		set: func(t consent.Text) {
			if d.Site.Wording == nil {
				d.Site.Wording = map[string]consent.Text{}
			}
			if d.Site.Wording[key] = t; len(t) == 0 {
				delete(d.Site.Wording, key)
			}
			if len(d.Site.Wording) == 0 {
				d.Site.Wording = nil
			}
		},
	})
}

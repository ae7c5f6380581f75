package consent

import (
	"slices"
	"strconv"
	"strings"
)

// TextKind says what a text of a Draft is.
type TextKind string

// The kinds of texts.
const (
	TextSiteName        TextKind = "site_name"
	TextCategoryName    TextKind = "category_name"
	TextCategoryPurpose TextKind = "category_purpose"
	TextServiceName     TextKind = "service_name"
	TextServicePurpose  TextKind = "service_purpose"
	TextServiceData     TextKind = "service_data"
	TextServiceMissing  TextKind = "service_missing" // why no provider is named
	TextServiceSecurity TextKind = "service_security"
	TextServiceWarning  TextKind = "service_warning"
	TextCookiePurpose   TextKind = "cookie_purpose"
	TextExemptionReason TextKind = "exemption_reason"
	TextExemptionWhen   TextKind = "exemption_when"
	TextWording         TextKind = "wording" // a fixed text of the banner, in the site's own words
)

// DraftText is a text of a Draft, wherever it stands.
type DraftText struct {
	Path string // that its problems have
	Kind TextKind
	// Category, Service and Cookie are what it belongs to; none of them is the site.
	Category *Category
	Service  *Service
	Cookie   *Cookie
	Wording  string // key of a fixed text
	Text     Text
	// Optional texts may be left out, but not in some languages only.
	Optional bool
	set      func(Text)
}

// Set puts another text into the Draft.
func (t *DraftText) Set(text Text) {
	t.set(text)
	t.Text = text
}

// Lacks gives the languages that the text should be in, too.
func (t *DraftText) Lacks(languages []Language) []Language {
	var lacking []Language
	for _, lang := range languages {
		if strings.TrimSpace(t.Text[lang]) == "" {
			lacking = append(lacking, lang)
		}
	}
	if t.Optional && len(lacking) == len(languages) {
		return nil
	}
	return lacking
}

// Texts gives every text of the Draft, in the order in which visitors meet them.
func (d *Draft) Texts() []DraftText {
	c := &textCollector{make([]DraftText, 0, d.mostTexts())}
	c.add(DraftText{Path: "site.name", Kind: TextSiteName}, &d.Site.Name)
	keys, _ := names(d.Categories, func(c *Category) string { return string(c.Key) })
	for i, key := range keys {
		each := &d.Categories[i]
		c.add(DraftText{Path: "categories." + key + ".name", Kind: TextCategoryName, Category: each}, &each.Name)
		c.add(DraftText{Path: "categories." + key + ".purpose", Kind: TextCategoryPurpose, Category: each}, &each.Purpose)
	}
	keys, _ = names(d.Services, func(s *Service) string { return string(s.Key) })
	for i, key := range keys {
		c.service("services."+key, &d.Services[i])
	}
	for _, key := range Wordable() {
		c.all = append(c.all, DraftText{
			Path: "site.wording." + key, Kind: TextWording, Wording: key, Text: d.Site.Wording[key], Optional: true,
			set: func(text Text) { d.Site.word(key, text) },
		})
	}
	return c.all
}

// mostTexts gives how many texts the Draft may have: thousands, of which a list would
// otherwise be copied again and again as it grows.
func (d *Draft) mostTexts() int {
	most := 1 + 2*len(d.Categories) + len(Wordable())
	for i := range d.Services {
		most += 5 + len(d.Services[i].DataCategories) + 3*len(d.Services[i].Cookies)
	}
	return most
}

// TextAt gives the text that a path leads to, or nil.
func (d *Draft) TextAt(path string) *DraftText {
	all := d.Texts()
	if at := slices.IndexFunc(all, func(t DraftText) bool { return t.Path == path }); at >= 0 {
		return &all[at]
	}
	return nil
}

// word gives a fixed text words of the site's own, or takes them away.
func (s *Site) word(key string, text Text) {
	if s.Wording == nil {
		s.Wording = map[string]Text{}
	}
	if s.Wording[key] = text; len(text) == 0 {
		delete(s.Wording, key)
	}
	if len(s.Wording) == 0 {
		s.Wording = nil
	}
}

// textCollector gathers texts.
type textCollector struct{ all []DraftText }

func (c *textCollector) add(t DraftText, text *Text) {
	t.Text, t.set = *text, func(next Text) { *text = next }
	c.all = append(c.all, t)
}

// optional adds a text that few have, where there is one: it begins where what it
// belongs to is described.
func (c *textCollector) optional(t DraftText, text *Text) {
	if t.Optional = true; len(*text) > 0 {
		c.add(t, text)
	}
}

func (c *textCollector) service(path string, s *Service) {
	of := func(at string, kind TextKind) DraftText { return DraftText{Path: path + at, Kind: kind, Service: s} }
	c.add(of(".name", TextServiceName), &s.Name)
	c.add(of(".purpose", TextServicePurpose), &s.Purpose)
	for i := range s.DataCategories {
		c.add(of(".data_categories."+strconv.Itoa(i), TextServiceData), &s.DataCategories[i])
	}
	if missing := of(".provider.missing", TextServiceMissing); s.Provider.Name == "" || len(s.Provider.Missing) > 0 {
		missing.Optional = true
		c.add(missing, &s.Provider.Missing)
	}
	c.optional(of(".security", TextServiceSecurity), &s.Security)
	c.optional(of(".warning", TextServiceWarning), &s.Warning)
	keys, _ := names(s.Cookies, func(c *Cookie) string { return c.Pattern.Name })
	for i, key := range keys {
		c.cookie(path+".cookies."+key, s, &s.Cookies[i])
	}
}

func (c *textCollector) cookie(path string, s *Service, of *Cookie) {
	text := func(at string, kind TextKind) DraftText {
		return DraftText{Path: path + at, Kind: kind, Service: s, Cookie: of}
	}
	c.add(text(".purpose", TextCookiePurpose), &of.Purpose)
	if of.Exemption != nil {
		c.add(text(".exemption.reason", TextExemptionReason), &of.Exemption.Reason)
		c.optional(text(".exemption.when", TextExemptionWhen), &of.Exemption.When)
	}
}

// Fixed gives what the banner says for a key while a site has no words of its own.
func (t Translations) Fixed(key string, languages []Language) Text {
	fixed := Text{}
	for _, lang := range languages {
		if translation := t.In(lang); translation != nil && translation.Banner[key] != "" {
			fixed[lang] = translation.Banner[key]
		}
	}
	return fixed
}

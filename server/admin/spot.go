package admin

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// spot is a place in a draft: the thing, the field of it, and where it is edited.
type spot struct {
	Thing string
	Field string
	URL   string
}

// places finds what the paths of a draft's problems are about. It goes through a list
// once, however many are looked for in it.
type places struct {
	*request
	draft                *consent.Draft
	services, categories members
	cookies              map[int]members  // of a service
	addresses            map[int][]string // of its cookies
}

func (r *request) placesIn(draft *consent.Draft) *places {
	return &places{
		request: r, draft: draft, cookies: map[int]members{}, addresses: map[int][]string{},
		services: membersOf(draft.Services, serviceKey), categories: membersOf(draft.Categories, categoryKey),
	}
}

// wordsIn is for a file: the site that it makes has no page yet.
func (r *request) wordsIn(draft *consent.Draft) *places {
	there := *r
	there.site = &consent.SiteEntry{Key: draft.Site.Key}
	return there.placesIn(draft)
}

// spotOf says a path of a Problem in words. Names of cookies hold dots, so the
// path is read beside the draft that it is about.
func (p *places) spotOf(path, code string) spot {
	if found, ok := p.member(path); ok {
		return found
	}
	return p.otherSpot(p.draft, path, code)
}

// words says where in a file something is.
func (p *places) words(path string) string {
	at, known := p.member(path)
	if !known {
		at = p.otherWords(strings.Split(path, "."))
	}
	if at.Field == "" {
		return at.Thing
	}
	return at.Thing + ", " + at.Field
}

// member says a path within a service or category.
func (p *places) member(path string) (found spot, ok bool) {
	if rest, ok := strings.CutPrefix(path, "services."); ok {
		if i, rest := p.services.at(rest); i >= 0 {
			return p.serviceSpot(i, rest), true
		}
	}
	if rest, ok := strings.CutPrefix(path, "categories."); ok {
		if i, rest := p.categories.at(rest); i >= 0 {
			key := p.draft.Categories[i].Key
			return spot{p.say("spot_category", "name", p.categoryWords(p.draft, key)), p.fieldWords(strings.Split(rest, ".")), p.categoryURL(key) + p.anchor(key.Valid(), rest)}, true
		}
	}
	return spot{}, false
}

// members says where in a list each member stands, by its name in paths.
type members map[string]int

func membersOf[T any](list []T, key func(*T) string) members {
	found := make(members, len(list))
	for i, name := range partNames(list, key) {
		if _, taken := found[name]; !taken {
			found[name] = i
		}
	}
	return found
}

// at finds which member a path begins with, and what follows it: the one with the longest
// name. -1 is none.
func (m members) at(path string) (index int, rest string) {
	for end := len(path); end > 0; end = strings.LastIndexByte(path[:end], '.') {
		if i, there := m[path[:end]]; there {
			return i, strings.TrimPrefix(path[end:], ".")
		}
	}
	return -1, ""
}

func (p *places) serviceSpot(at int, rest string) spot {
	s := &p.draft.Services[at]
	found := spot{Thing: p.say("spot_service", "name", p.serviceWords(s)), URL: p.serviceURL(s.Key)}
	if rest == "key" { // which its page cannot change, and another service may have, too
		found.URL, found.Field = p.here("/inventory"), p.fieldWords([]string{rest})
		return found
	}
	after, ok := strings.CutPrefix(rest, "cookies.")
	if !ok {
		found.URL += p.anchor(s.Key.Valid(), rest)
	} else {
		if p.cookies[at] == nil {
			p.cookies[at] = membersOf(s.Cookies, cookieName)
		}
		if i, after := p.cookies[at].at(after); i >= 0 {
			found.Thing, rest = p.say("spot_cookie", "name", shortText(s.Cookies[i].Pattern.Name), "service", p.serviceWords(s)), after
			if s.Key.Valid() {
				found.URL += "/cookies/" + p.cookieAddress(at, i) + p.anchor(true, after)
			}
		}
	}
	found.Field = p.fieldWords(strings.Split(rest, "."))
	return found
}

// cookieAddress gives what a cookie is called in addresses.
func (p *places) cookieAddress(service, at int) string {
	if p.addresses[service] == nil {
		p.addresses[service] = addressNames(p.draft.Services[service].Cookies, cookieName)
	}
	return p.addresses[service][at]
}

// serviceURL is where a service is edited; one whose key is no key is found in the
// list.
func (r *request) serviceURL(key consent.ServiceKey) string {
	if key.Valid() {
		return r.here("/services/" + string(key))
	}
	return r.here("/inventory")
}

// categoryURL is where a category is edited.
func (r *request) categoryURL(key consent.CategoryKey) string {
	if key.Valid() {
		return r.here("/categories/" + string(key))
	}
	return r.here("/categories")
}

// anchor leads to a field: its id is its path within the thing that the page is
// about. Members of a list are lines of one field, but for companies; a transfer begins
// with its country, a reason for what is necessary with its ground, a contact with its
// e-mail, and a list of texts with the first language. What has no page of its own is
// found in a list, where no fields are.
func (p *places) anchor(own bool, field string) string {
	if field == "" || !own {
		return ""
	}
	var named []string
	for part := range strings.SplitSeq(field, ".") {
		last := len(named) - 1
		if strings.Trim(part, "0123456789") != "" || last >= 0 && named[last] == "recipients" {
			named = append(named, part)
		}
	}
	switch named[len(named)-1] {
	case "transfer":
		named = append(named, "country")
	case "exemption":
		named = append(named, "ground")
	case "contact":
		named = append(named, "email")
	case "data_categories":
		for _, lang := range p.draft.Site.Languages[:min(len(p.draft.Site.Languages), 1)] {
			named = append(named, string(lang))
		}
	}
	return "#" + url.PathEscape(strings.Join(named, "."))
}

func (r *request) otherSpot(draft *consent.Draft, whole, code string) spot {
	path := strings.Split(whole, ".")
	found, rest := r.otherWords(path), path[1:]
	switch {
	case path[0] == "services":
		found.URL = r.here("/inventory")
	case path[0] == "categories":
		found.URL = r.here("/categories")
	case path[0] == "site" && len(rest) > 0 && rest[0] == "wording", code == "missing_text" && len(rest) > 0 && rest[0] == "name":
		found.URL = r.here("/texts")
	default:
		found.URL = r.settingsPlace(draft, whole)
	}
	return found
}

// otherWords says a path that is in no service or category.
func (r *request) otherWords(path []string) spot {
	found := spot{Thing: r.words["spot_"+path[0]], Field: r.fieldWords(path[1:])}
	if found.Thing == "" {
		found.Thing = r.say("spot_site")
	}
	return found
}

// fieldWords says the fields of a path, the outer one first.
func (r *request) fieldWords(path []string) string {
	var said []string
	of := ""
	for _, name := range path {
		within := of
		of = name
		last := len(said) - 1
		if n, err := strconv.Atoi(name); err == nil && last >= 0 {
			said[last] += " " + strconv.Itoa(n+1)
			continue
		}
		if lang := consent.Language(name); lang.Known() && last >= 0 {
			said[last] += " (" + r.language(lang) + ")"
			continue
		}
		if name == "" {
			continue
		}
		text := r.words["field_"+name]
		if within == "wording" {
			text = r.words["texts_wording_"+name]
		}
		if text == "" {
			text = shortText(name) // of somebody's own, such as a signal: as it is written
		}
		said = append(said, text)
	}
	return strings.Join(said, " › ")
}

// categoryWords gives what a Category is called, or its key.
func (r *request) categoryWords(draft *consent.Draft, key consent.CategoryKey) string {
	if c := draft.Category(key); c != nil {
		if name := r.in(c.Name).Text; name != "" {
			return shortText(name)
		}
	}
	if name := r.usualCategory(key); name != "" {
		return name
	}
	return shortText(string(key))
}

// usualCategory says what a category of this key is mostly called, "" for one of a site's own.
func (r *request) usualCategory(key consent.CategoryKey) string {
	switch key {
	case consent.Necessary, consent.Functional, consent.Statistics, consent.Marketing:
		return r.say("category_" + string(key))
	default:
		return ""
	}
}

func (r *request) serviceWords(s *consent.Service) string {
	if name := r.in(s.Name).Text; name != "" {
		return shortText(name)
	}
	return shortText(string(s.Key))
}

// shortText gives a value on a line: not endless, of whole words, and without characters
// that nobody sees or that turn the rest around.
func shortText(text string) string { return cutText(text, 160) }

// cutText is the same with so many characters at most.
func cutText(text string, longest int) string {
	shown := strings.Map(func(c rune) rune {
		switch {
		case c == '\n' || c == '\t':
			return ' '
		case c < ' ', c == 0x7f, c >= 0x202a && c <= 0x202e, c >= 0x2066 && c <= 0x2069, c == 0x200e, c == 0x200f, c == 0x061c, c == 0xfeff:
			return 0xfffd
		}
		return c
	}, strings.ToValidUTF8(text[:min(len(text), 4*longest)], ""))
	if runes := []rune(shown); len(runes) > longest {
		return wholeWords(runes, longest) + "…"
	}
	return shown
}

// wholeWords gives the words that fit, or a part of the first where it takes more than
// half of the room.
func wholeWords(runes []rune, longest int) string {
	for end := longest; end > longest/2; end-- {
		if runes[end] == ' ' {
			return strings.TrimRight(string(runes[:end]), " ,;")
		}
	}
	return string(runes[:longest])
}

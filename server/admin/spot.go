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

// spotOf says a path of a Problem in words. Names of cookies hold dots, so the
// path is read beside the draft that it is about.
func (r *request) spotOf(draft *consent.Draft, path, code string) spot {
	if rest, ok := strings.CutPrefix(path, "services."); ok {
		i, rest := memberAt(draft.Services, rest, func(s *consent.Service) string { return string(s.Key) })
		if i >= 0 {
			return r.serviceSpot(&draft.Services[i], rest)
		}
	}
	if rest, ok := strings.CutPrefix(path, "categories."); ok {
		i, rest := memberAt(draft.Categories, rest, func(c *consent.Category) string { return string(c.Key) })
		if i >= 0 {
			key := draft.Categories[i].Key
			return spot{r.say("spot_category", "name", r.categoryWords(draft, key)), r.fieldWords(strings.Split(rest, ".")), r.categoryURL(key) + anchor(rest)}
		}
	}
	return r.otherSpot(draft, path, code)
}

// memberAt finds which member of a list a path begins with, and what follows it. -1
// is none.
func memberAt[T any](list []T, path string, key func(*T) string) (index int, rest string) {
	index, longest, seen := -1, -1, map[string]bool{}
	for i := range list {
		name := key(&list[i])
		if name == "" || seen[name] {
			name = strconv.Itoa(i)
		}
		seen[name] = true
		after, ok := strings.CutPrefix(path, name)
		if ok && (after == "" || after[0] == '.') && len(name) > longest {
			index, longest, rest = i, len(name), strings.TrimPrefix(after, ".")
		}
	}
	return index, rest
}

func (r *request) serviceSpot(s *consent.Service, rest string) spot {
	found := spot{Thing: r.say("spot_service", "name", r.serviceWords(s)), URL: r.serviceURL(s.Key)}
	if after, ok := strings.CutPrefix(rest, "cookies."); ok {
		if i, after := memberAt(s.Cookies, after, func(c *consent.Cookie) string { return c.Pattern.Name }); i >= 0 {
			found.Thing, rest = r.say("spot_cookie", "name", shortText(s.Cookies[i].Pattern.Name), "service", r.serviceWords(s)), after
		}
	} else {
		found.URL += anchor(rest)
	}
	found.Field = r.fieldWords(strings.Split(rest, "."))
	return found
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
// about.
func anchor(field string) string {
	if field == "" {
		return ""
	}
	return "#" + url.PathEscape(field)
}

func (r *request) otherSpot(draft *consent.Draft, whole, code string) spot {
	path := strings.Split(whole, ".")
	found := spot{Thing: r.words["spot_"+path[0]], URL: r.here("/settings")}
	if found.Thing == "" {
		found.Thing = r.say("spot_site")
	}
	rest := path[1:]
	found.Field = r.fieldWords(rest)
	switch {
	case path[0] == "services":
		found.URL = r.here("/inventory")
	case path[0] == "categories":
		found.URL = r.here("/categories")
	case path[0] == "site" && len(rest) > 0 && rest[0] == "wording", code == "missing_text" && len(rest) > 0 && rest[0] == "name":
		found.URL = r.here("/texts")
	default:
		found.URL += r.settingsAnchor(draft, whole)
	}
	return found
}

// fieldWords says the fields of a path, the outer one first.
func (r *request) fieldWords(path []string) string {
	var said []string
	for _, name := range path {
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
		if text == "" {
			text = shortText(strings.ReplaceAll(name, "_", " "))
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
	if name := r.words["category_"+string(key)]; name != "" {
		return name
	}
	return shortText(string(key))
}

func (r *request) serviceWords(s *consent.Service) string {
	if name := r.in(s.Name).Text; name != "" {
		return shortText(name)
	}
	return shortText(string(s.Key))
}

// shortText gives a value on a line: not endless, and without characters that
// nobody sees or that turn the rest around.
func shortText(text string) string {
	const longest = 160
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
		return string(runes[:longest]) + "…"
	}
	return shown
}

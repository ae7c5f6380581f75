package admin

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/samtykke/samtykke/consent"
)

// changeLine says one difference: of a thing that came or went in a sentence, of a
// field what it was and is.
func (r *request) changeLine(before, after *consent.Draft, d *consent.Difference, rest []string) changeLine {
	if len(rest) == 0 {
		return changeLine{Sentence: r.changeSentence(before, after, d)}
	}
	if lang := consent.Language(d.Path[len(d.Path)-1]); rest[0] == "languages" && len(rest) == 2 && lang.Known() {
		return changeLine{Sentence: r.say("change_languages_"+string(d.Change), "language", r.language(lang))}
	}
	value := d.New
	if value == nil {
		value = d.Old
	}
	if text, _ := value.(string); len(rest) > 1 && text == rest[len(rest)-1] {
		rest = rest[:len(rest)-1] // a member of a list
	}
	field := rest[len(rest)-1]
	if consent.Language(field).Known() && len(rest) > 1 {
		field = rest[len(rest)-2]
	}
	old, now := d.Old, d.New
	if was, is := fromDifference(d.Old, d.New); was != "" || is != "" {
		old, now = was, is
	}
	return changeLine{
		Field: capitalised(r.fieldWords(rest)), Old: r.valueWords(field, old), New: r.valueWords(field, now),
		Had: d.Change != consent.Appeared, Has: d.Change != consent.Vanished,
	}
}

// What is shown of two texts begins so many characters before they differ, where they
// begin alike for so long.
const beforeDifference, longAlike = 40, 100

// fromDifference leaves out what two long texts begin with alike, so that what differs is
// within what is shown; both are "" where nothing is to be left out.
func fromDifference(old, now any) (was, is string) {
	before, text := old.(string)
	after, both := now.(string)
	if !text || !both {
		return "", ""
	}
	alike := 0
	for i, c := range before {
		if !strings.HasPrefix(after[min(i, len(after)):], string(c)) {
			break
		}
		alike = i
	}
	if alike < longAlike {
		return "", ""
	}
	cut := strings.LastIndexByte(before[:alike-beforeDifference], ' ') + 1
	if cut == 0 {
		return "", ""
	}
	return "… " + before[cut:], "… " + after[cut:]
}

// changeSentence says that a thing came or went.
func (r *request) changeSentence(before, after *consent.Draft, d *consent.Difference) string {
	draft, key := after, "change_"+d.Path[0]+"_"+string(d.Change)
	if d.Change == consent.Vanished {
		draft = before
	}
	switch {
	case len(d.Path) == 2 && d.Path[0] == "services":
		s := draft.Service(consent.ServiceKey(d.Path[1]))
		if s == nil {
			break
		}
		if shortText(s.Provider.Name) == "" {
			key += "_unknown"
		}
		return r.say(key, "provider", shortText(s.Provider.Name), "service", r.serviceWords(s), "categories", r.sentence(r.categoriesIn(draft, s)))
	case len(d.Path) == 4:
		return r.say("change_cookies_" + string(d.Change))
	case len(d.Path) == 2:
		return r.say(key)
	case d.Change == consent.Vanished:
		return r.say("change_all_gone")
	}
	return r.valueWords(d.Path[len(d.Path)-1], d.New)
}

// categoriesIn names the categories that a Service is in, with those of its
// cookies.
func (r *request) categoriesIn(draft *consent.Draft, s *consent.Service) []string {
	keys := []consent.CategoryKey{s.Category}
	for i := range s.Cookies {
		if c := s.Cookies[i].CategoryIn(s); !slices.Contains(keys, c) {
			keys = append(keys, c)
		}
	}
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = r.categoryWords(draft, key)
	}
	return names
}

// durations are the fields that hold one.
var durations = []string{"declared", "vendor", "observed", "retention", "validity"}

// enumerated are the fields whose values are words of ours.
var enumerated = []string{"ask", "role", "legal_basis", "placement", "kind", "party", "status", "ground", "match", "basis", "category", consent.PlanField}

// valueWords says a value of a field as a person would.
func (r *request) valueWords(field string, value any) string {
	switch value := value.(type) {
	case nil:
		return ""
	case string:
		return r.textWords(field, value)
	case bool:
		if value {
			return r.say("yes")
		}
		return r.say("no")
	case []any:
		parts := make([]string, len(value))
		for i, each := range value {
			parts[i] = r.valueWords(field, each)
		}
		return shortText(strings.Join(parts, ", "))
	case map[string]any:
		return r.mapWords(field, value)
	}
	return fmt.Sprint(value)
}

func (r *request) textWords(field, value string) string {
	if l := consent.Lifetime(value); slices.Contains(durations, field) && l.Valid() {
		return l.Words(r.lang)
	}
	if field == "country" || field == "storage_locations" || field == "countries" {
		return consent.CountryName(value, r.lang)
	}
	if text := r.words["value_"+strings.ReplaceAll(value, " ", "_")]; slices.Contains(enumerated, field) && text != "" {
		return text
	}
	if text := r.words["settings_refusals_"+value]; field == "refusals" && text != "" {
		return text
	}
	if lang := consent.Language(value); field == "languages" && lang.Known() {
		return r.language(lang)
	}
	switch field {
	case "hosts":
		return cutText(value, longestHost)
	case "reason":
		return cutText(value, longestReason)
	}
	return shortText(value)
}

// mapWords says a thing with fields by its name, or by all that it holds.
func (r *request) mapWords(field string, value map[string]any) string {
	for _, key := range []string{string(r.lang), "nb", "nn", "en", "name"} {
		if inner, ok := value[key]; ok && inner != key { // else a member of a list
			return r.valueWords(field, inner)
		}
	}
	var parts []string
	for _, key := range slices.SortedFunc(maps.Keys(value), consent.FieldOrder) {
		if text, _ := value[key].(string); text == key { // a member of a list
			parts = append(parts, r.valueWords(field, text))
			continue
		}
		parts = append(parts, r.fieldWords([]string{key})+": "+r.valueWords(key, value[key]))
	}
	return shortText(strings.Join(parts, "; "))
}

// capitalised begins a sentence.
func capitalised(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

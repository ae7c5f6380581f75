package notify

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/samtykke/samtykke/consent"
)

//go:embed text/*.json
var texts embed.FS

// words are the texts of one language, by key. That of "language" is the language.
type words map[string]string

// wordsIn gives the texts of a language that the settings accept.
func wordsIn(lang consent.Language) words {
	text, err := texts.ReadFile("text/" + string(lang) + ".json")
	w := words{}
	if err == nil {
		err = json.Unmarshal(text, &w)
	}
	if err != nil {
		panic("notify: " + err.Error()) // they are part of the program
	}
	w["language"] = string(lang)
	return w
}

// fill gives a text with {names} replaced: pairs are a name and its value, in
// turn. What is put in is not looked through for names.
func (w words) fill(key string, pairs ...any) string {
	oldnew := make([]string, 0, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		oldnew = append(oldnew, fmt.Sprintf("{%v}", pairs[i]), fmt.Sprint(pairs[i+1]))
	}
	return strings.NewReplacer(oldnew...).Replace(w[key])
}

// count is fill with {n}, in the singular for one.
func (w words) count(key string, n int, pairs ...any) string {
	if n == 1 {
		key += "_one"
	}
	return w.fill(key, append([]any{"n", w.grouped(n)}, pairs...)...)
}

// grouped writes a count as the language does.
func (w words) grouped(n int) string { return consent.Language(w["language"]).Grouped(int64(n)) }

// The most characters that a text of somebody else may take, and a subject.
const maxName, maxSubject = 80, 160

// oneLine makes of any text a short one on one line, in one direction: without
// control, format and separator characters.
func oneLine(text string, most int) string {
	var out strings.Builder
	left, gap := most, false
	for _, r := range text {
		if r == utf8.RuneError || unicode.In(r, unicode.C, unicode.Z) {
			gap = true
			continue
		}
		if left == 0 {
			return out.String() + "…"
		}
		if gap && out.Len() > 0 {
			out.WriteByte(' ')
		}
		gap = false
		out.WriteRune(r)
		left--
	}
	return out.String()
}

// nameLine gives a name for a letter. Somebody has chosen it whom the reader may not know,
// so it leads nowhere: from before names with links were refused there are some.
func nameLine(name string) string {
	line := consent.WithoutLinks(oneLine(name, maxName))
	if !strings.ContainsFunc(line, unicode.IsLetter) && consent.HoldsLink(name) {
		return "" // nothing of it is left
	}
	return line
}

// namesOf names sites: those that are called the same by their keys, too.
func namesOf(sites []consent.SiteEntry, lang consent.Language) map[consent.SiteKey]string {
	names, called := map[consent.SiteKey]string{}, map[string]int{}
	for i := range sites {
		name := nameOf(&sites[i], lang)
		names[sites[i].Key] = name
		called[name]++
	}
	for key, name := range names {
		if called[name] > 1 {
			names[key] = name + " (" + string(key) + ")"
		}
	}
	return names
}

// nameOf gives a site's name, or its key when it has none.
func nameOf(site *consent.SiteEntry, lang consent.Language) string {
	text, _ := site.Name.In(lang)
	if name := nameLine(text); name != "" {
		return name
	}
	return string(site.Key)
}

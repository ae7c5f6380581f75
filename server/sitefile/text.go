package sitefile

import (
	"maps"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// PutText writes a text of a draft in one of the languages of its site, "" to take it
// away. The path is the one that its problems have. What the pages would not save either
// is given as refused; that it is missing in other languages is only among the problems:
// they are written next. NotFound is the error when there is no such text or language.
func PutText(draft *consent.Draft, path string, lang consent.Language, words string) (next *Next, refused consent.Problems, err error) {
	changed := draft.Copy()
	found := changed.TextAt(path)
	if found == nil || !slices.Contains(draft.Site.Languages, lang) {
		return nil, nil, errNotThere()
	}
	found.Set(written(found.Text, lang, strings.TrimSpace(words)))
	next = &Next{Draft: changed, Problems: NewProblems(draft, changed.Validate(), 0, path)}
	at := path + "." + string(lang)
	refused = slices.DeleteFunc(next.Problems.Faults(), func(p consent.Problem) bool { return p.Path != at || !p.Refused() })
	return next, refused, nil
}

// written gives a text with other words in a language, as the pages make it.
func written(was consent.Text, lang consent.Language, words string) consent.Text {
	text := maps.Clone(was)
	if text == nil {
		text = consent.Text{}
	}
	if text[lang] = words; words == "" {
		delete(text, lang)
	}
	if len(text) == 0 {
		return nil
	}
	return text
}

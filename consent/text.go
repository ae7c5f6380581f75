package consent

import (
	"slices"
	"strings"
)

// languageFallback is the language to read when the one asked for is missing:
// the closest that the same reader knows.
var languageFallback = map[Language]Language{
	"no":         Bokmaal,
	Nynorsk:      Bokmaal,
	Bokmaal:      Nynorsk,
	NorthernSami: Bokmaal,
}

// In gives the text in the language, and the language that it is really in. A
// missing language falls back from a region to its language ("nb-NO" to "nb"),
// along nn, se and no to nb, then to the languages in then, and last to whatever
// there is, in the order of the tags. Both results are empty only when the text is.
func (t Text) In(lang Language, then ...Language) (text string, in Language) {
	for _, candidate := range append(languageChain(lang), then...) {
		if t[candidate] != "" {
			return t[candidate], candidate
		}
	}
	tags := make([]Language, 0, len(t))
	for tag := range t {
		tags = append(tags, tag)
	}
	slices.Sort(tags)
	for _, tag := range tags {
		if t[tag] != "" {
			return t[tag], tag
		}
	}
	return "", ""
}

// Nearest gives the offered language that suits a reader of lang best: itself,
// its relatives as in Text.In, else the first one offered.
func (lang Language) Nearest(offered []Language) Language {
	for _, candidate := range languageChain(lang) {
		if slices.Contains(offered, candidate) {
			return candidate
		}
	}
	if len(offered) == 0 {
		return Bokmaal
	}
	return offered[0]
}

// languageChain gives lang and what stands in for it, nearest first.
func languageChain(lang Language) []Language {
	chain := []Language{lang}
	if base, _, regional := strings.Cut(string(lang), "-"); regional {
		chain = append(chain, Language(base))
	}
	if next, ok := languageFallback[chain[len(chain)-1]]; ok {
		chain = append(chain, next)
	}
	return chain
}

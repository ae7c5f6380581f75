package consent

import "slices"

// In gives the text in the language, and the language that it is really in. A
// missing language falls back from a region to its language ("nb-NO" to "nb"),
// along nn, se and no to nb, then to the languages in then, and last to whatever
// there is, in the order of the tags. Both results are empty only when the text is.
func (t Text) In(lang Language, then ...Language) (text string, in Language) {
	for _, candidate := range append(wishes(string(lang)), then...) {
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

// Nearest gives the offered language that suits a reader of lang best, as
// MatchLanguage does.
func (lang Language) Nearest(offered []Language) Language {
	return MatchLanguage(offered, string(lang))
}

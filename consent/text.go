package consent

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
	for tag, said := range t {
		if said != "" && (text == "" || tag < in) {
			text, in = said, tag
		}
	}
	return text, in
}

// Nearest gives the offered language that suits a reader of lang best, as
// MatchLanguage does.
func (lang Language) Nearest(offered []Language) Language {
	return MatchLanguage(offered, string(lang))
}

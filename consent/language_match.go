package consent

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// MatchLanguage gives the enabled language that suits the wishes best. Tags are
// what a page or browser says ("nb-NO", "sme", "no"), most wanted first. Regions
// and scripts are left out. Norwegian, Sami, Danish and Swedish wishes are met by
// a neighbour before the next wish is tried, so that no Norwegian reader is sent
// to English by a site in the other written form. Without a match it is the first
// enabled language, and bokmål when none is.
func MatchLanguage(enabled []Language, tags ...string) Language {
	for _, tag := range tags {
		for _, wish := range wishes(tag) {
			if slices.Contains(enabled, wish) {
				return wish
			}
		}
	}
	if len(enabled) > 0 {
		return enabled[0]
	}
	return Bokmaal
}

// Page gives the language of the server's own pages, or of those that they come
// in, for a reader of the language: the nearest, else English for a language that
// the banner speaks.
func (lang Language) Page(offered []Language) Language {
	if lang.Known() {
		return MatchLanguage(offered, string(lang), string(English))
	}
	return lang.Nearest(offered)
}

// wishes gives the languages that meet a tag, best first.
func wishes(tag string) []Language {
	tag = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(tag)), "_", "-")
	base, _, _ := strings.Cut(tag, "-")
	switch base {
	case "nb", "no", "nob", "nor":
		return []Language{Bokmaal, Nynorsk}
	case "nn", "nno":
		return []Language{Nynorsk, Bokmaal}
	case "se", "sme":
		return []Language{NorthernSami, Bokmaal, Nynorsk}
	case "sma", "smj": // Northern Sami is another language: Norwegian is closer
		return []Language{Language(base), Bokmaal, Nynorsk}
	case "da", "dan", "sv", "swe":
		return []Language{usual(base), Bokmaal, Nynorsk}
	case "prs": // Dari is Persian as Afghans write it
		return []Language{"prs", "fa"}
	}
	return []Language{Language(tag), Language(base), usual(base)}
}

// usual gives the shortest code of a language, of the one that it is a variety
// of, or of the one that an old code stood for: "de" for "deu", "ar" for "arb",
// "ro" for "mo".
func usual(base string) Language {
	tag, err := language.All.Parse(base)
	if err != nil {
		return Language(base)
	}
	short, _ := tag.Base()
	return Language(short.String())
}

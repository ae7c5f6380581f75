package consent

import (
	"slices"
	"strings"
)

// Known says whether the banner's fixed texts come in the language.
func (l Language) Known() bool {
	switch l {
	case Bokmaal, Nynorsk, NorthernSami, English:
		return true
	}
	return false
}

// MatchLanguage gives the enabled language that suits the wishes best. Tags are
// what a page or browser says ("nb-NO", "sme", "no"), most wanted first. Regions
// and scripts are left out. Norwegian and Sami wishes are met by a neighbour
// before the next wish is tried, so that no Norwegian reader is sent to English
// by a site in the other written form. Without a match it is the first enabled
// language, and bokmål when none is.
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
	case "sma", "smj": // Southern and Lule Sami are other languages: Norwegian is closer
		return []Language{Language(base), Bokmaal, Nynorsk}
	case "eng":
		return []Language{English}
	}
	return []Language{Language(tag), Language(base)}
}

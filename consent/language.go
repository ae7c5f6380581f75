package consent

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Language is a BCP 47 tag in lower case, such as "nb".
type Language string

// The languages that everything comes in: banner, panel and the server's pages.
const (
	Bokmaal      Language = "nb"
	Nynorsk      Language = "nn"
	NorthernSami Language = "se"
	English      Language = "en"
)

// Text is one piece of wording in several languages.
type Text map[Language]string

// PageLanguages are those that the server's own pages come in, too.
var PageLanguages = []Language{Bokmaal, Nynorsk, NorthernSami, English}

// Languages gives those that the banner's fixed texts come in, sorted: there is
// a file of each.
func Languages() []Language { return slices.Sorted(maps.Keys(Shipped())) }

// Known says whether the banner's fixed texts come in the language.
func (lang Language) Known() bool { return Shipped()[lang] != nil }

// Name gives the language's own name for itself, or its tag when it is not known.
func (lang Language) Name() string {
	if translation := Shipped()[lang]; translation != nil {
		return translation.Name
	}
	return string(lang)
}

// NameIn gives what the language is called in another one, by the names of Unicode
// CLDR, or its own name where they have none.
func (lang Language) NameIn(other Language) string {
	if other == Bokmaal {
		other = "no" // they have bokmål under this, and would answer nb in Danish
	}
	tag, err := language.Parse(string(lang))
	in, wrong := language.Parse(string(other))
	if err == nil && wrong == nil {
		if names := display.Languages(in); names != nil && names.Name(tag) != "" {
			return names.Name(tag)
		}
	}
	return lang.Name()
}

// Direction is how the language is written: "rtl" or "ltr".
func (lang Language) Direction() string {
	if translation := Shipped()[lang]; translation != nil && translation.RightToLeft {
		return "rtl"
	}
	return "ltr"
}

// named gives the language with its tag, for messages.
func (lang Language) named() string { return lang.Name() + " (" + string(lang) + ")" }

// knownLanguages is a sentence that lists what a Site may speak.
var knownLanguages = sync.OnceValue(func() string {
	tags := Languages()
	all := make([]string, len(tags))
	for i, tag := range tags {
		all[i] = string(tag)
	}
	last := len(all) - 1
	return "The languages are " + strings.Join(all[:last], ", ") + " and " + all[last] + "."
})

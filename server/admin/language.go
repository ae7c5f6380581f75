package admin

import (
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// language names a language in that of the person, as within a sentence.
func (r *request) language(lang consent.Language) string { return web.LanguageName(lang, r.lang) }

// languageLabel names it where the name stands alone.
func (r *request) languageLabel(lang consent.Language) string { return capitalised(r.language(lang)) }

// languages are all that a site may speak, by their names.
func (r *request) languages() []consent.Language {
	return slices.SortedFunc(slices.Values(consent.Languages()), func(a, b consent.Language) int {
		return strings.Compare(r.language(a), r.language(b))
	})
}

package visitor

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/language"

	"github.com/samtykke/samtykke/consent"
)

// longestAccept is how much of an Accept-Language header is read.
const longestAccept = 256

// Reader gives the language that a page without a Site is written in for this
// browser. It may be one that we have no texts in.
func Reader(c *fiber.Ctx) consent.Language {
	if asked := asked(c); len(asked) > 0 {
		return asked[0]
	}
	return consent.Bokmaal
}

// siteLanguage gives the language of a Site's page: the one that the address
// names, else the first of the browser's that the Site offers, else the
// nearest relative of what the browser likes best, else the Site's own.
func siteLanguage(c *fiber.Ctx, site *consent.Site) consent.Language {
	named := consent.Language(strings.ToLower(c.Query("lang")))
	if slices.Contains(site.Languages, named) {
		return named
	}
	wanted := asked(c)
	for _, lang := range wanted {
		if slices.Contains(site.Languages, lang) {
			return lang
		}
	}
	wanted = append(wanted, "")
	return wanted[0].Nearest(site.Languages)
}

// asked gives the languages of the Accept-Language header, best first, without
// regions.
func asked(c *fiber.Ctx) []consent.Language {
	accept := c.Get(fiber.HeaderAcceptLanguage)
	tags, _, err := language.ParseAcceptLanguage(accept[:min(len(accept), longestAccept)])
	if err != nil {
		return nil
	}
	languages := make([]consent.Language, 0, len(tags)+1)
	for _, tag := range tags {
		base, _ := tag.Base()
		languages = append(languages, consent.Language(base.String()))
	}
	return languages
}

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
// browser: one of those that our fixed texts come in.
func Reader(c *fiber.Ctx) consent.Language {
	return consent.MatchLanguage(consent.PageLanguages, asked(c)...)
}

// siteLanguage gives the language of a Site's page: the one that the address names
// or its nearest neighbour, else the one that suits the browser's wishes best.
func siteLanguage(c *fiber.Ctx, site *consent.Site) consent.Language {
	named := consent.Language(strings.ToLower(c.Query("lang")))
	if slices.Contains(site.Languages, named) {
		return named
	}
	wishes := asked(c)
	if named.Known() {
		wishes = slices.Insert(wishes, 0, string(named))
	}
	return consent.MatchLanguage(site.Languages, wishes...)
}

// asked gives the tags of the Accept-Language header, best first.
func asked(c *fiber.Ctx) []string {
	accept := c.Get(fiber.HeaderAcceptLanguage)
	tags, _, err := language.ParseAcceptLanguage(accept[:min(len(accept), longestAccept)])
	if err != nil {
		return nil
	}
	wishes := make([]string, len(tags))
	for i, tag := range tags {
		wishes[i] = tag.String()
	}
	return wishes
}

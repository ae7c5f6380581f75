package visitor

import (
	"html/template"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// mePath ends the address of the page for visitors.
const mePath = "/me.html"

// formatMe is the form that the page comes in.
var formatMe = format{suffix: mePath, mime: formatHTML.mime}

// noOpener cuts the page off from the one that opened it.
var noOpener = NewHeader("Cross-Origin-Opener-Policy", "same-origin")

// mePage answers GET /{site}/me.html: the page on which a visitor sees, saves,
// freezes and erases what is recorded of them. It comes in every language of our
// own pages, whatever languages the Site has.
func (v *Visitor) mePage(c *fiber.Ctx) error {
	current, err := v.current(c)
	if err != nil {
		return err
	}
	script, err := banner.Me()
	if err != nil {
		return err
	}
	lang := meLanguage(c)
	key := pageKey{noticeKey{current.site, current.Number}, lang, formatMe, false}
	rendered, err := v.pages.get(key, func() (*page, error) {
		body, err := meIn(current.Notice, lang, script).Render()
		if err != nil {
			return nil, err
		}
		return newPage(body), nil
	})
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, formatMe.mime)
	c.Set(fiber.HeaderContentLanguage, string(lang.Page(web.Languages)))
	c.Set(fiber.HeaderContentSecurityPolicy, web.MePolicy(string(script)))
	Set(c, cacheShort, noOpener)
	if err := rendered.send(c); err != nil {
		return err
	}
	c.Vary(fiber.HeaderAcceptLanguage)
	return nil
}

// meLanguage gives the language that the address names, else the one that suits
// the browser's wishes best.
func meLanguage(c *fiber.Ctx) consent.Language {
	named := consent.Language(strings.ToLower(c.Query("lang")))
	if named.Known() {
		return named
	}
	return Reader(c)
}

// meIn gives the page in the language, or the nearest of our own pages. What the
// Site itself says stands in the nearest one that it has.
func meIn(notice *consent.Notice, lang consent.Language, script []byte) *web.MePage {
	e := editionIn(notice, lang)
	site := &e.draft.Site
	page := &web.MePage{
		Lang: e.lang, Words: e.words, Lent: e.lent(), Site: e.wording(site.Name), SiteURL: e.withdrawal(),
		Lede:     e.words.Fill("me_lede", "organisation", e.draft.Organisation.Name),
		Contacts: e.reader().Contacts(e.draft), Rights: e.text(site.Rights), Privacy: e.text(site.Privacy),
		Script: template.JS(script), //nolint:gosec // G203: our own script, without what would end it
	}
	for _, other := range web.Languages {
		page.Languages = append(page.Languages, web.LanguageLink{
			Lang: other, Name: other.Name(), URL: "?lang=" + string(other), Current: other == e.lang,
		})
	}
	return page
}

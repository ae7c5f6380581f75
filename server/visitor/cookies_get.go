package visitor

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// format is a form that the declaration comes in.
type format struct {
	suffix, mime string
	semicolons   bool // between cells
}

// The forms. The table is as RFC 4180 has it for programs, and with semicolons between its
// cells as a Norwegian Excel reads it (separator=semicolon).
var (
	formatHTML  = format{suffix: "", mime: "text/html; charset=utf-8"}
	formatJSON  = format{suffix: ".json", mime: "application/json; charset=utf-8"}
	formatCSV   = format{suffix: ".csv", mime: "text/csv; charset=utf-8"}
	formatExcel = format{suffix: ".csv", mime: "text/csv; charset=utf-8", semicolons: true}
)

// asked gives the form of a table that an address asks for.
func (f format) asked(c *fiber.Ctx) format {
	if f == formatCSV && c.Query("separator") == "semicolon" {
		return formatExcel
	}
	return f
}

// language is the one that the form is in for a reader of lang: the page has many of
// our own words, the others are the Site's.
func (f format) language(lang consent.Language) consent.Language {
	if f == formatHTML {
		return lang.Page(web.Languages)
	}
	return lang
}

// cookies answers GET /{site}/cookies, .json and .csv: what the current Notice
// declares.
func (v *Visitor) cookies(form format) fiber.Handler {
	return func(c *fiber.Ctx) error {
		current, err := v.current(c)
		if err != nil {
			return err
		}
		return v.sendPage(c, current, form, false)
	}
}

// noticeCookies answers GET /{site}/notices/{number}/cookies, .json and .csv:
// what one Notice declared, for ever.
func (v *Visitor) noticeCookies(form format) fiber.Handler {
	return func(c *fiber.Ctx) error {
		site, err := v.site(c)
		if err != nil {
			return err
		}
		text := c.Params("number")
		number, err := strconv.ParseUint(text, 10, 31)
		if err != nil || text[0] == '0' || text[0] == '+' {
			return unknownNotice()
		}
		found, err := v.notice(c, site, consent.NoticeNumber(number))
		if err != nil {
			if consent.KindOf(err) == consent.NotFound {
				return unknownNotice()
			}
			return err
		}
		return v.sendPage(c, found, form, true)
	}
}

// sendPage answers with a declaration, rendered once per Notice, language and
// form.
func (v *Visitor) sendPage(c *fiber.Ctx, n *notice, form format, permalink bool) error {
	form = form.asked(c)
	lang := siteLanguage(c, &n.Draft.Site)
	key := pageKey{noticeKey{n.site, n.Number}, lang, form, permalink}
	rendered, err := v.pages.get(key, func() (*page, error) {
		body, err := v.render(n, key)
		if err != nil {
			return nil, err
		}
		return newPage(body), nil
	})
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, form.mime)
	c.Set(fiber.HeaderContentLanguage, string(form.language(lang)))
	if permalink {
		Set(c, cachePermalink)
	} else {
		Set(c, cacheShort)
	}
	if form == formatHTML {
		c.Set(fiber.HeaderContentSecurityPolicy, web.Policy)
	} else {
		Set(c, anyOrigin) // published data, for anyone to use
	}
	if form.suffix == formatCSV.suffix {
		name := string(n.site) + "-cookies-" + strconv.Itoa(int(n.Number)) + ".csv"
		c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	}
	if err := rendered.send(c); err != nil {
		return err
	}
	c.Vary(fiber.HeaderAcceptLanguage)
	return nil
}

func (v *Visitor) render(n *notice, key pageKey) ([]byte, error) {
	switch key.format {
	case formatJSON:
		return DeclarationJSON(n.Notice, key.lang, v.Base)
	case formatCSV, formatExcel:
		return DeclarationCSV(n.Notice, key.lang, key.format.semicolons)
	default:
		return DeclarationPage(n.Notice, key.lang, PageOptions{Base: v.Base, Permalink: key.permalink})
	}
}

// newPage gives a rendered body as it is served.
func newPage(body []byte) *page {
	return serve(banner.NewAsset(body, consent.HashOf(body).String()[:22]))
}

func unknownNotice() error {
	return consent.Errorf(consent.NotFound, "unknown_notice", "This site has no notice of that number.")
}

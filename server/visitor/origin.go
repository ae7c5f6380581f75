package visitor

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// allowOrigin lets a page of one of the Site's origins through and lets it
// read the answer and the two headers that its queue needs. The list is the
// current Notice's, whatever Bundle the page runs. There are no cookies and no
// credentials to protect, and never Access-Control-Allow-Credentials: the check
// stops other pages from filling the Site's Log through their own visitors.
// Vary is set on refusals too, or a cache could hand one page's answer to another.
func (v *Visitor) allowOrigin(c *fiber.Ctx, current *notice) error {
	Set(c, varyOrigin)
	origins := c.Request().Header.PeekAll(fiber.HeaderOrigin)
	if len(origins) != 1 {
		return foreignOrigin()
	}
	origin := string(origins[0])
	if !current.allows(origin) {
		return foreignOrigin()
	}
	c.Set(fiber.HeaderAccessControlAllowOrigin, origin)
	Set(c, exposed)
	return nil
}

// allowPrograms is allowOrigin for what a token authorises: a program, which
// sends no Origin, may ask too, and so may our own page. Nothing is gained by
// leaving it out, because the browser adds nothing that the token does not give.
func (v *Visitor) allowPrograms(c *fiber.Ctx, current *notice) error {
	Set(c, varyOrigin)
	if origin := c.Get(fiber.HeaderOrigin); origin == "" || isOwn(c, origin) {
		return nil
	}
	return v.allowOrigin(c, current)
}

// isOwn says whether a request comes from a page of this server: the browser
// says so itself, or (on plain HTTP, where it does not) its origin is the host
// that was asked.
func isOwn(c *fiber.Ctx, origin string) bool {
	if site := c.Get("Sec-Fetch-Site"); site != "" {
		return site == "same-origin"
	}
	_, host, _ := strings.Cut(origin, "://")
	return host == string(c.Request().Host())
}

// preflight answers OPTIONS: browsers ask before they send a DELETE, an
// Authorization header or a body of type application/json.
func (v *Visitor) preflight(methods, headers string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		Set(c, varyOrigin)
		current, err := v.current(c)
		if err != nil {
			return err
		}
		if err := v.allowPrograms(c, current); err != nil {
			return err
		}
		c.Set(fiber.HeaderAccessControlAllowMethods, methods)
		c.Set(fiber.HeaderAccessControlAllowHeaders, headers)
		c.Set(fiber.HeaderAccessControlMaxAge, "600")
		return c.SendStatus(fiber.StatusNoContent)
	}
}

func foreignOrigin() error {
	return consent.Errorf(consent.Forbidden, "foreign_origin",
		"Pages of this origin may not post here. Add the origin to the site file, exactly as the browser sends it, and publish.")
}

package visitor

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// holder lets in whoever shows a visitor's token, and gives the Site and the
// key under which that visitor's Decisions are kept. The token is all the
// authority there is; it is not kept, logged or repeated.
func (v *Visitor) holder(c *fiber.Ctx) (consent.SiteKey, consent.VisitorKey, error) {
	current, err := v.current(c)
	if err != nil {
		return "", consent.VisitorKey{}, err
	}
	if err := v.allowPrograms(c, current); err != nil {
		return "", consent.VisitorKey{}, err
	}
	if err := v.spend(c, v.limiter); err != nil {
		return "", consent.VisitorKey{}, err
	}
	scheme, token, _ := strings.Cut(c.Get(fiber.HeaderAuthorization), " ")
	visitor, err := consent.ParseToken(token)
	if err != nil || !strings.EqualFold(scheme, "Bearer") {
		c.Set(fiber.HeaderWWWAuthenticate, "Bearer")
		return "", consent.VisitorKey{}, consent.Errorf(consent.Forbidden, "no_token",
			"Show the token from the banner's settings as Authorization: Bearer.")
	}
	return current.site, visitor, nil
}

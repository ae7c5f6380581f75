package visitor

import (
	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// postShown answers POST /{site}/shown with 204: on a page the banner stood and
// asked. The body is empty, and nothing but the Site is counted. It does not
// take from what a network may decide: who reads many pages without an answer
// can still give one.
func (v *Visitor) postShown(c *fiber.Ctx) error {
	current, err := v.admit(c, v.showing)
	if err != nil {
		return err
	}
	body, err := rawBody(c)
	if err != nil {
		return err
	}
	if len(body) > 0 {
		return consent.Errorf(consent.Invalid, "malformed", "A banner that stands is counted without a body. Leave it out.")
	}
	v.tallies.shown(current.site, v.Clock())
	return c.SendStatus(fiber.StatusNoContent)
}

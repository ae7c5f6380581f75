package visitor

import (
	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/banner"
)

// types answers GET /samtykke.d.ts: the TypeScript declarations of the page API,
// which are the same for every site.
func (v *Visitor) types(c *fiber.Ctx) error {
	declarations, err := banner.PageTypes()
	if err != nil {
		return err
	}
	Set(c, typeText, anyOrigin, cacheShort)
	return c.Send(declarations)
}

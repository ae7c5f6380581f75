package visitor

import "github.com/gofiber/fiber/v2"

// gpcSupport says that sites served from here honour Global Privacy Control,
// and since when (W3C GPC, section 3.2: the GPC support resource).
const gpcSupport = `{"gpc":true,"lastUpdate":"2026-11-22"}` + "\n"

// gpc answers GET /.well-known/gpc.json.
func (v *Visitor) gpc(c *fiber.Ctx) error {
	Set(c, typeJSON, anyOrigin, cacheShort)
	return c.SendString(gpcSupport)
}

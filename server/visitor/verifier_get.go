package visitor

import (
	"sync"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/banner"
)

// verifierPath is an address that no Site has: a key holds no dot.
const verifierPath = "/verify.html"

// verifierPage is the page as it is served, made on first use.
var verifierPage = sync.OnceValues(func() (*page, error) {
	body, err := banner.Verifier()
	if err != nil {
		return nil, err
	}
	return newPage(body), nil
})

// verifier answers GET /verify.html: the page with which anyone verifies a
// receipt, the same for every Site and in every language.
func (v *Visitor) verifier(c *fiber.Ctx) error {
	policy, err := banner.VerifierPolicy()
	if err != nil {
		return err
	}
	verifier, err := verifierPage()
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, formatHTML.mime)
	c.Set(fiber.HeaderContentSecurityPolicy, policy+"; frame-ancestors 'none'")
	Set(c, cachePermalink)
	return verifier.send(c)
}

package visitor

import (
	"regexp"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// pageOrigin is an origin as browsers send it, short enough for a Finding's name.
var pageOrigin = regexp.MustCompile(`^https?://[a-z0-9.:\[\]-]{1,180}$`)

// foreign is what a page at an address that is none of the Site's writes in its
// console.
const foreign = `console.warn("Samtykke: " + location.origin + " is not among the addresses of this site: ` +
	`add it under Settings > Addresses (origins in the site file) and publish. ` +
	`Until then answers on this page are not recorded; browsers keep them for 30 days, and send them then.")
`

// origin answers GET /{site}/origin.js, which pages import when a Decision did not
// arrive. Pages of the Site's origins get nothing, others why, which the refusal
// itself says to nobody. Their address is counted as a Finding: a page that asks
// for consent and cannot record it is the Site's to mend.
func (v *Visitor) origin(c *fiber.Ctx) error {
	current, err := v.current(c)
	if err != nil {
		return err
	}
	if err := v.spend(c, v.showing); err != nil {
		return err
	}
	allowAnyPage(c)
	Set(c, varyOrigin)
	origin := c.Get(fiber.HeaderOrigin) // a page of the same origin sends none
	if origin == "" || current.allows(origin) {
		return nil
	}
	now := v.Clock().UTC()
	found := consent.Finding{
		Site: current.site, Day: consent.MidnightOf(now), Kind: consent.FoundForeign, Name: origin, Count: 1, Last: now.Truncate(time.Millisecond),
	}
	if pageOrigin.MatchString(origin) && v.names.allows(&found) {
		if err := v.Store.AddFindings(c.UserContext(), []consent.Finding{found}); err != nil {
			return err
		}
	}
	return c.SendString(foreign)
}

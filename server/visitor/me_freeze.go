package visitor

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// freezeMe answers PUT /{site}/me/frozen, and DELETE of it with release: all
// that the visitor has decided so far is kept and not used (GDPR art. 18), or
// again as before. What the operator froze on another ground, such as a legal
// claim, only the operator releases: a release counts it as kept. Whoever has no
// Decisions here gets counts of 0.
func (v *Visitor) freezeMe(release bool) fiber.Handler {
	return func(c *fiber.Ctx) error {
		site, visitor, err := v.holder(c)
		if err != nil {
			return err
		}
		what := consent.Restriction{Visitor: visitor, Release: release, Reason: consent.ReasonAsked, Time: v.Clock().UTC()}
		room, err := v.days.reserve(site, v.address.Network(c), what.Time) // it takes a line of the journal
		if err != nil {
			retryMuchLater(c)
			return err
		}
		changed, err := v.Store.Restrict(c.UserContext(), site, what)
		if err != nil || changed == 0 {
			v.days.giveBack(room)
		}
		if err != nil {
			return err
		}
		if !release {
			return c.JSON(fiber.Map{"frozen": changed})
		}
		kept, err := v.held(c.UserContext(), site, visitor)
		if err != nil {
			return err
		}
		return c.JSON(fiber.Map{"released": changed, "kept": kept})
	}
}

// held counts what is frozen of a visitor's Decisions. After the visitor's own
// release or erasure that is what the operator holds.
func (v *Visitor) held(ctx context.Context, site consent.SiteKey, visitor consent.VisitorKey) (int, error) {
	entries, err := v.Store.Decisions(ctx, site, visitor)
	count := 0
	for i := range entries {
		if entries[i].Frozen {
			count++
		}
	}
	return count, err
}

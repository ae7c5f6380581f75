package visitor

import (
	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// deleteReceipt answers DELETE /{site}/receipts/{id}: one Decision is erased,
// for the holder of the token that made it (GDPR art. 17). The others stay, and so
// does one that is needed for a legal claim: it is counted as kept.
func (v *Visitor) deleteReceipt(c *fiber.Ctx) error {
	site, own, err := v.ownReceipt(c)
	if err != nil {
		return err
	}
	erased, err := v.Store.Erase(c.UserContext(), site, consent.Erasure{ID: own.ID, Actor: consent.ActorVisitor, Time: v.Clock().UTC()})
	v.repeated.forget(site, own.Visitor)
	if err != nil {
		return err
	}
	kept, err := v.Store.Read(c.UserContext(), consent.LogQuery{Site: site, ID: own.ID})
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"erased": erased, "kept": len(kept)})
}

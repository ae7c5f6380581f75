package visitor

import (
	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// deleteMe answers DELETE /{site}/me: every Decision of the visitor on the Site
// is erased (GDPR art. 17), but what the operator needs for a legal claim (art.
// 17(3)(e)): the answer counts both. What stays of the erased is a stub without content, so that the
// browser's late retry cannot bring one back.
func (v *Visitor) deleteMe(c *fiber.Ctx) error {
	site, visitor, err := v.holder(c)
	if err != nil {
		return err
	}
	erased, err := v.Store.Erase(c.UserContext(), site, consent.Erasure{Visitor: visitor, Actor: consent.ActorVisitor, Time: v.Clock().UTC()})
	v.repeated.forget(site, visitor)
	if err != nil {
		return err
	}
	kept, err := v.held(c.UserContext(), site, visitor)
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"erased": erased, "kept": kept})
}

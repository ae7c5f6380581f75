package visitor

import (
	"github.com/gofiber/fiber/v2"
)

// getReceipt answers GET /{site}/receipts/{id} with the proof of a Decision
// (C2SP tlog-proof), for the holder of the token that made it.
func (v *Visitor) getReceipt(c *fiber.Ctx) error {
	site, own, err := v.ownReceipt(c)
	if err != nil {
		return err
	}
	receipt, err := v.Store.Receipt(c.UserContext(), site, own.ID)
	if err != nil {
		return err
	}
	Set(c, typeText, cacheNever)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+own.ID.String()+`.tlog-proof"`)
	return c.Send(receipt)
}

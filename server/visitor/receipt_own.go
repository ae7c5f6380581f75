package visitor

import (
	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// ownReceipt finds the Decision that the path names, for the holder of the
// token that made it. Another's is answered as one that does not exist.
func (v *Visitor) ownReceipt(c *fiber.Ctx) (consent.SiteKey, *consent.Decision, error) {
	site, visitor, err := v.holder(c)
	if err != nil {
		return "", nil, err
	}
	id, err := consent.ParseDecisionID(c.Params("id"))
	if err != nil {
		return "", nil, err
	}
	entries, err := v.Store.Read(c.UserContext(), consent.LogQuery{Site: site, ID: id})
	if err != nil {
		return "", nil, err
	}
	if len(entries) == 0 || entries[0].Visitor != visitor {
		return "", nil, consent.Errorf(consent.NotFound, "unknown_receipt", "You have made no such decision here, or it was erased, has expired, or was lost when the log was put back from a backup; your own receipt file still proves it.")
	}
	return site, &entries[0].Decision, nil
}

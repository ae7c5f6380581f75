package visitor

import (
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// typeSize is that of the size which a witness knows (C2SP tlog-witness).
var typeSize = NewHeader(fiber.HeaderContentType, "text/x.tlog.size")

// postCheckpoint answers POST /witness/add-checkpoint as a witness of other
// ledgers (C2SP tlog-witness): with its cosignature, or with the size that it
// knows when the proof begins at another. Nobody is kept out by address: a
// request that no watched ledger has signed ends before anything is read.
func (v *Visitor) postCheckpoint(c *fiber.Ctx) error {
	if c.Request().Header.Peek(fiber.HeaderContentEncoding) != nil {
		return consent.Errorf(consent.Invalid, "compressed", "Send the body as it is, without Content-Encoding.")
	}
	submission, err := consent.ParseSubmission(c.Request().Body())
	if err != nil {
		return err
	}
	lines, err := v.Witness.AddCheckpoint(c.UserContext(), submission, v.Clock())
	var other *consent.SizeError
	if errors.As(err, &other) {
		Set(c, typeSize, cacheNever)
		c.Set(ReasonHeader, "other_size")
		return c.Status(fiber.StatusConflict).SendString(strconv.FormatInt(other.Known, 10) + "\n")
	}
	if err != nil {
		return err
	}
	Set(c, typeText, cacheNever)
	return c.Send(lines)
}

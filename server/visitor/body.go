package visitor

import (
	"bytes"
	"mime"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// rawBody gives the bytes of the request as they came over the wire, valid
// only until the handler returns. A compressed body is refused: unpacked, a few
// kilobytes become gigabytes. JSON may come as text/plain, which a page may
// send to another host without asking first.
func rawBody(c *fiber.Ctx) ([]byte, error) {
	header := &c.Request().Header
	if header.Peek(fiber.HeaderContentEncoding) != nil {
		return nil, consent.Errorf(consent.Invalid, "compressed", "Send the body as it is, without Content-Encoding.")
	}
	if !takesType(header.ContentType()) {
		return nil, consent.Errorf(consent.Invalid, "unknown_type", "Send JSON as text/plain or application/json.")
	}
	return c.Request().Body(), nil
}

// takesType compares what browsers send before it parses what others may.
func takesType(contentType []byte) bool {
	if bytes.EqualFold(contentType, []byte("text/plain;charset=utf-8")) {
		return true
	}
	media, _, err := mime.ParseMediaType(string(contentType))
	return err == nil && (media == fiber.MIMETextPlain || media == fiber.MIMEApplicationJSON)
}

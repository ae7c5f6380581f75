package visitor

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// Answering is a connection that tells when the answer to the request it has
// brought is written out. One that breaks before never tells.
type Answering interface {
	// Answered has work done after the next thing that is written.
	Answered(work func())
}

// acknowledge counts the Receipt of a new Decision when it has been written out.
func (v *Visitor) acknowledge(c *fiber.Ctx, site consent.SiteKey, at time.Time) {
	if conn, ok := c.Context().Conn().(Answering); ok {
		conn.Answered(func() { v.tallies.acknowledged(site, at) })
	}
}

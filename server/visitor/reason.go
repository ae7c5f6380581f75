package visitor

import (
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
)

// ReasonHeader names the response header that holds the stable code of a
// refusal, for whoever looks into why a page's Decisions do not arrive. The
// visitor's page itself never shows it.
const ReasonHeader = "Samtykke-Reason"

// RetryLater sets Retry-After to a random 5 to 60 seconds, so that all who were
// turned away do not come back at once.
func RetryLater(c *fiber.Ctx) {
	retryAfter(c, time.Duration(5+rand.IntN(56))*time.Second) //nolint:gosec // spreads load, guards nothing
}

// retryAfter sets Retry-After to wait, rounded up to whole seconds.
func retryAfter(c *fiber.Ctx, wait time.Duration) {
	seconds := int64((wait + time.Second - 1) / time.Second)
	c.Set(fiber.HeaderRetryAfter, strconv.FormatInt(max(seconds, 1), 10))
}

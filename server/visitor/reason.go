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
// turned away do not come back at once. A handler's own Retry-After stays.
func RetryLater(c *fiber.Ctx) {
	if len(c.Response().Header.Peek(fiber.HeaderRetryAfter)) == 0 {
		retryWithin(c, 5, 60)
	}
}

// retryMuchLater is for what stays full until midnight. The time to midnight
// would bring everybody back in the same second; and the banner adds up to five
// minutes of its own, and takes more than ten for a clock that was set back.
func retryMuchLater(c *fiber.Ctx) { retryWithin(c, 150, 299) }

func retryWithin(c *fiber.Ctx, least, most int) {
	seconds := least + rand.IntN(most-least+1) //nolint:gosec // spreads load, guards nothing
	retryAfter(c, time.Duration(seconds)*time.Second)
}

// retryAfter sets Retry-After to wait, rounded up to whole seconds.
func retryAfter(c *fiber.Ctx, wait time.Duration) {
	seconds := int64((wait + time.Second - 1) / time.Second)
	c.Set(fiber.HeaderRetryAfter, strconv.FormatInt(max(seconds, 1), 10))
}

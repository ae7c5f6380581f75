package visitor

import "github.com/gofiber/fiber/v2"

// Header is a response header whose value is always the same, in the form in
// which it is written: setting it costs no more than a copy.
type Header struct{ name, value []byte }

// NewHeader makes a Header. The name is in canonical form, such as Cache-Control.
func NewHeader(name, value string) Header { return Header{[]byte(name), []byte(value)} }

// Set puts the headers into the answer, in place of earlier ones of their names.
func Set(c *fiber.Ctx, headers ...Header) {
	answer := &c.Response().Header
	for _, h := range headers {
		answer.SetCanonical(h.name, h.value)
	}
}

var (
	varyOrigin   = NewHeader(fiber.HeaderVary, fiber.HeaderOrigin)
	varyEncoding = NewHeader(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	exposed      = NewHeader(fiber.HeaderAccessControlExposeHeaders, fiber.HeaderRetryAfter+", "+ReasonHeader)
	anyOrigin    = NewHeader(fiber.HeaderAccessControlAllowOrigin, "*")
	crossOrigin  = NewHeader("Cross-Origin-Resource-Policy", "cross-origin")
	typeScript   = NewHeader(fiber.HeaderContentType, "text/javascript; charset=utf-8")
	typeJSON     = NewHeader(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	// cacheMoving: a publish is seen within five minutes; an older script is
	// better than none for a day while a new one is fetched, and for a week
	// while the server is away.
	cacheMoving = NewHeader(fiber.HeaderCacheControl, "public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800")
	// cacheShort is for pages, which are read as they are or not at all.
	cacheShort = NewHeader(fiber.HeaderCacheControl, "public, max-age=300")
	// cachePermalink: what one Notice says never changes, but a new version of
	// this program may say it in other bytes.
	cachePermalink = NewHeader(fiber.HeaderCacheControl, "public, max-age=3600, must-revalidate")
	// cacheForever is for what is named by its content.
	cacheForever = NewHeader(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
)

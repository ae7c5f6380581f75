package server

import (
	"fmt"
	"log/slog"
	"runtime/debug"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/visitor"
)

// observe stands around every handler: it sets the headers that every answer
// has, catches panics, and counts. The access log knows the route, never the
// path; no address, no user agent, no query.
func (s *Server) observe(c *fiber.Ctx) error {
	start := s.clock()
	everyAnswer(c)
	if err := s.protect(c); err != nil {
		if err := s.answerError(c, err); err != nil {
			return err
		}
	}
	route, status := routeOf(c), c.Response().StatusCode()
	s.metrics.Answered(route, status)
	if s.log.Enabled(c.UserContext(), slog.LevelDebug) {
		s.log.DebugContext(c.UserContext(), "answered",
			"method", c.Method(), "route", route, "status", status, "duration", s.clock().Sub(start))
	}
	return nil
}

// everyAnswer sets the headers that every answer has. Handlers whose answers
// may be stored by caches say so themselves.
func everyAnswer(c *fiber.Ctx) {
	visitor.Set(c, noSniffing, noReferrer, noStore)
}

var (
	noSniffing = visitor.NewHeader(fiber.HeaderXContentTypeOptions, "nosniff")
	noReferrer = visitor.NewHeader(fiber.HeaderReferrerPolicy, "no-referrer")
	noStore    = visitor.NewHeader(fiber.HeaderCacheControl, "no-store")
)

// protect runs the handlers and turns a panic into an error.
func (s *Server) protect(c *fiber.Ctx) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			s.metrics.Panicked()
			err = &consent.Error{
				Kind: consent.Internal, Code: "panic", Message: "A request could not be answered",
				Err: fmt.Errorf("%v\n%s", fault, debug.Stack()),
			}
		}
	}()
	return c.Next()
}

// unknownRoute is the route of everything that has none.
const unknownRoute = "other"

// routeOf gives the pattern that a request matched.
func routeOf(c *fiber.Ctx) string {
	if path := c.Route().Path; path != "/" {
		return path
	}
	return unknownRoute
}

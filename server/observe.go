package server

import (
	"bytes"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"github.com/samtykke/samtykke/consent"
)

// observe stands around every handler: it sets the headers that every answer
// has, catches panics, and counts. The access log knows the route, never the
// path; no address, no user agent, no query.
func (s *Server) observe(c *fiber.Ctx) error {
	start := s.clock()
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	c.Set(fiber.HeaderCacheControl, "no-store")
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

// guardFraming closes the connection after every request whose end two
// programs could see differently (RFC 9112, section 6.3), so that what follows
// is never taken for a second request. It also answers methods that Fiber does
// not know.
func guardFraming(server *fasthttp.Server) {
	next := server.Handler
	server.Handler = func(ctx *fasthttp.RequestCtx) {
		header := &ctx.Request.Header
		hasBody := !slices.Contains(bodiless, string(header.Method()))
		if header.ContentLength() < 0 && hasBody || namesTransferEncoding(header.RawHeaders()) {
			ctx.SetConnectionClose()
		}
		if !slices.Contains(fiber.DefaultMethods, string(header.Method())) {
			ctx.SetStatusCode(fiber.StatusMethodNotAllowed)
			ctx.SetConnectionClose()
			return
		}
		next(ctx)
	}
}

// bodiless are the methods whose requests end with their headers when they
// name no length.
var bodiless = []string{fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions, fiber.MethodDelete}

// namesTransferEncoding looks at the headers as they came: fasthttp drops
// "Transfer-Encoding: identity" from those it gives out.
func namesTransferEncoding(raw []byte) bool {
	const name = "transfer-encoding"
	for len(raw) > 0 {
		line := raw
		if end := bytes.IndexByte(raw, '\n'); end >= 0 {
			line, raw = raw[:end], raw[end+1:]
		} else {
			raw = nil
		}
		if len(line) > len(name) && line[0]|0x20 == 't' && strings.EqualFold(string(line[:len(name)]), name) {
			return true
		}
	}
	return false
}


package server

import (
	"bytes"
	"slices"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"github.com/samtykke/samtykke/server/visitor"
)

// guardFraming closes the connection after every request whose end two
// programs could see differently (RFC 9112, section 6.3), so that what follows
// is never taken for a second request. It also answers methods that Fiber does
// not know.
func (s *Server) guardFraming(server *fasthttp.Server) {
	next := server.Handler
	server.Handler = func(ctx *fasthttp.RequestCtx) {
		header := &ctx.Request.Header
		method := string(header.Method())
		if ambiguous(method, header.RawHeaders()) {
			ctx.SetConnectionClose()
		}
		if slices.Contains(fiber.DefaultMethods, method) {
			next(ctx)
			return
		}
		refused := refusals[fiber.StatusMethodNotAllowed]
		s.metrics.Refused(refused.Code)
		ctx.SetConnectionClose()
		ctx.SetStatusCode(refused.status)
		ctx.Response.Header.Set(visitor.ReasonHeader, refused.Code)
		ctx.Response.Header.Set(fiber.HeaderCacheControl, "no-store")
		ctx.Response.Header.Set(fiber.HeaderXContentTypeOptions, "nosniff")
		ctx.Response.Header.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	}
}

var (
	contentLength    = []byte("content-length")
	transferEncoding = []byte("transfer-encoding")
	// bodiless are the methods whose requests end with their headers when they
	// name no length.
	bodiless = []string{fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions, fiber.MethodDelete}
)

// ambiguous says whether the headers name a transfer coding, or no length
// where there may be a body. It looks at the headers as they came: fasthttp
// leaves "Transfer-Encoding: identity" out of those it gives out, and fills in
// a length that was missing.
func ambiguous(method string, headers []byte) bool {
	measured := slices.Contains(bodiless, method)
	for len(headers) > 0 {
		line, rest, _ := bytes.Cut(headers, []byte{'\n'})
		headers = rest
		name, _, _ := bytes.Cut(line, []byte{':'})
		switch len(name) {
		case len(contentLength):
			measured = measured || bytes.EqualFold(name, contentLength)
		case len(transferEncoding):
			if bytes.EqualFold(name, transferEncoding) {
				return true
			}
		}
	}
	return !measured
}

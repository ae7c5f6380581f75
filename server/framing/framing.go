// Package framing keeps what follows a request from being taken for a second one.
package framing

import (
	"bytes"
	"slices"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// Guard closes the connection after every request whose end two programs could see
// differently (RFC 9112, section 6.3), so that what follows is never taken for a second
// request.
func Guard(next fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		header := &ctx.Request.Header
		if ambiguous(string(header.Method()), header.RawHeaders()) {
			ctx.SetConnectionClose()
		}
		next(ctx)
	}
}

var (
	contentLength    = []byte("content-length")
	transferEncoding = []byte("transfer-encoding")
	// bodiless are the methods whose requests end with their headers when they
	// name no length.
	bodiless = []string{fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions, fiber.MethodDelete}
)

// ambiguous says whether the headers name a transfer coding, or no length where there may
// be a body, or have a line that others end or begin elsewhere: one without a carriage
// return, or one that goes on with a blank (RFC 9112, sections 2.2 and 5.2). It looks at
// the headers as they came: fasthttp leaves "Transfer-Encoding: identity" out of those it
// gives out, and fills in a length that was missing.
func ambiguous(method string, headers []byte) bool {
	measured := slices.Contains(bodiless, method)
	for len(headers) > 0 {
		line, rest, _ := bytes.Cut(headers, []byte{'\n'})
		headers = rest
		if !bytes.HasSuffix(line, []byte{'\r'}) || line[0] == ' ' || line[0] == '\t' {
			return true
		}
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

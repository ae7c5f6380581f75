package server

import (
	"slices"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"github.com/samtykke/samtykke/server/visitor"
)

// knownMethods answers methods that Fiber does not know.
func (s *Server) knownMethods(next fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		if slices.Contains(fiber.DefaultMethods, string(ctx.Request.Header.Method())) {
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

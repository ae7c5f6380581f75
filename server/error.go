package server

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/visitor"
	"github.com/samtykke/samtykke/server/web"
)

// statusOfCode are the codes that have a status of their own.
var statusOfCode = map[string]int{
	"malformed":    http.StatusBadRequest,
	"no_token":     http.StatusUnauthorized,
	"erased":       http.StatusGone,
	"compressed":   http.StatusUnsupportedMediaType,
	"unknown_type": http.StatusUnsupportedMediaType,
	"too_many":     http.StatusTooManyRequests,
	"network_full": http.StatusTooManyRequests,
}

// statusOfKind is the status of every other code.
var statusOfKind = map[consent.Kind]int{
	consent.Invalid:     http.StatusUnprocessableEntity,
	consent.NotFound:    http.StatusNotFound,
	consent.Conflict:    http.StatusConflict,
	consent.Forbidden:   http.StatusForbidden,
	consent.Unavailable: http.StatusServiceUnavailable,
	consent.Internal:    http.StatusInternalServerError,
}

// refusals are the answers to requests that reach no handler. Their own texts
// repeat what was sent, so they are replaced.
var refusals = map[int]refusal{
	http.StatusBadRequest:            {http.StatusBadRequest, "malformed", "The request is not HTTP as this server speaks it."},
	http.StatusNotFound:              {http.StatusNotFound, "unknown_address", "There is nothing at this address."},
	http.StatusMethodNotAllowed:      {http.StatusMethodNotAllowed, "wrong_method", "This address takes other methods: see the Allow header."},
	http.StatusRequestTimeout:        {http.StatusRequestTimeout, "too_slow", "The request came too slowly. Send it again."},
	http.StatusRequestEntityTooLarge: {http.StatusRequestEntityTooLarge, "too_large", "The body is larger than 8 KiB."},
	// What Fiber calls a bad gateway is a connection that was reset: nobody reads this.
	http.StatusBadGateway:                  {http.StatusBadRequest, "cut_off", "The connection ended before the request did."},
	http.StatusRequestHeaderFieldsTooLarge: {http.StatusRequestHeaderFieldsTooLarge, "too_large", "The headers are larger than 8 KiB."},
}

// refusal is an error as a caller sees it.
type refusal struct {
	status  int
	Code    string `json:"code"`
	Message string `json:"message"`
}

// refusalOf is the one place that turns an error into a status.
func refusalOf(err error) refusal {
	var own *consent.Error
	var outer *fiber.Error
	switch {
	case errors.As(err, &own) && own.Kind != consent.Internal:
		status, ok := statusOfCode[own.Code]
		if !ok {
			status = statusOfKind[own.Kind]
		}
		return refusal{status, own.Code, own.Message}
	case errors.As(err, &outer):
		if known, ok := refusals[outer.Code]; ok {
			return known
		}
		if outer.Code < http.StatusInternalServerError {
			return refusals[http.StatusBadRequest]
		}
	}
	return refusal{http.StatusInternalServerError, "internal", "Something is wrong on this server. Its log says what."}
}

// answerError is Fiber's error handler: it writes the refusal in the form that
// the caller reads. Nothing of an Internal error but its existence gets out.
func (s *Server) answerError(c *fiber.Ctx, err error) error {
	refused := refusalOf(err)
	if refused.status == http.StatusInternalServerError {
		s.log.ErrorContext(c.UserContext(), "request failed", "method", c.Method(), "route", routeOf(c), "error", err)
	}
	s.metrics.Refused(refused.Code)
	if refused.status == http.StatusServiceUnavailable {
		visitor.RetryLater(c)
	}
	c.Status(refused.status)
	c.Set(visitor.ReasonHeader, refused.Code)
	everyAnswer(c) // again: what reaches no handler comes from Fiber, and a handler may have said otherwise
	c.Response().Header.Del(fiber.HeaderETag)
	return refused.write(c)
}

// write picks the form: a comment for what was asked for as a script, a page
// for a person, JSON for a program. It repeats nothing of the request.
func (r refusal) write(c *fiber.Ctx) error {
	switch get := c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead; {
	case get && strings.HasSuffix(c.Path(), ".js"):
		c.Set(fiber.HeaderContentType, "text/javascript; charset=utf-8")
		c.Set("Cross-Origin-Resource-Policy", "cross-origin")
		return c.SendString("/* Samtykke: " + r.Code + " */\n")
	case get && strings.Contains(c.Get(fiber.HeaderAccept), "text/html"):
		page, err := web.NewErrorPage(r.status, visitor.Reader(c)).Render()
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
		c.Set(fiber.HeaderContentSecurityPolicy, web.Policy)
		return c.Send(page)
	default:
		body, err := json.Marshal(r)
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
		return c.Send(body)
	}
}

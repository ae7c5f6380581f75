package server

import (
	"errors"
	"fmt"
	"testing"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// TestRefusals: every kind of error has its status, and what is inside stays
// inside.
func TestRefusals(t *testing.T) {
	const inside = "inside"
	own := func(kind consent.Kind, code string) error {
		return &consent.Error{Kind: kind, Code: code, Message: "A sentence.", Err: errors.New(inside)}
	}
	for _, c := range []struct {
		err    error
		status int
		code   string
	}{
		{own(consent.Invalid, "malformed"), 400, "malformed"},
		{own(consent.Forbidden, "no_token"), 401, "no_token"},
		{own(consent.Forbidden, "foreign_origin"), 403, "foreign_origin"},
		{own(consent.NotFound, "unknown_site"), 404, "unknown_site"},
		{own(consent.Conflict, "other_content"), 409, "other_content"},
		{own(consent.NotFound, "erased"), 410, "erased"},
		{own(consent.Invalid, "compressed"), 415, "compressed"},
		{own(consent.Invalid, "unknown_category"), 422, "unknown_category"},
		{own(consent.Unavailable, "too_many"), 429, "too_many"},
		{own(consent.Unavailable, "network_full"), 429, "network_full"},
		{own(consent.Unavailable, "full"), 503, "full"},
		{own(consent.Unavailable, "site_full"), 503, "site_full"},
		{fmt.Errorf("wrapped: %w", own(consent.Unavailable, "full")), 503, "full"},
		{own(consent.Internal, "template"), 500, "internal"},
		{errors.New(inside), 500, "internal"},
		{consent.Problems{{Message: inside}}, 500, "internal"},
		{fiber.NewError(404, inside), 404, "unknown_address"},
		{fiber.NewError(405, inside), 405, "wrong_method"},
		{fiber.NewError(408, inside), 408, "too_slow"},
		{fiber.NewError(413, inside), 413, "too_large"},
		{fiber.NewError(431, inside), 431, "too_large"},
		{fiber.NewError(418, inside), 400, "malformed"},
		{fiber.NewError(502, inside), 400, "cut_off"},
		{fiber.NewError(503, inside), 500, "internal"},
	} {
		got := refusalOf(c.err)
		if got.status != c.status || got.Code != c.code || got.Message == "" || got.Message == inside {
			t.Errorf("%v: %+v instead of %d %s", c.err, got, c.status, c.code)
		}
	}
}

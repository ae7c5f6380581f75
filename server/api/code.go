package api

import (
	"slices"

	"github.com/samtykke/samtykke/consent"
)

// Code says to a program what is wrong. Codes are never renamed; the manual explains
// each.
type Code string

// Codes are all codes.
var Codes = []Code{
	"key_needed", "unknown_key", "scope_missing", "maker_not_permitted", "factor_needed", "too_many", "too_many_failures",
	"unknown_address", "wrong_method", "wrong_host", "malformed", "unknown_type", "too_large", "faults", "invalid",
	"match_needed", "draft_changed", "changed", "raced", "unbuildable", "approval_needed", "plan_waits", "plan_changed", "nothing_changed", "origins_unproven", "category_used", "conflict",
	"role_too_high", "last_administrator", "own_factor_first", "two_publishers_first", "two_people_key", "nobody_to_tell", "too_soon", "key_reused", "answered_before", "letter_refused", "letter_failed",
	"forbidden", "server_busy", "unavailable", "internal",
}

// general are the codes of what has none that is told.
var general = map[consent.Kind]Code{
	consent.Invalid: "invalid", consent.NotFound: "unknown_address", consent.Conflict: "conflict", consent.Forbidden: "forbidden",
	consent.Unavailable: "unavailable", consent.Internal: "internal",
}

// codeOf gives the code of an error: its own when that is one of the API.
func codeOf(err *consent.Error) Code {
	if code := Code(err.Code); slices.Contains(Codes, code) {
		return code
	}
	return general[err.Kind]
}

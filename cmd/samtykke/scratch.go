package main

import (
	"context"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// scratch keeps no bundle: for builds that are looked at, not served.
type scratch struct{}

// SaveBundle keeps nothing.
func (scratch) SaveBundle(context.Context, *consent.Bundle) error { return nil }

// Bundle finds nothing.
func (scratch) Bundle(_ context.Context, site consent.SiteKey, id consent.BundleID) (*consent.Bundle, error) {
	return nil, consent.Errorf(consent.NotFound, "unknown_bundle", "There is no bundle %s of the site %s.", id, site)
}

// grouped gives a number with a comma at every third digit: 6,431.
func grouped[N int | int64](number N) string {
	digits := strconv.FormatInt(int64(number), 10)
	var text strings.Builder
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 && digits[i-1] != '-' {
			text.WriteByte(',')
		}
		text.WriteRune(digit)
	}
	return text.String()
}

package banner

import (
	"context"

	"github.com/samtykke/samtykke/consent"
)

// Scratch keeps no bundle: for builds that are looked at, not served.
type Scratch struct{}

// SaveBundle keeps nothing.
func (Scratch) SaveBundle(context.Context, *consent.Bundle) error { return nil }

// Bundle finds nothing.
func (Scratch) Bundle(_ context.Context, site consent.SiteKey, id consent.BundleID) (*consent.Bundle, error) {
	return nil, consent.Errorf(consent.NotFound, "unknown_bundle", "There is no bundle %s of the site %s.", id, site)
}

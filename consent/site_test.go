package consent

import (
	"testing"
	"time"
)

// What no notice can be published with lets nothing expire.
func TestKeptSince(t *testing.T) {
	now := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	for _, each := range []struct {
		validity, retention Lifetime
		since               string // empty for an error
	}{
		{"P12M", "P2Y", "2024-11-27"},
		{"P6M", "P6M", "2026-05-27"},
		{"P12M", "PT1S", ""},
		{"P12M", "P0D", ""},
		{"P12M", "-P1D", ""},
		{"P12M", "", ""},
		{"P12M", Session, ""},
		{"P12M", "P6M", ""},
		{"PT1S", "PT1S", ""},
		{"", "P2Y", ""},
	} {
		site := Site{Key: "skogen", Validity: each.validity, Retention: each.retention}
		since, err := site.KeptSince(now)
		if err == nil != (each.since != "") || err == nil && since.Format(time.DateOnly) != each.since {
			t.Errorf("%+v: %v, %v", each, since, err)
		}
	}
}

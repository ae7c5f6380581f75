package consent_test

import (
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// Numbers are written as who reads them is used to.
func TestGrouped(t *testing.T) {
	for _, each := range []struct {
		lang consent.Language
		n    int64
		want string
	}{
		{consent.Bokmaal, 0, "0"},
		{consent.Bokmaal, 999, "999"},
		{consent.Bokmaal, 5000, "5\u202f000"},
		{consent.Nynorsk, 1234567, "1\u202f234\u202f567"},
		{consent.English, 999, "999"},
		{consent.English, 5000, "5,000"},
		{consent.English, 1234567, "1,234,567"},
		{consent.English, -123, "-123"},
		{consent.English, -1234, "-1,234"},
	} {
		if got := each.lang.Grouped(each.n); got != each.want {
			t.Errorf("%d in %s is written %q, want %q", each.n, each.lang, got, each.want)
		}
	}
}

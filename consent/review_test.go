package consent_test

import (
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// A service comes up for review by the day that was set for it, or by the interval: after
// the last review, or after its first notice. What nobody has met is not asked about.
func TestReviewNext(t *testing.T) {
	day := func(text string) consent.Day {
		d, err := consent.ParseDay(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	published, reviewed, own := day("2025-08-31"), day("2026-01-15"), day("2027-05-01")
	for name, c := range map[string]struct {
		review consent.Review
		want   string
	}{
		"in no notice yet":                    {consent.Review{Every: 3}, ""},
		"reviewed and in no notice yet":       {consent.Review{Every: 3, Reviewed: reviewed}, ""},
		"a day of its own and in no notice":   {consent.Review{Every: 3, Due: own}, "2027-05-01"},
		"published, quarterly":                {consent.Review{Every: 3, Published: published}, "2025-11-30"},
		"published, half-yearly":              {consent.Review{Every: 6, Published: published}, "2026-02-28"},
		"published, yearly":                   {consent.Review{Every: 12, Published: published}, "2026-08-31"},
		"reviewed since":                      {consent.Review{Every: 6, Published: published, Reviewed: reviewed}, "2026-07-15"},
		"reviewed long before it was in one":  {consent.Review{Every: 6, Published: own, Reviewed: reviewed}, "2026-07-15"},
		"a day of its own goes before":        {consent.Review{Every: 3, Due: own, Published: published, Reviewed: reviewed}, "2027-05-01"},
		"looked at before the day of its own": {consent.Review{Every: 3, Due: own, Published: published}.Done(reviewed), "2026-04-15"},
	} {
		if got := c.review.Next().String(); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
		if next := c.review.Next(); next != 0 && (c.review.Pressing(next-consent.ReviewSoon-1) || !c.review.Pressing(next-consent.ReviewSoon) || !c.review.Pressing(next+900)) {
			t.Errorf("%s: it does not press from 30 days before on", name)
		}
	}
	for every := range consent.ReviewInterval(15) {
		if fits := consent.CheckReviewInterval(every) == nil; fits != (every == 3 || every == 6 || every == 12) {
			t.Errorf("every %d months: %v", every, fits)
		}
	}
}

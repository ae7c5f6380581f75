package consent_test

import (
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// A span of days says once what they share.
func TestDaysAreWrittenAsPeopleDo(t *testing.T) {
	for _, c := range []struct{ from, to, norwegian, english string }{
		{"2026-11-23", "2026-11-23", "23. november 2026", "23 November 2026"},
		{"2026-11-23", "2026-11-29", "23.–29. november 2026", "23–29 November 2026"},
		{"2026-11-30", "2026-12-06", "30. november – 6. desember 2026", "30 November – 6 December 2026"},
		{"2026-12-28", "2027-01-03", "28. desember 2026 – 3. januar 2027", "28 December 2026 – 3 January 2027"},
	} {
		from, to := day(t, c.from), day(t, c.to)
		if got := from.WordsTo(to, consent.Nynorsk); got != c.norwegian {
			t.Errorf("%s to %s is %q, want %q", c.from, c.to, got, c.norwegian)
		}
		if got := from.WordsTo(to, consent.English); got != c.english {
			t.Errorf("%s to %s is %q, want %q", c.from, c.to, got, c.english)
		}
	}
}

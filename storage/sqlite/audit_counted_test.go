package sqlite

import (
	"path/filepath"
	"regexp"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// What figures are made of is held against the log, also of what was frozen, erased
// or has expired, and what the audit says repairs it.
func TestCountsAreHeldAgainstTheLog(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := restricted(t, path)
	expireFirstYear(t, s, consent.Expired{Year: 2026, Gone: 35, Frozen: 1})
	green(t, s)
	repair := regexp.MustCompile(`DELETE FROM daily [^)]*INSERT .* GROUP BY 1, 2, 3`)
	for _, c := range []struct{ statement, back, why string }{
		{"UPDATE daily SET count = count + 1 WHERE site = 1", "", "the table daily, of which figures are made, says something else than the log on 2027-03-0"},
		{"DELETE FROM daily WHERE site = 1", "", "the table daily"},
		{"INSERT INTO daily SELECT site, 30000, circumstance, 7 FROM daily WHERE site = 1 LIMIT 1", "", "the log on 2052-02-20"},
		{"UPDATE tally SET count = count + 1 WHERE site = 1 AND day = 20514", "UPDATE tally SET count = count - 1 WHERE site = 1 AND day = 20514", "and the ledger has 60"},
		{"UPDATE tally SET count = count - 1 WHERE site = 1 AND day = 20514", "UPDATE tally SET count = count + 1 WHERE site = 1 AND day = 20514", "and the ledger has 60"},
		{"UPDATE tally SET day = day + 900 WHERE site = 1 AND day > 20800", "UPDATE tally SET day = day - 900 WHERE site = 1 AND day > 20800", "fewer decisions were stored on"},
	} {
		tamper(t, path, c.statement)
		wantOneFault(t, s, c.why)
		if c.back == "" {
			c.back = repair.FindString(audit(t, s).Faults[0].Why)
		}
		tamper(t, path, c.back)
		green(t, s)
	}
	tamper(t, path, "UPDATE daily SET site = 99 WHERE site = 2")
	if faults := audit(t, s).Faults; len(faults) < 2 {
		t.Errorf("counts of no site are taken for another's: %+v", faults)
	}
}

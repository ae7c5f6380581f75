package sqlite

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// A sequence that was set back, or taken away, is named, and sound again with the
// next decision.
func TestSequenceSetBackIsNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path, Exclusive: true})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	green(t, s)
	appendN(t, s, site, 0, 5)
	erase(t, s, consent.Erasure{ID: storagetest.ID(4), Actor: consent.ActorOperator, Time: storagetest.Morning}) // the ledger still knows its number
	green(t, s)
	for _, each := range []struct{ statement, says string }{
		{"UPDATE sqlite_sequence SET seq = 4 WHERE name = 'decision'", "stands at 4, and number 5 was given"},
		{"DELETE FROM sqlite_sequence WHERE name = 'decision'", "stands at 0, and number 5 was given"},
	} {
		tamper(t, path, each.statement)
		if faults := audit(t, s).Faults; len(faults) != 1 || !strings.Contains(faults[0].Why, each.says) {
			t.Errorf("after %s the audit finds %+v", each.statement, faults)
		}
	}
	appendN(t, s, site, 5, 6)
	green(t, s)
}

// A sequence that was set back does not give a number twice.
func TestSequenceSetBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path, Exclusive: true})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	appendN(t, s, site, 0, 5)
	tamper(t, path, "DELETE FROM decision WHERE seq = 5; UPDATE sqlite_sequence SET seq = 2 WHERE name = 'decision'")
	if made, err := s.Append(t.Context(), site.Decision(5)); err != nil {
		t.Fatalf("%+v: %v", made, err)
	}
	if newest := audit(t, s).Trees[0].Opened; newest != 5 {
		t.Errorf("%d records open", newest)
	}
	var seq int64
	if err := s.readers.QueryRowContext(t.Context(), "SELECT max(seq) FROM decision").Scan(&seq); err != nil || seq != 6 {
		t.Errorf("the next decision has the number %d (%v)", seq, err)
	}
}

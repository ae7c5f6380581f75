package sqlite

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// What the ledger could not say to be gone is not removed: neither by an erasure,
// nor at the next start, nor when it expires.
func TestErasureThatCannotBeToldFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := filled(t, path)
	journal := journalOf(t, path)
	tamper(t, path, "UPDATE leaf SET seq = 0 WHERE id = ((SELECT id FROM tree WHERE origin = 'localhost/consent/skogen/2026') << 40) + 42")
	whole := decisionsBefore(t, s, wellAfter)
	refused := func(what string, err error) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), "samtykke log verify") {
			t.Errorf("%s: %v", what, err)
		}
		if left := decisionsBefore(t, s, wellAfter); len(left) != len(whole) {
			t.Errorf("after %s %d decisions of %d are left", what, len(left), len(whole))
		}
		if faults := audit(t, s).Faults; len(faults) != 1 || faults[0].Index != 42 {
			t.Errorf("after %s the audit finds %+v", what, faults)
		}
	}
	_, err := s.Erase(t.Context(), "skogen", consent.Erasure{ID: storagetest.ID(30), Actor: consent.ActorOperator, Time: storagetest.Morning})
	refused("an erasure", err)
	_, err = s.Expire(t.Context(), "skogen", yearEnd, wellAfter)
	refused("an expiry", err)
	if after := journalOf(t, path); !slices.Equal(after, journal) {
		t.Errorf("the journal was %v and is %v", journal, after)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openTest(t, Options{Path: path, Exclusive: true})
	erase(t, s, consent.Erasure{ID: storagetest.ID(55), Actor: consent.ActorOperator, Time: storagetest.Morning}) // of a year that holds
}

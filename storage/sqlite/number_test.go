package sqlite

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// A sequence that was set ahead costs no decision: each is refused for now, and
// stored once the sequence is as the audit says.
func TestSequenceSetAhead(t *testing.T) {
	for _, at := range []string{"9223372036854775807", "9007199254740991", "9007199254740900"} {
		t.Run(at, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "samtykke.db")
			s := openTest(t, Options{Path: path, Exclusive: true})
			site := storagetest.Publish(t.Context(), t, s, "skogen")
			appendN(t, s, site, 0, 3)
			tamper(t, path, "UPDATE sqlite_sequence SET seq = "+at+" WHERE name = 'decision'")
			if _, err := s.Append(t.Context(), site.Decision(3)); consent.KindOf(err) != consent.Unavailable {
				t.Errorf("a decision without a number: %v", err)
			}
			if _, err := s.Erase(t.Context(), "skogen", consent.Erasure{ID: storagetest.ID(1), Actor: consent.ActorOperator, Time: storagetest.Morning}); consent.KindOf(err) != consent.Unavailable || !strings.Contains(err.Error(), "samtykke log verify") {
				t.Errorf("an erasure without a number: %v", err)
			}
			const repair = "UPDATE sqlite_sequence SET seq = 3 WHERE name = 'decision'"
			if faults := audit(t, s).Faults; len(faults) != 1 || !strings.Contains(faults[0].Why, repair) {
				t.Errorf("the audit finds %+v", faults)
			}
			tamper(t, path, repair)
			if made, err := s.Append(t.Context(), site.Decision(3)); err != nil || made.Index != 4 {
				t.Errorf("the next decision is %+v: %v", made, err)
			}
			erase(t, s, consent.Erasure{ID: storagetest.ID(1), Actor: consent.ActorOperator, Time: storagetest.Morning})
			green(t, s)
		})
	}
}

// Decisions that come again move the sequence, and that is honest.
func TestSequenceAheadByDecisionsThatComeAgain(t *testing.T) {
	s := openTest(t, Options{Exclusive: true})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	for range 5 {
		appendN(t, s, site, 0, 3)
	}
	green(t, s)
}

// A decision whose number no reader looks for is named, though its leaf holds.
func TestStrangeNumbersAreNamed(t *testing.T) {
	whole := t.TempDir()
	if err := filled(t, filepath.Join(whole, "samtykke.db")).Close(); err != nil {
		t.Fatal(err)
	}
	for _, number := range []string{"-9223372036854775808", "0", "9007199254740993"} {
		wantNamed(t, whole, "UPDATE decision SET seq = "+number+" WHERE seq = 1; UPDATE leaf SET seq = "+number+" WHERE seq = 1; UPDATE hour SET first = "+number+" WHERE first = 1", 0, "which is never given")
	}
}

// The numbers of leaves lead to a decision's leaf, and no hash holds them: the
// audit names one that is out of order.
func TestNumbersOutOfOrderAreNamed(t *testing.T) {
	whole := t.TempDir()
	if err := filled(t, filepath.Join(whole, "samtykke.db")).Close(); err != nil {
		t.Fatal(err)
	}
	leaf := func(index string) string {
		return " WHERE id = ((SELECT id FROM tree WHERE origin = 'localhost/consent/skogen/2026') << 40) + " + index
	}
	for name, c := range map[string]struct {
		statement string
		index     int64
		why       string
	}{
		"an event's":              {"UPDATE leaf SET seq = 0" + leaf("40"), 40, "do not rise"},
		"an event's, below all":   {"UPDATE leaf SET seq = -5" + leaf("40"), 40, "never given"},
		"the last event's, ahead": {"UPDATE leaf SET seq = 9223372036854775807" + leaf("42"), 42, "never given"},
		"an event's, ahead":       {"UPDATE leaf SET seq = 500" + leaf("40"), 41, "do not rise"},
		"an erased decision's":    {"UPDATE leaf SET seq = 7" + leaf("7"), 7, "do not rise"},
	} {
		t.Run(name, func(t *testing.T) { wantNamed(t, whole, c.statement, c.index, c.why) })
	}
}

package ledger_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// erasedLine gives a line of the journal, different for each n.
func erasedLine(n int) ledger.Line {
	return ledger.Line{Site: "gjerdrum", ID: consent.DecisionID{6: 0x70, 8: 0x80, 15: byte(n + 1)}, Time: time.Date(2026, 11, 22, 8, 0, n, 0, time.UTC)}
}

// newJournal gives a journal that is not there yet, beside the keys.
func newJournal(t *testing.T) *ledger.Journal {
	t.Helper()
	folder := t.TempDir()
	keys := ledger.Keys{Folder: filepath.Join(folder, "keys")}
	if _, err := keys.Secret(true); err != nil {
		t.Fatal(err)
	}
	return ledger.NewJournal(filepath.Join(folder, "journal"), keys)
}

func write(t *testing.T, journal *ledger.Journal, data []byte) {
	t.Helper()
	if err := os.WriteFile(journal.Path(), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// read gives the lines of the file as they stand.
func read(t *testing.T, journal *ledger.Journal) []string {
	t.Helper()
	data, err := os.ReadFile(journal.Path())
	if err != nil {
		t.Fatal(err)
	}
	return slices.Collect(strings.Lines(string(data)))
}

// tells says so when the journal does not hold the given lines.
func tells(t *testing.T, journal *ledger.Journal, want ...ledger.Line) {
	t.Helper()
	if have, err := journal.Load(); err != nil || !slices.Equal(have, want) {
		t.Errorf("the journal tells %v, %v, instead of %v", have, err, want)
	}
}

// TestTheJournalTellsWhatWasErased in its order, and at first nothing.
func TestTheJournalTellsWhatWasErased(t *testing.T) {
	journal := newJournal(t)
	tells(t, journal)
	for _, lines := range [][]ledger.Line{{erasedLine(0)}, {erasedLine(1), erasedLine(2)}, nil} {
		if err := journal.Add(lines); err != nil {
			t.Fatal(err)
		}
	}
	tells(t, journal, erasedLine(0), erasedLine(1), erasedLine(2))
	if info, err := os.Stat(journal.Path()); err != nil || info.Mode() != 0o600 {
		t.Errorf("the journal has the mode %v, %v", info.Mode(), err)
	}
}

// TestTheJournalGoesOnAfterACrash wherever that cut off its last line.
func TestTheJournalGoesOnAfterACrash(t *testing.T) {
	journal := newJournal(t)
	if err := journal.Add([]ledger.Line{erasedLine(0)}); err != nil {
		t.Fatal(err)
	}
	first := []byte(read(t, journal)[0])
	for _, before := range [][]byte{nil, first} {
		for cut := range first {
			write(t, journal, slices.Concat(before, first[:cut]))
			var want []ledger.Line
			if before != nil {
				want = append(want, erasedLine(0))
			}
			tells(t, journal, want...)
			if err := journal.Add([]ledger.Line{erasedLine(1)}); err != nil {
				t.Fatal(err)
			}
			tells(t, journal, append(want, erasedLine(1))...)
		}
	}
}

// TestADamagedLineOfTheJournalIsNamed by its number, with the file.
func TestADamagedLineOfTheJournalIsNamed(t *testing.T) {
	journal := newJournal(t)
	if err := journal.Add([]ledger.Line{erasedLine(0), erasedLine(1), erasedLine(2)}); err != nil {
		t.Fatal(err)
	}
	whole := read(t, journal)
	for _, damage := range []string{"", "nonsense", `{"site":`} {
		lines := slices.Clone(whole)
		lines[1] = damage + "\n"
		write(t, journal, []byte(strings.Join(lines, "")))
		if have, err := journal.Load(); err == nil || !strings.Contains(err.Error(), "line 2 ") || !strings.Contains(err.Error(), journal.Path()) {
			t.Errorf("line 2 is %q: %v, %v", damage, have, err)
		}
	}
}

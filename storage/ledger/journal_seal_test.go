package ledger_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// forgedLine gives a line as anybody can write it.
func forgedLine(t *testing.T, line ledger.Line) string {
	t.Helper()
	text, err := json.Marshal(&line)
	if err != nil {
		t.Fatal(err)
	}
	return string(text) + "\n"
}

// again gives a journal as another process knows it: anew.
func again(journal *ledger.Journal) *ledger.Journal {
	return ledger.NewJournal(journal.Path(), ledger.Keys{Folder: filepath.Join(filepath.Dir(journal.Path()), "keys")})
}

// unsealed takes the seal off a line.
func unsealed(line string) string {
	text, _, _ := strings.Cut(line, `,"mac":`)
	return text + "}\n"
}

// TestALineThatSomebodyElseWroteIsRefused, and so is what somebody has changed or
// taken away; nothing is added before it is repaired.
func TestALineThatSomebodyElseWroteIsRefused(t *testing.T) {
	journal := newJournal(t)
	frozen := ledger.Line{Site: "gjerdrum", Frozen: erasedLine(5).ID, Reason: consent.ReasonClaim, Time: erasedLine(5).Time}
	for _, line := range []ledger.Line{erasedLine(0), frozen, erasedLine(2), erasedLine(3)} {
		if err := journal.Add([]ledger.Line{line}); err != nil {
			t.Fatal(err)
		}
	}
	whole := read(t, journal)
	forged := forgedLine(t, erasedLine(9))
	_, mac, _ := strings.Cut(whole[3], `,"mac":`)
	for name, c := range map[string]struct {
		lines []string
		first string // that is refused
	}{
		"added":                   {slices.Concat(whole, []string{forged}), "line 5 "},
		"put first":               {slices.Concat([]string{forged}, whole), "line 1 "},
		"put between":             {slices.Insert(slices.Clone(whole), 2, forged), "line 3 "},
		"with another's seal":     {slices.Concat(whole, []string{strings.TrimSuffix(forged, "}\n") + `,"mac":` + mac}), "line 5 "},
		"in place of another":     {slices.Concat(whole[:3], []string{strings.TrimSuffix(forged, "}\n") + `,"mac":` + mac}), "line 4 "},
		"a line that stood there": {slices.Concat(whole, whole[1:2]), "line 5 "},
		"taken from the middle":   {slices.Delete(slices.Clone(whole), 1, 2), "line 2 "},
		"taken from the start":    {whole[1:], "line 1 "},
		"swapped":                 {[]string{whole[0], whole[2], whole[1], whole[3]}, "line 2 "},
		"another reason":          {[]string{whole[0], strings.Replace(whole[1], "claim", "asked", 1), whole[2], whole[3]}, "line 2 "},
		"no seals at all":         {[]string{unsealed(whole[0]), unsealed(whole[1]), unsealed(whole[2]), forged}, "line 1 "},
	} {
		t.Run(name, func(t *testing.T) {
			write(t, journal, []byte(strings.Join(c.lines, "")))
			journal := again(journal)
			_, loaded := journal.Load()
			_, restricted := journal.Restricted()
			_, erases := journal.Erases("gjerdrum", erasedLine(9).ID)
			for what, err := range map[string]error{
				"load": loaded, "restricted": restricted, "erases": erases, "add": journal.Add([]ledger.Line{erasedLine(1)}),
			} {
				if err == nil || !strings.Contains(err.Error(), c.first) || !strings.Contains(err.Error(), "journal.sealed") {
					t.Errorf("%s: %v", what, err)
				}
			}
			if !slices.Equal(read(t, journal), c.lines) {
				t.Errorf("the journal was changed")
			}
		})
	}
	write(t, journal, []byte(strings.Join(slices.Concat(whole, []string{forged}), "")))
	if err := journal.Add([]ledger.Line{erasedLine(1)}); err == nil {
		t.Error("who knows the beginning goes on after a line that somebody else wrote")
	}
	write(t, journal, []byte(strings.Join(whole, "")))
	tells(t, journal, erasedLine(0), frozen, erasedLine(2), erasedLine(3))
	if err := journal.Add([]ledger.Line{erasedLine(1)}); err != nil {
		t.Error(err)
	}
}

// TestAJournalFromBeforeSealsIsSealedOnce, as it stands, and again when the secret
// of the seals was lost.
func TestAJournalFromBeforeSealsIsSealedOnce(t *testing.T) {
	journal := newJournal(t)
	keys := filepath.Join(filepath.Dir(journal.Path()), "keys")
	seals := func(want int) {
		t.Helper()
		if lines, err := journal.Seal(); err != nil || lines != want {
			t.Errorf("%d lines were sealed, %v", lines, err)
		}
	}
	write(t, journal, []byte(forgedLine(t, erasedLine(0))+forgedLine(t, erasedLine(1))))
	tells(t, journal, erasedLine(0), erasedLine(1))
	seals(2)
	seals(0)
	tells(t, journal, erasedLine(0), erasedLine(1), ledger.Line{Sealed: true})
	whole := read(t, journal)
	for at := range len(whole) + 1 {
		write(t, journal, []byte(strings.Join(slices.Insert(slices.Clone(whole), at, forgedLine(t, erasedLine(2))), "")))
		if _, err := journal.Load(); err == nil {
			t.Errorf("a line that somebody put at %d is believed", at)
		}
	}

	write(t, journal, []byte(strings.Join(whole, "")))
	if err := os.Remove(filepath.Join(keys, "heads.secret")); err != nil {
		t.Fatal(err)
	}
	if _, err := journal.Load(); err == nil || !strings.Contains(err.Error(), "cannot be checked") {
		t.Errorf("without the secret: %v", err)
	}
	if _, err := (ledger.Keys{Folder: keys}).Secret(true); err != nil {
		t.Fatal(err)
	}
	seals(3)
	if err := journal.Add([]ledger.Line{erasedLine(3)}); err != nil {
		t.Fatal(err)
	}
	tells(t, journal, erasedLine(0), erasedLine(1), ledger.Line{Sealed: true}, ledger.Line{Sealed: true}, erasedLine(3))
}

// TestAJournalIsSealedBeforeItsFirstLine: nobody's line slips in before it.
func TestAJournalIsSealedBeforeItsFirstLine(t *testing.T) {
	journal := newJournal(t)
	if lines, err := journal.Seal(); err != nil || lines != 0 {
		t.Fatalf("%d lines were sealed, %v", lines, err)
	}
	write(t, journal, []byte(forgedLine(t, erasedLine(0))))
	if _, err := journal.Load(); err == nil {
		t.Error("a line is believed that nobody sealed")
	}
}

// TestTheJournalIsReadOnce however many lines are added, by two processes.
func TestTheJournalIsReadOnce(t *testing.T) {
	journal := newJournal(t)
	other := again(journal)
	const erasures, atOnce = 10_000, 10
	for n := range erasures / atOnce {
		lines := make([]ledger.Line, atOnce)
		for i := range lines {
			lines[i] = erasedLine(i)
			lines[i].ID[0], lines[i].ID[1] = byte(n>>8), byte(n)
		}
		by := journal
		if n%10 == 0 {
			by = other
		}
		if err := by.Add(lines); err != nil {
			t.Fatal(err)
		}
		if _, err := journal.Restricted(); err != nil {
			t.Fatal(err)
		}
	}
	if lines, err := journal.Load(); err != nil || len(lines) != erasures {
		t.Errorf("the journal has %d lines, %v", len(lines), err)
	}
	info, err := os.Stat(journal.Path())
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range []*ledger.Journal{journal, other} {
		if got := one.BytesRead(); got > info.Size() {
			t.Errorf("%d bytes were read of a journal of %d", got, info.Size())
		}
	}
}

// The administration has a key of its own: a new one lets no line in.
func TestTheKeyOfTheAdministrationUnsealsNothing(t *testing.T) {
	journal := newJournal(t)
	if err := journal.Add([]ledger.Line{erasedLine(0), erasedLine(1)}); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(filepath.Dir(journal.Path()), "keys")
	first, err := ledger.Keys{Folder: folder}.Admin()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(folder, "admin.secret")); err != nil {
		t.Fatal(err)
	}
	if second, err := (ledger.Keys{Folder: folder}).Admin(); err != nil || len(second) != len(first) || slices.Equal(first, second) {
		t.Fatalf("the same key again, or none: %v", err)
	}
	if noted, err := os.ReadFile(filepath.Join(folder, "journal.sealed")); err != nil || strings.TrimSpace(string(noted)) != "2" {
		t.Errorf("it is not known any more that the journal is sealed: %q, %v", noted, err)
	}
}

package sqlite

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// A line that somebody put into the journal erases nothing: no server starts with
// it, a running one adds nothing to it, the audit names it, and it goes on without.
func TestForgedErasureIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := filled(t, path)
	whole, err := os.ReadFile(path + ".erasures")
	if err != nil {
		t.Fatal(err)
	}
	forged := fmt.Sprintf(`{"site":"skogen","id":"%s","time":"2026-03-02T08:30:00Z"}`+"\n", storagetest.ID(30))
	lines := bytes.Count(whole, []byte("\n"))
	if err := os.WriteFile(path+".erasures", append(bytes.Clone(whole), forged...), 0o600); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("line %d of the journal of erasures %s.erasures", lines+1, path)
	if n, err := s.Erase(t.Context(), "skogen", consent.Erasure{ID: storagetest.ID(31), Actor: consent.ActorVisitor, Time: storagetest.Morning}); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("erased %d: %v", n, err)
	}
	if faults := audit(t, s).Faults; len(faults) != 1 || !strings.Contains(faults[0].Why, want) {
		t.Errorf("the audit says %+v", faults)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if again, err := Open(t.Context(), Options{Path: path, Exclusive: true}); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "Take the line away") {
		t.Errorf("a server starts: %v", err)
		_ = again.Close()
	}
	if err := os.WriteFile(path+".erasures", whole, 0o600); err != nil {
		t.Fatal(err)
	}
	again := openTest(t, Options{Path: path, Exclusive: true})
	green(t, again)
	if found, err := again.Read(t.Context(), consent.LogQuery{Site: "skogen", ID: storagetest.ID(30)}); err != nil || len(found) != 1 {
		t.Errorf("the decision is not there: %+v %v", found, err)
	}
}

// A journal from before journals were sealed is believed once, aloud.
func TestOldJournalIsSealedAtTheStart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	if err := filled(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path + ".erasures")
	if err != nil {
		t.Fatal(err)
	}
	var old strings.Builder
	for line := range strings.Lines(string(whole)) {
		text, _, _ := strings.Cut(line, `,"mac":`)
		old.WriteString(text + "}\n")
	}
	if err := os.WriteFile(path+".erasures", []byte(old.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(filepath.Dir(path), "keys", "journal.sealed")); err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{1, 0} {
		var log bytes.Buffer
		s, err := Open(t.Context(), Options{Path: path, Exclusive: true, Log: slog.New(slog.NewTextHandler(&log, nil))})
		if err != nil {
			t.Fatal(err)
		}
		green(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(log.String(), "lines=4"); got != want {
			t.Errorf("it was sealed %d times, instead of %d: %s", got, want, &log)
		}
	}
}

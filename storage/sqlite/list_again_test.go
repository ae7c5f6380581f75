package sqlite

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// journalOf gives the lines of the journal beside a database, in the order of ids.
func journalOf(t *testing.T, path string) (all []string) {
	t.Helper()
	lines, err := ledger.NewJournal(path+".erasures", ledger.Keys{Folder: filepath.Join(filepath.Dir(path), "keys")}).Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		all = append(all, fmt.Sprintf("%s %s %s", line.ID, line.Site, line.Time))
	}
	slices.Sort(all)
	return all
}

// A journal that was lost is missed while the database or its ledger remembers, and
// a server lists again what it knows: then a restore goes on forgetting.
func TestLostJournalIsMissed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := filled(t, path)
	copied := filepath.Join(t.TempDir(), "copy.db")
	if err := Backup(t.Context(), path, copied); err != nil {
		t.Fatal(err)
	}
	erase(t, s, consent.Erasure{ID: storagetest.ID(30), Actor: consent.ActorOperator, Time: storagetest.Morning})
	before := journalOf(t, path)
	if err := os.Remove(path + ".erasures"); err != nil {
		t.Fatal(err)
	}
	wantOneFault(t, s, "of the decisions that were erased, 5 are not in the journal "+path+".erasures")
	if found, err := s.Audit(t.Context(), "havet", func(int64, int64) {}); err != nil || len(found.Faults) > 0 {
		t.Errorf("the audit of another site says %+v (%v)", found.Faults, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	again := openTest(t, Options{Path: path, Exclusive: true})
	green(t, again)
	if after := journalOf(t, path); len(before) != 5 || !slices.Equal(before, after) {
		t.Errorf("the journal was\n%s\nand is\n%s", strings.Join(before, "\n"), strings.Join(after, "\n"))
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	putBack(t, copied, path)
	begun := openTest(t, Options{Path: path})
	if _, err := begun.Begin(t.Context(), "skogen", storagetest.Morning); err != nil {
		t.Fatal(err)
	}
	restored := openTest(t, Options{Path: path, Exclusive: true})
	green(t, restored)
	if found, err := restored.Read(t.Context(), consent.LogQuery{Site: "skogen", ID: storagetest.ID(30)}); err != nil || len(found) > 0 {
		t.Errorf("what was erased is back: %+v %v", found, err)
	}
}

// putBack has a copy take a closed database's place.
func putBack(t *testing.T, copied, path string) {
	t.Helper()
	if err := os.Rename(copied, path); err != nil {
		t.Fatal(err)
	}
	_ = os.Remove(path + "-wal")
}

// A stub that no erasure left is named and not believed: what the journal lists is
// removed from a backup that is put back, too.
func TestForgedErasureIsNotListed(t *testing.T) {
	whole := t.TempDir()
	if err := filled(t, filepath.Join(whole, "samtykke.db")).Close(); err != nil {
		t.Fatal(err)
	}
	const stub = "INSERT INTO erased SELECT site, id, seq, time FROM decision WHERE seq = 30;"
	for name, c := range map[string]struct{ statement, why string }{
		"of a decision that is there":       {stub, "is there, and so is a stub"},
		"of a decision that was taken away": {stub + "DELETE FROM decision WHERE seq = 30", "of the decisions that were erased, 1 are not in the journal"},
	} {
		t.Run(name, func(t *testing.T) {
			wantNamed(t, whole, c.statement, -1, c.why)
			path := copyOf(t, whole)
			tamper(t, path, c.statement)
			before := journalOf(t, path)
			var log bytes.Buffer
			s := openTest(t, Options{Path: path, Exclusive: true, Keys: filepath.Join(whole, "keys"), Log: slog.New(slog.NewTextHandler(&log, nil))})
			if after := journalOf(t, path); !slices.Equal(before, after) || !strings.Contains(log.String(), "not listed again") {
				t.Errorf("the journal was\n%s\nand is\n%s\nafter the server said %s", strings.Join(before, "\n"), strings.Join(after, "\n"), &log)
			}
			if len(audit(t, s).Faults) == 0 {
				t.Error("the audit is green")
			}
		})
	}
}

// Of stubs that were taken away the journal knows, and without it the ledger.
func TestLostStubsAreMissed(t *testing.T) {
	whole := t.TempDir()
	if err := filled(t, filepath.Join(whole, "samtykke.db")).Close(); err != nil {
		t.Fatal(err)
	}
	path, keys := copyOf(t, whole), filepath.Join(whole, "keys")
	tamper(t, path, "DELETE FROM erased")
	if err := os.Rename(path+".erasures", path+".kept"); err != nil {
		t.Fatal(err)
	}
	s := openTest(t, Options{Path: path, Exclusive: true, Keys: keys})
	wantOneFault(t, s, "4 decisions were erased, and the database has the stubs of 0")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".kept", path+".erasures"); err != nil {
		t.Fatal(err)
	}
	green(t, openTest(t, Options{Path: path, Exclusive: true, Keys: keys}))
}

// copyOf copies what lies in a folder, and gives the path of the database in it.
// The keys stay where they are, because a copy of them may be read by others.
func copyOf(t *testing.T, whole string) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(whole)); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(folder, "samtykke.db")
}

package sqlite

import (
	"path/filepath"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// A backup still holds what was erased after it, and does not know what was
// frozen. Put back, the database learns both again before it serves anybody.
func TestErasedStaysErasedThroughARestore(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "samtykke.db")
	s := openTest(t, Options{Path: path, Exclusive: true})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	appendN(t, s, site, 0, 10)
	restrictOne(t, s, 1, false) // and released after the backup
	restrictOne(t, s, 2, false) // and erased by its owner after it
	backup := filepath.Join(folder, "backup.db")
	db := openWriting(path)
	if _, err := db.ExecContext(t.Context(), "VACUUM INTO ?", backup); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	erase(t, s, consent.Erasure{Visitor: storagetest.Visitor(4), Actor: consent.ActorVisitor, Time: storagetest.Morning})
	erase(t, s, consent.Erasure{ID: storagetest.ID(6), Actor: consent.ActorOperator, Time: storagetest.Morning})
	erase(t, s, consent.Erasure{Visitor: storagetest.Visitor(2), Actor: consent.ActorVisitor, Time: storagetest.Morning})
	restrictOne(t, s, 1, true)
	restrictOne(t, s, 7, false)
	restrictOne(t, s, 8, false)
	restrictOne(t, s, 8, true)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	putBack(t, backup, path)

	look := openTest(t, Options{Path: path})
	if entries, err := look.Read(t.Context(), consent.LogQuery{Site: "skogen"}); err != nil || len(entries) != 10 {
		t.Fatalf("the backup holds %d decisions (%v), so it proves nothing", len(entries), err)
	}
	if _, err := look.Begin(t.Context(), "skogen", storagetest.Morning); err != nil { // the ledger was longer
		t.Fatal(err)
	}
	if err := look.Close(); err != nil {
		t.Fatal(err)
	}
	again := openTest(t, Options{Path: path, Exclusive: true})
	entries, err := again.Read(t.Context(), consent.LogQuery{Site: "skogen"})
	if err != nil || len(entries) != 7 {
		t.Fatalf("%d decisions: %v", len(entries), err)
	}
	for _, entry := range entries {
		if entry.ID == storagetest.ID(2) || entry.ID == storagetest.ID(4) || entry.ID == storagetest.ID(6) {
			t.Errorf("%s was erased and is there", entry.ID)
		}
		if entry.Frozen != (entry.ID == storagetest.ID(7)) {
			t.Errorf("%s is frozen: %t", entry.ID, entry.Frozen)
		}
	}
	green(t, again)
}

func restrictOne(t *testing.T, s *Store, n int, release bool) {
	t.Helper()
	what := consent.Restriction{ID: storagetest.ID(n), Release: release, Reason: consent.ReasonAccuracy, Time: storagetest.Morning}
	if changed, err := s.Restrict(t.Context(), "skogen", what); err != nil || changed != 1 {
		t.Fatalf("%d decisions changed: %v", changed, err)
	}
}

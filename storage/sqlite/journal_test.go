package sqlite

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// A backup still holds what was erased after it. Put back, the database forgets
// it again before it serves anybody.
func TestErasedStaysErasedThroughARestore(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "samtykke.db")
	s := openTest(t, Options{Path: path, Exclusive: true})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	appendN(t, s, site, 0, 10)
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
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(backup, path); err != nil {
		t.Fatal(err)
	}
	_ = os.Remove(path + "-wal")

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
	if err != nil || len(entries) != 8 {
		t.Fatalf("%d decisions: %v", len(entries), err)
	}
	for _, entry := range entries {
		if entry.ID == storagetest.ID(4) || entry.ID == storagetest.ID(6) {
			t.Errorf("%s was erased and is there", entry.ID)
		}
	}
	green(t, again)
}

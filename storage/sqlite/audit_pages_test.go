package sqlite

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// staleIndex leaves the decision 30 out of the index by which visitors' are found.
const staleIndex = `
CREATE TABLE was AS SELECT sql FROM sqlite_schema WHERE name = 'decision_visitor';
DROP INDEX decision_visitor;
CREATE INDEX decision_visitor ON decision (visitor) WHERE visitor IS NOT NULL AND seq <> 30;
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = (SELECT sql FROM was) WHERE name = 'decision_visitor';
PRAGMA writable_schema = OFF;
DROP TABLE was`

// A decision that an index leaves out is not found by its visitor, who so cannot
// erase it. Every leaf opens all the same.
func TestStaleIndexIsFound(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "samtykke.db")
	if err := filled(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	tamper(t, path, staleIndex)
	look := openTest(t, Options{Path: path})
	if n, err := look.Erase(t.Context(), "skogen", consent.Erasure{Visitor: storagetest.Visitor(29), Actor: consent.ActorVisitor, Time: storagetest.Morning}); err != nil || n != 0 {
		t.Fatalf("%d decisions were erased (%v), so the index proves nothing", n, err)
	}
	faults := audit(t, look).Faults
	if len(faults) == 0 || !strings.Contains(faults[0].Why, "missing from index decision_visitor") {
		t.Errorf("the audit says %+v", faults)
	}
	db := openWriting(path)
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "REINDEX"); err != nil { // as the fault says
		t.Fatal(err)
	}
	green(t, look)
}

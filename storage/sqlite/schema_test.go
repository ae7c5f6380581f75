package sqlite

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// Whoever adds to the schema or takes from it is found by the audit, and no server
// starts on it.
func TestStrangeSchemaIsFound(t *testing.T) {
	whole := t.TempDir()
	if err := filled(t, filepath.Join(whole, "samtykke.db")).Close(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ statement, why string }{
		"a table":              {"CREATE TABLE stash (id BLOB)", `DROP TABLE "stash";`},
		"a trigger that keeps": {"CREATE TABLE stash (id BLOB); CREATE TRIGGER keep AFTER DELETE ON decision BEGIN INSERT INTO stash VALUES (OLD.id); END", `DROP TRIGGER "keep";`},
		"a trigger that loses": {"CREATE TRIGGER lose BEFORE INSERT ON decision BEGIN SELECT raise(IGNORE); END", `a trigger "lose" on "decision" that is not the program's`},
		"one under SQLite's name": {"PRAGMA writable_schema = ON; INSERT INTO sqlite_schema VALUES ('trigger', 'sqlite_stat1', 'decision', 0, " +
			"'CREATE TRIGGER sqlite_stat1 BEFORE INSERT ON decision BEGIN SELECT raise(IGNORE); END')", `DROP TRIGGER "sqlite_stat1";`},
		"an index":            {"CREATE UNIQUE INDEX only_one ON decision (circumstance, visitor)", `DROP INDEX "only_one";`},
		"an index taken away": {"DROP INDEX decision_visitor", "the index decision_visitor of the schema is missing"},
		"a view":              {"CREATE VIEW everything AS SELECT * FROM decision", `DROP VIEW "everything";`},
		"a view replaced":     {"DROP VIEW lasting; CREATE VIEW lasting AS SELECT 0 AS tree", "the view lasting of the schema is not as the program made it"},
		"a rule of a table": {
			"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'REFERENCES decision (seq)', '') WHERE name = 'frozen'",
			"the table frozen of the schema is not as the program made it",
		},
	} {
		t.Run(name, func(t *testing.T) {
			wantNamed(t, whole, c.statement, -1, c.why)
			path := copyOf(t, whole)
			tamper(t, path, c.statement)
			wantStrange(t, Options{Path: path, Keys: filepath.Join(whole, "keys"), Exclusive: true}, c.why)
		})
	}
}

func wantStrange(t *testing.T, options Options, why string) {
	t.Helper()
	s, err := Open(t.Context(), options)
	if err == nil {
		t.Error("a server starts on a schema that is not its own", s.Close())
	} else if consent.KindOf(err) != consent.Conflict || !strings.Contains(err.Error(), why) {
		t.Errorf("the server is refused with %v", err)
	}
}

// A guard that was dropped is named with what makes it again, which is enough.
func TestGuardTakenAwayIsMadeAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	if err := filled(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	const guard = "decision_is_never_changed"
	run := func(statements string) {
		t.Helper()
		db := openWriting(path)
		defer db.Close()
		if _, err := db.ExecContext(t.Context(), statements); err != nil {
			t.Fatal(err)
		}
	}
	run("DROP TRIGGER " + guard)
	wantStrange(t, Options{Path: path, Exclusive: true}, guard+" of the schema is missing")
	look := openTest(t, Options{Path: path})
	faults := audit(t, look).Faults
	if len(faults) != 1 {
		t.Fatalf("the audit says %+v", faults)
	}
	if strings.Contains(faults[0].Why, "CREATE") || strings.Contains(faults[0].Why, "\n") {
		t.Errorf("the fault says it all in one line: %s", faults[0].Why)
	}
	run(faults[0].Repair)
	green(t, look)
	green(t, openTest(t, Options{Path: path, Exclusive: true}))
}

// What an administrator's ANALYZE writes is no fault.
func TestAnalyzedSchemaIsTheProgramsOwn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	if err := filled(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	tamper(t, path, "ANALYZE")
	s := openTest(t, Options{Path: path, Exclusive: true})
	if tables, err := readSchema(t.Context(), s.readers); err != nil || slices.ContainsFunc(tables, func(r schemaRow) bool { return r.name == "sqlite_stat1" }) {
		t.Errorf("the schema is %v (%v)", tables, err)
	}
	green(t, s)
}

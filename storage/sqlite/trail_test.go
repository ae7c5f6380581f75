package sqlite

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// walkedTrail makes a database in which an administrator has done nine things.
func walkedTrail(t *testing.T, path string) {
	t.Helper()
	s, err := Open(t.Context(), Options{Path: path, Exclusive: true})
	must(t, err)
	for i := range 9 {
		act := consent.Act{
			Time: storagetest.Morning, Account: consent.AccountID(i), Organisation: "kommunen", Site: "skogen", Action: "draft.save", Object: "a", Reason: "b",
		}
		if i == 4 {
			must(t, act.Changing(consent.FieldChange{Field: "site.name", Was: "Skogen", Is: "Havet"}))
		}
		must(t, s.RecordAct(t.Context(), act))
	}
	must(t, s.Close())
}

// trailFaults audits the trail of a database.
func trailFaults(t *testing.T, path string) []consent.TrailAudit {
	t.Helper()
	s, err := Open(t.Context(), Options{Path: path})
	must(t, err)
	defer s.Close()
	found, err := s.AuditTrails(t.Context(), "kommunen")
	must(t, err)
	for _, audit := range found {
		if audit.Fault != (consent.Flaw{}) && !slices.Contains(consent.FlawCodes, audit.Fault.Code) {
			t.Errorf("pages have no words for the fault %+v", audit.Fault)
		}
	}
	return found
}

// Whatever somebody changes in the trail with all guards off is found.
func TestTamperedTrailIsFound(t *testing.T) {
	for name, statement := range map[string]string{
		"another person":     "UPDATE act SET account = 99 WHERE number = 3",
		"another time":       "UPDATE act SET time = time + 1000 WHERE number = 3",
		"another site":       "UPDATE act SET site = 'havet' WHERE number = 3",
		"another action":     "UPDATE act SET action = 'x' WHERE number = 3",
		"another object":     "UPDATE act SET object = 'x' WHERE number = 3",
		"another reason":     "UPDATE act SET reason = 'x' WHERE number = 3",
		"changes made up":    `UPDATE act SET changes = '{"fields":[{"field":"a","was":"b","is":"c"}],"more":0}' WHERE number = 3`,
		"other changes":      "UPDATE act SET changes = replace(changes, 'Havet', 'Fjellet') WHERE number = 4",
		"another hash":       `UPDATE act SET changes = json_set(changes, '$.hash', printf('%064d', 1)) WHERE number = 4`,
		"changes taken away": "UPDATE act SET changes = '' WHERE number = 4",
		"another salt":       "UPDATE act SET salt = zeroblob(32) WHERE number = 3",
		"other hashes":       "UPDATE act SET hashes = zeroblob(32) WHERE number = 3",
		"another number":     "UPDATE act SET number = 30 WHERE number = 3",
		"a missing act":      "DELETE FROM act WHERE number = 3",
		"a missing last act": "DELETE FROM act WHERE number = 8",
		"two in turn":        "UPDATE act SET number = CASE number WHEN 3 THEN -4 ELSE number END",
		"another root":       "UPDATE trail SET root = zeroblob(32)",
		"another seal":       "UPDATE trail SET seal = zeroblob(32)",
		"another size":       "UPDATE trail SET size = 10",
		"another year":       "UPDATE trail SET year = 2030, origin = 'localhost/audit/kommunen/2030'",
		"a shorter trail":    "DELETE FROM act WHERE number >= 8; UPDATE trail SET size = 8",
		"no trail":           "DELETE FROM act; DELETE FROM trail",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "samtykke.db")
			walkedTrail(t, path)
			if found := trailFaults(t, path); len(found) != 1 || found[0].Fault.Code != "" || found[0].Acts != 9 {
				t.Fatalf("before anything was changed: %+v", found)
			}
			conn, _ := unguarded(t, path)
			if _, err := conn.ExecContext(t.Context(), "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; "+statement); err != nil {
				t.Fatal(err)
			}
			must(t, conn.Close())
			for _, audit := range trailFaults(t, path) {
				if audit.Fault.Code != "" {
					return
				}
			}
			t.Error("the audit finds nothing")
		})
	}
}

// A database that was put back from an older copy has lost acts, and says so.
func TestRolledBackTrailIsFound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	walkedTrail(t, path)
	old, err := os.ReadFile(path)
	must(t, err)
	walkedTrail(t, path)
	must(t, os.WriteFile(path, old, 0o600))
	if found := trailFaults(t, path); len(found) != 1 || found[0].Fault.Code == "" {
		t.Fatalf("got %+v", found)
	}
}

// A head that was taken back is signed for nobody: it would look like a lost act.
func TestActsThatWereTakenBackAreNotVouchedFor(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	walkedTrail(t, path)
	s, err := Open(t.Context(), Options{Path: path, Exclusive: true})
	must(t, err)
	draft := storagetest.Draft("skogen")
	must(t, s.ReplaceDraft(t.Context(), &draft, 0, storagetest.Morning))
	good := consent.Act{Time: storagetest.Morning, Organisation: "kommunen", Site: "skogen", Action: "draft.service.send"}
	bad := good
	bad.Action = ""
	if err := s.ReplaceDrafts(t.Context(), []consent.DraftChange{{Draft: &draft, Was: 1, Act: good}, {Draft: &draft, Was: 2, Act: bad}}, storagetest.Morning); err == nil {
		t.Fatal("an act that does nothing was recorded")
	}
	must(t, s.Close())
	if found := trailFaults(t, path); len(found) != 1 || found[0].Fault.Code != "" || found[0].Acts != 9 {
		t.Fatalf("got %+v", found)
	}
}

// The tables guard the trail against the program itself.
func TestTrailIsAppendOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	walkedTrail(t, path)
	db := openWriting(path)
	defer db.Close()
	for _, statement := range []string{"UPDATE act SET reason = ''", "DELETE FROM act", "UPDATE trail SET size = size - 1", "DELETE FROM trail"} {
		if _, err := db.ExecContext(t.Context(), statement); err == nil {
			t.Errorf("%s was done", statement)
		}
	}
	var count int
	if err := db.QueryRowContext(t.Context(), "SELECT count(*) FROM act").Scan(&count); err != nil || count != 9 {
		t.Errorf("%d acts, %v", count, err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

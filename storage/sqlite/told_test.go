package sqlite

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// witnessedLoss is a database of 5 leaves whose anchor says 15 and whose witness has
// seen 15; with an older anchor, it says 8. It gives the checkpoint of 15, too.
func witnessedLoss(t *testing.T, c *cosigning, olderAnchor bool) (path string, kept []byte) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path, Exclusive: true, Quorum: c.quorum})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	appendN(t, s, site, 0, 5)
	backup(t, path, path+".early")
	appendN(t, s, site, 5, 8)
	closeTest(t, s)
	anchor, err := os.ReadFile(path + ".anchor")
	if err != nil {
		t.Fatal(err)
	}
	s = openTest(t, Options{Path: path, Exclusive: true, Quorum: c.quorum})
	appendN(t, s, site, 8, 15)
	kept = c.cosign(t, s)
	closeTest(t, s)
	putBack(t, path+".early", path)
	if olderAnchor {
		if err := os.WriteFile(path+".anchor", anchor, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return path, kept
}

func closeTest(t *testing.T, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// cosign has the witness see the newest checkpoint, and the store know of it.
func (c *cosigning) cosign(t *testing.T, s *Store) (checkpoint []byte) {
	t.Helper()
	trees, err := s.Trees(t.Context(), "skogen")
	if err != nil {
		t.Fatal(err)
	}
	endorsed, err := c.keys.Endorse("localhost", trees[0].Checkpoint)
	if err != nil {
		t.Fatal(err)
	}
	line, err := c.witness.AddCheckpoint(t.Context(), &consent.Submission{Checkpoint: endorsed}, storagetest.Morning)
	if err != nil {
		t.Fatal(err)
	}
	err = s.Cosign(t.Context(), []consent.WitnessAnswer{{
		Origin: trees[0].Origin, Checkpoint: trees[0].Checkpoint, Cosignature: line,
		WitnessState: consent.WitnessState{Witness: "witness.example.no", Size: trees[0].Size, Time: storagetest.Morning},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return trees[0].Checkpoint
}

// TestToldLossIsOneVerdict: what a later part tells to be lost is missed neither by
// the anchor nor by witnesses nor by who kept a checkpoint, in the database and in a
// pack; the newest of them says how much it is.
func TestToldLossIsOneVerdict(t *testing.T) {
	for name, olderAnchor := range map[string]bool{"the anchor knows most": false, "a witness knows most": true} {
		t.Run(name, func(t *testing.T) {
			c := newCosigning(t)
			path, kept := witnessedLoss(t, c, olderAnchor)
			s := openTest(t, Options{Path: path, Quorum: c.quorum})
			if _, err := s.Begin(t.Context(), "skogen", storagetest.Morning); err != nil {
				t.Fatal(err)
			}
			found := green(t, s)
			if len(found.Trees) != 2 || found.Trees[1].Lost != 10 || len(found.Breaks) > 0 {
				t.Errorf("of the loss is said %+v, %+v", found.Trees, found.Breaks)
			}
			if faults := append(auditKept(t, s, kept), auditKeptPack(t, s, kept)...); len(faults) > 0 {
				t.Errorf("a loss that is told is a fault: %q", faults)
			}
			closeTest(t, s)
			closeTest(t, openTest(t, Options{Path: path, Exclusive: true, Quorum: c.quorum}))
		})
	}
}

// TestWitnessIsNotSilencedByAnotherLoss: a later part that tells of fewer leaves than
// a witness has seen leaves the rest missing.
func TestWitnessIsNotSilencedByAnotherLoss(t *testing.T) {
	c := newCosigning(t)
	path, kept := witnessedLoss(t, c, true)
	begin(t, path, "skogen") // without knowing the witness
	s := openTest(t, Options{Path: path, Quorum: c.quorum})
	const missed = "a checkpoint was signed for 15 leaves, and there are 5"
	if found := audit(t, s); len(found.Faults) != 1 || !strings.Contains(found.Faults[0].Why, missed) {
		t.Errorf("the audit says %+v", found.Faults)
	}
	for _, faults := range [][]string{auditKept(t, openTest(t, Options{Path: path}), kept), auditKeptPack(t, s, kept)} {
		if len(faults) != 1 || !strings.Contains(faults[0], missed) {
			t.Errorf("who kept the checkpoint reads %q", faults)
		}
	}
}

// TestRestoreTellsWhoErased: what is erased again after a backup was put back is told
// with the same actor and ground as the first time.
func TestRestoreTellsWhoErased(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path, Exclusive: true})
	appendN(t, s, storagetest.Publish(t.Context(), t, s, "skogen"), 0, 5)
	backup(t, path, path+".early")
	erase(t, s, consent.Erasure{Visitor: storagetest.Visitor(1), Actor: consent.ActorVisitor, Reason: consent.ErasedWithdrawn, Time: storagetest.Morning})
	erase(t, s, consent.Erasure{ID: storagetest.ID(3), Actor: consent.ActorOperator, Time: storagetest.Morning})
	closeTest(t, s)
	putBack(t, path+".early", path)
	closeTest(t, openTest(t, Options{Path: path, Exclusive: true, Restoring: true}))
	begin(t, path, "skogen")

	s = openTest(t, Options{Path: path})
	green(t, s)
	db := sql.OpenDB(newConnector(path, "mode=ro", nil))
	defer db.Close()
	var told string
	err := db.QueryRowContext(t.Context(), `
SELECT group_concat(body->>'actor' || ' ' || (body->>'reason') || ' ' || (body->>'spans'), '; ' ORDER BY leaf) FROM event WHERE body->>'event' = 'erase'`).Scan(&told)
	if want := "visitor withdrawn [[1,1]]; operator " + reasonAgain + " [[3,3]]"; err != nil || told != want {
		t.Errorf("the ledger tells %q (%v), want %q", told, err, want)
	}
}

package sqlite

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// yearEnd is when the first year of a filled database is over, and wellAfter when
// its decisions have expired.
var (
	yearEnd   = time.Date(2027, time.January, 1, 0, 0, 0, 0, time.UTC)
	wellAfter = storagetest.Morning.AddDate(2, 0, 0)
)

// expireFirstYear expires the first year of skogen.
func expireFirstYear(t *testing.T, s *Store, want consent.Expired) {
	t.Helper()
	years, err := s.Expire(t.Context(), "skogen", yearEnd, wellAfter)
	if err != nil || len(years) != 1 || years[0] != want {
		t.Fatalf("expired %+v: %v; want %+v", years, err, want)
	}
}

// A crash between the leaves leaves some over, and the next time they go.
func TestDropGoesOnAfterACrash(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := filled(t, path)
	gone, err := s.Due(t.Context(), "skogen", yearEnd)
	if err != nil || len(gone) != 1 {
		t.Fatal(gone, err)
	}
	early := decisionsBefore(t, s, yearEnd)
	for _, entry := range early {
		erase(t, s, consent.Erasure{ID: entry.ID, Actor: consent.ActorOperator, Time: storagetest.Morning})
	}
	wantLeafLeft(t, s, early[0].ID, "localhost/consent/skogen/2026")
	trees, err := readTrees(t.Context(), s.reads, spentTrees, "skogen", yearEnd.Year())
	if err != nil || len(trees) != 1 {
		t.Fatalf("%d trees are spent: %v", len(trees), err)
	}
	if err := s.seal(t.Context(), trees[0], wellAfter); err != nil {
		t.Fatal(err)
	}
	green(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := openTest(t, Options{Path: path, Exclusive: true})
	green(t, again)
	expireFirstYear(t, again, consent.Expired{Year: 2026, Dropped: true})
	green(t, again)
	var left int
	if err := again.readers.QueryRowContext(t.Context(), "SELECT count(*) FROM leaf WHERE id >> 40 = ?", trees[0].id).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d leaves are left: %v", left, err)
	}
	wantLeafLeft(t, again, early[0].ID, "")
}

// wantLeafLeft has an erased decision stand in a ledger, or in none any more.
func wantLeafLeft(t *testing.T, s *Store, id consent.DecisionID, origin string) {
	t.Helper()
	if stub, err := s.Erased(t.Context(), "skogen", id); err != nil || stub.Origin != origin {
		t.Errorf("what was erased stands in %+v: %v", stub, err)
	}
}

func decisionsBefore(t *testing.T, s *Store, before time.Time) []consent.Entry {
	t.Helper()
	entries, err := s.Read(t.Context(), consent.LogQuery{Site: "skogen", To: before, Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

// What is left of a dropped year cannot be changed unseen, nor can a year be said
// to be dropped that has decisions.
func TestTamperedDropIsNamed(t *testing.T) {
	whole := t.TempDir()
	s := filled(t, filepath.Join(whole, "samtykke.db"))
	expireFirstYear(t, s, consent.Expired{Year: 2026, Gone: 37, Dropped: true})
	trees, err := readTrees(t.Context(), s.reads, treeByOrigin, "localhost/consent/skogen/2026")
	if err != nil {
		t.Fatal(err)
	}
	ordinary, err := s.signers.sign(trees[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	const of2026 = " WHERE origin = 'localhost/consent/skogen/2026'"
	for name, c := range map[string]struct{ statement, why string }{
		"the size":                      {"UPDATE tree SET size = size - 1" + of2026, "not what was signed last"},
		"the root":                      {"UPDATE tree SET root = zeroblob(32)" + of2026, "not what was signed last"},
		"the checkpoint":                {"UPDATE dropped SET checkpoint = CAST(replace(checkpoint, 'skogen', 'skugen') AS BLOB)", "does not hold"},
		"an ordinary checkpoint":        {"UPDATE dropped SET checkpoint = CAST('" + string(ordinary) + "' AS BLOB)", "does not say that the ledger was dropped"},
		"that of another tree":          {"UPDATE dropped SET checkpoint = x''", "does not hold"},
		"the time":                      {"UPDATE dropped SET time = time + 1", "not what was signed last"},
		"that it was dropped":           {"DELETE FROM dropped", "there are 0"},
		"a decision put back":           {"INSERT INTO decision SELECT 5000, site, circumstance, randomblob(16), visitor, visitor_rest, previous, time - 31536000000, skew, salt FROM decision WHERE seq = 42", "decision 5000 of the log has no leaf"},
		"another year, said to be gone": {"INSERT INTO dropped SELECT id, 4000000000000, 0, x'' FROM tree WHERE origin = 'localhost/consent/skogen/2027'", "does not hold"},
		"leaves that were lost":         {"UPDATE dropped SET lost = 5", "not what was signed last"},
	} {
		t.Run(name, func(t *testing.T) {
			wantNamed(t, whole, c.statement, -1, c.why)
		})
	}
}

// A year that was rolled back, and whose loss a later part has told, is dropped
// with that part, and a server starts on what is left.
func TestRolledBackYearIsDropped(t *testing.T) {
	path, _ := rolledBack(t)
	look := openTest(t, Options{Path: path})
	if _, err := look.Begin(t.Context(), "skogen", storagetest.Morning); err != nil {
		t.Fatal(err)
	}
	expireFirstYear(t, look, consent.Expired{Year: 2026, Gone: 10, Dropped: true})
	if err := look.Close(); err != nil {
		t.Fatal(err)
	}
	again := openTest(t, Options{Path: path, Exclusive: true})
	found := green(t, again)
	if len(found.Trees) != 2 || found.Trees[0].Dropped.IsZero() || found.Trees[1].Dropped.IsZero() || found.Trees[1].Lost != 5 {
		t.Errorf("audited %+v", found.Trees)
	}
}

// A pack tells of a dropped year what is left of it.
func TestPackOfADroppedYear(t *testing.T) {
	s := filled(t, filepath.Join(t.TempDir(), "samtykke.db"))
	pack := func() []byte {
		var out bytes.Buffer
		if err := (ledger.Pack{Site: "skogen", Store: s, Made: storagetest.Morning, Report: func(int64, int64) {}}).Write(t.Context(), &out); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	before, _ := unzip(t, pack())
	expireFirstYear(t, s, consent.Expired{Year: 2026, Gone: 37, Dropped: true})
	files, order := unzip(t, pack())
	found, err := verifyPack(rezip(t, files, order, false), "")
	if err != nil || len(found.Faults) > 0 || len(found.Trees) != 2 || !found.Trees[1].Dropped.Equal(wellAfter) {
		t.Fatalf("%v %+v", err, found)
	}
	wantFault := func(why string) {
		t.Helper()
		wantPackFault(t, files, order, why)
	}
	const leaves, checkpoint = "ledger/2026/leaves.jsonl", "ledger/2026/checkpoint.txt"
	files[leaves] = before[leaves]
	wantFault("the pack holds leaves of it")
	files[leaves] = nil
	kept := files[checkpoint]
	files[checkpoint] = bytes.Replace(kept, []byte("skogen"), []byte("skugen"), 1)
	wantFault("the checkpoint does not hold")
	files[checkpoint] = kept
	manifest := files["manifest.json"]
	files["manifest.json"] = bytes.Replace(manifest, []byte(`"dropped": "2028`), []byte(`"dropped": "2029`), 1)
	wantFault("not dropped when the manifest says")
	files["manifest.json"] = manifest

	// Whoever has no key calls a year dropped that is there.
	const other = "ledger/2027/leaves.jsonl"
	files["manifest.json"] = bytes.Replace(manifest, []byte(`"folder": "ledger/2027",`), []byte(`"folder": "ledger/2027", "dropped": "2029-01-01T00:00:00Z",`), 1)
	files[other] = nil
	wantFault("does not say that the ledger was dropped")

	// Or leaves it out: then only the keys know of it.
	var list struct{ Trees []struct{ Folder string } }
	if err := json.Unmarshal(manifest, &list); err != nil || len(list.Trees) != 2 {
		t.Fatal(list, err)
	}
	keys := string(files["ledger/2026/keys.txt"]) + string(files["ledger/2027/keys.txt"])
	var whole map[string]any
	if err := json.Unmarshal(manifest, &whole); err != nil {
		t.Fatal(err)
	}
	whole["trees"] = []any{}
	if files["manifest.json"], err = json.Marshal(whole); err != nil {
		t.Fatal(err)
	}
	if found, err := verifyPack(rezip(t, files, order, true), keys); err != nil || len(found.Faults) != 2 || !strings.Contains(found.Faults[0].Why, "the pack does not hold it") {
		t.Errorf("a pack without its ledgers: %v %+v", err, found)
	}
}

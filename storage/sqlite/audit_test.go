package sqlite

import (
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// audit gives what an audit of all sites finds.
func audit(t *testing.T, s *Store) *consent.LedgerAudit {
	t.Helper()
	found, err := s.Audit(t.Context(), "", func(int64, int64) {})
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range slices.Concat(found.Faults, found.Unsigning) {
		if !slices.Contains(consent.FlawCodes, fault.Code) {
			t.Errorf("pages have no words for the fault %+v", fault)
		}
	}
	return found
}

func green(t *testing.T, s *Store) *consent.LedgerAudit {
	t.Helper()
	found := audit(t, s)
	for _, fault := range found.Faults {
		t.Errorf("%s, index %d: %s", fault.Origin, fault.Index, fault.Why)
	}
	return found
}

// A filled database has two sites, two years, and some decisions erased.
func filled(t *testing.T, path string) *Store {
	t.Helper()
	s := openTest(t, Options{Path: path, Exclusive: true})
	for _, key := range []consent.SiteKey{"skogen", "havet"} {
		site := storagetest.Publish(t.Context(), t, s, key)
		for n := range 60 {
			d := site.Decision(n)
			if n >= 40 {
				d.Time = d.Time.AddDate(1, 0, 0)
			}
			if n > 0 {
				d.Previous = storagetest.ID(1000 + n) // of nobody
			}
			if _, err := s.Append(t.Context(), d); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, n := range []int{7, 8, 50} {
		erase(t, s, consent.Erasure{Visitor: storagetest.Visitor(n), Actor: consent.ActorVisitor, Time: storagetest.Morning})
	}
	erase(t, s, consent.Erasure{ID: storagetest.ID(20), Actor: consent.ActorOperator, Reason: consent.ErasedUnlawful, Time: storagetest.Morning})
	return s
}

func erase(t *testing.T, s *Store, what consent.Erasure) {
	t.Helper()
	if n, err := s.Erase(t.Context(), "skogen", what); err != nil || n != 1 {
		t.Fatalf("erased %d: %v", n, err)
	}
}

func TestAuditIsGreen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := filled(t, path)
	check := func(s *Store) {
		t.Helper()
		found := green(t, s)
		want := []struct {
			origin                  string
			opened, removed, events int64
		}{
			{"localhost/consent/havet/2027", 20, 0, 0},
			{"localhost/consent/havet/2026", 40, 0, 0},
			{"localhost/consent/skogen/2027", 19, 1, 1},
			{"localhost/consent/skogen/2026", 37, 3, 3},
		}
		if len(found.Trees) != len(want) {
			t.Fatalf("%d trees, want %d", len(found.Trees), len(want))
		}
		for i, tree := range found.Trees {
			if tree.Origin != want[i].origin || tree.Opened != want[i].opened || tree.Removed != want[i].removed || tree.Events != want[i].events {
				t.Errorf("audited %+v, want %+v", tree, want[i])
			}
		}
	}
	check(s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := openTest(t, Options{Path: path, Exclusive: true})
	check(again)
	site := storagetest.Published{Site: "skogen", Notice: &consent.Notice{Number: 1}, Bundle: &consent.Bundle{ID: "bundle-one"}}
	appendN(t, again, site, 100, 110)
	green(t, again)
}

// Every receipt proves its decision with nothing but the public keys.
func TestReceipts(t *testing.T) {
	s := filled(t, filepath.Join(t.TempDir(), "samtykke.db"))
	trees, err := s.Trees(t.Context(), "skogen")
	if err != nil || len(trees) != 2 {
		t.Fatalf("%d trees: %v", len(trees), err)
	}
	keys, err := ledger.ParseVerifiers(trees[0].Keys + trees[1].Keys)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := s.Read(t.Context(), consent.LogQuery{Site: "skogen", Limit: 1000})
	if err != nil || len(entries) != 56 {
		t.Fatalf("%d entries: %v", len(entries), err)
	}
	for _, entry := range entries {
		text, err := s.Receipt(t.Context(), "skogen", entry.ID)
		if err != nil {
			t.Fatal(err)
		}
		receipt, err := ledger.ParseReceipt(text)
		if err != nil {
			t.Fatal(err)
		}
		record, _, err := receipt.Verify(keys)
		if err != nil {
			t.Fatalf("the receipt of %s: %v", entry.ID, err)
		}
		if record.ID != entry.ID || record.Site != "skogen" || record.Organisation != "kommunen" || !record.Time.Equal(entry.Time) ||
			record.Visitor != entry.Visitor || record.Method != entry.Method || record.State != entry.State || record.Previous != entry.Previous ||
			record.NoticeHash.IsZero() || record.BundleHash.IsZero() || record.Language != entry.Language || record.Skew != entry.Skew {
			t.Errorf("the receipt of %+v holds %+v", entry, record)
		}
	}
	for name, id := range map[string]consent.DecisionID{"erased": storagetest.ID(7), "invented": storagetest.ID(999)} {
		if _, err := s.Receipt(t.Context(), "skogen", id); consent.KindOf(err) != consent.NotFound {
			t.Errorf("the receipt of an %s decision: %v", name, err)
		}
	}
}

// What Append answers is enough to check the decision against any later tree.
func TestAppendProves(t *testing.T) {
	s := openTest(t, Options{})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	for n := range 20 {
		d := site.Decision(n)
		made, err := s.Append(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		trees, err := s.Trees(t.Context(), "skogen")
		if err != nil {
			t.Fatal(err)
		}
		keys, err := ledger.ParseVerifiers(trees[0].Keys)
		if err != nil {
			t.Fatal(err)
		}
		head, err := ledger.OpenCheckpoint(made.Proof.Checkpoint, keys)
		if err != nil {
			t.Fatal(err)
		}
		if made.Proof.Index != int64(n) || head.Size <= made.Proof.Index || head.Origin != made.Proof.Origin {
			t.Errorf("decision %d got %+v of a tree of %d", n, made.Proof, head.Size)
		}
		text, err := s.Receipt(t.Context(), "skogen", d.ID)
		if err != nil {
			t.Fatal(err)
		}
		receipt, err := ledger.ParseReceipt(text)
		if err != nil || receipt.Salt != made.Proof.Salt || receipt.Index != made.Proof.Index {
			t.Errorf("the receipt has another salt or index: %v", err)
		}
	}
}

// Whoever can write to the file finds no place that the audit does not see.
func TestTamperingIsNamed(t *testing.T) {
	whole := t.TempDir()
	if err := filled(t, filepath.Join(whole, "samtykke.db")).Close(); err != nil {
		t.Fatal(err)
	}
	const tree2026 = "(SELECT id FROM tree WHERE origin = 'localhost/consent/skogen/2026')"
	leaf := func(index string) string { return "(" + tree2026 + " << 40) + " + index }
	for name, c := range map[string]struct {
		statement string
		index     int64
		why       string
	}{
		"a decision changed to a yes":  {"UPDATE decision SET circumstance = (SELECT min(id) FROM circumstance WHERE method = 'accept_all') WHERE seq = 2", 1, "changed"},
		"the time":                     {"UPDATE decision SET time = time + 1 WHERE seq = 3", 2, "changed"},
		"the year":                     {"UPDATE decision SET time = time + 31536000000 WHERE seq = 3", 2, "changed"},
		"the clock's skew":             {"UPDATE decision SET skew = skew + 1 WHERE seq = 4", 3, "changed"},
		"the visitor":                  {"UPDATE decision SET visitor = visitor + 1 WHERE seq = 5", 4, "changed"},
		"the visitor's rest":           {"UPDATE decision SET visitor_rest = zeroblob(14) WHERE seq = 5", 4, "changed"},
		"the visitor taken away":       {"UPDATE decision SET visitor = NULL, visitor_rest = NULL WHERE seq = 5", 4, "changed"},
		"the one before":               {"UPDATE decision SET previous = zeroblob(16) WHERE seq = 6", 5, "changed"},
		"the id":                       {"UPDATE decision SET id = randomblob(16) WHERE seq = 6", 5, "changed"},
		"the salt":                     {"UPDATE decision SET salt = zeroblob(32) WHERE seq = 7", 6, "changed"},
		"a row deleted":                {"DELETE FROM decision WHERE seq = 10", 9, "no later leaf says why"},
		"two rows swapped":             {"UPDATE decision SET seq = CASE seq WHEN 11 THEN -12 ELSE -11 END WHERE seq IN (11, 12); UPDATE decision SET seq = -seq WHERE seq < 0", 10, "changed"},
		"a row put in elsewhere":       {"INSERT INTO decision SELECT 5000, site, circumstance, randomblob(16), visitor, visitor_rest, previous, time, skew, salt FROM decision WHERE seq = 12", -1, "decision 5000 of the log has no leaf"},
		"a row deleted and put back":   {"UPDATE decision SET seq = 5000 WHERE seq = 13", 12, "no later leaf says why"},
		"a leaf's hash":                {"UPDATE leaf SET hashes = zeroblob(length(hashes)) WHERE id = " + leaf("13"), 13, "changed"},
		"an inner hash":                {"UPDATE leaf SET hashes = CAST(substr(hashes, 1, 32) || zeroblob(length(hashes) - 32) AS BLOB) WHERE id = " + leaf("15"), 15, "not what the leaves give"},
		"a leaf deleted":               {"DELETE FROM leaf WHERE id = " + leaf("16"), 16, "missing"},
		"the last leaf deleted":        {"DELETE FROM leaf WHERE id = " + leaf("42") + "; DELETE FROM event WHERE leaf = " + leaf("42"), 20, "no later leaf says why"},
		"what an event says":           {"UPDATE event SET body = replace(body, 'visitor', 'nobody') WHERE leaf = " + leaf("40"), 7, "no later leaf says why"},
		"an event taken away":          {"DELETE FROM event WHERE leaf = " + leaf("40"), 7, "no later leaf says why"},
		"the head's size":              {"UPDATE tree SET size = size - 1 WHERE id = " + tree2026, -1, "head counts 42"},
		"the head's root":              {"UPDATE tree SET root = zeroblob(32) WHERE id = " + tree2026, -1, "head's root"},
		"the notice":                   {"UPDATE notice SET json = replace(json, 'Telleren', 'Harmlos!') WHERE site = (SELECT id FROM site WHERE key = 'skogen')", -1, "notice 1 is not what its hash says"},
		"the notice with its hash":     {"UPDATE notice SET hash = zeroblob(32) WHERE site = (SELECT id FROM site WHERE key = 'skogen')", 0, "changed"},
		"the bundle":                   {"UPDATE bundle_file SET body = x'00' WHERE name = 'main.js'", -1, "bundle bundle-one is not what its hash says"},
		"the panel":                    {"UPDATE bundle_file SET body = x'00' WHERE name = 'panel.nb.js'", -1, "bundle bundle-one is not what its hash says"},
		"a file beside the script":     {"INSERT INTO bundle_file VALUES (1, 'more.js', x'00')", -1, "bundle bundle-one is not what its hash says"},
		"the bundle with its hash":     {"UPDATE bundle SET hash = zeroblob(32)", 0, "changed"},
		"what a circumstance says":     {"UPDATE circumstance SET language = 'en' WHERE id = (SELECT circumstance FROM decision WHERE seq = 1)", 0, "changed"},
		"a tree cut off at an old end": {"DELETE FROM decision WHERE seq > 5; DELETE FROM event; DELETE FROM leaf WHERE id >= " + leaf("5") + "; UPDATE tree SET size = 5", -1, "head"},
	} {
		t.Run(name, func(t *testing.T) {
			wantNamed(t, whole, c.statement, c.index, c.why)
		})
	}
}

// wantNamed tampers with a copy of what lies in a folder, and asserts that the
// audit says so of that index.
func wantNamed(t *testing.T, whole, statement string, index int64, why string) {
	t.Helper()
	path := copyOf(t, whole)
	tamper(t, path, statement)
	s := openTest(t, Options{Path: path, Keys: filepath.Join(whole, "keys")})
	var all []string
	for _, fault := range audit(t, s).Faults {
		if fault.Index == index && strings.Contains(fault.Why, why) {
			return
		}
		all = append(all, fault.Origin+": "+fault.Why)
	}
	t.Errorf("the audit does not name index %d and say %q; it says:\n%s", index, why, strings.Join(all, "\n"))
}

// tamper changes the file as somebody does who has it to themselves, and puts the
// guards back.
func tamper(t *testing.T, path, statements string) {
	t.Helper()
	db := openWriting(path)
	defer db.Close()
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	guards := unguard(t, conn)
	for _, statement := range append([]string{statements}, guards...) {
		if _, err := conn.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

// unguard allows a connection everything. It gives the statements that put the
// guards back.
func unguard(t *testing.T, conn *sql.Conn) (guards []string) {
	t.Helper()
	guards = strs(t, conn, "SELECT sql FROM sqlite_schema WHERE type = 'trigger'")
	for _, statement := range append([]string{"PRAGMA foreign_keys = OFF", "PRAGMA ignore_check_constraints = ON"},
		strs(t, conn, "SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE type = 'trigger'")...) {
		if _, err := conn.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	return guards
}

// rolledBack gives a database that was put back from a copy of its first ten
// decisions, after it had fifteen.
func rolledBack(t *testing.T) (path string, site storagetest.Published) {
	t.Helper()
	folder := t.TempDir()
	path, copied := filepath.Join(folder, "samtykke.db"), filepath.Join(folder, "copy.db")
	s := openTest(t, Options{Path: path, Exclusive: true})
	site = storagetest.Publish(t.Context(), t, s, "skogen")
	appendN(t, s, site, 0, 10)
	if err := Backup(t.Context(), path, copied); err != nil {
		t.Fatal(err)
	}
	appendN(t, s, site, 10, 15)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	putBack(t, copied, path)
	return path, site
}

// A database that was put back from a copy is refused by a server, because
// decisions that were acknowledged are not in it.
func TestRolledBackIsRefused(t *testing.T) {
	path, site := rolledBack(t)
	folder := filepath.Dir(path)
	_, err := Open(t.Context(), Options{Path: path, Exclusive: true})
	if err == nil || !strings.Contains(err.Error(), "older than its anchor") || !strings.Contains(err.Error(), "samtykke log begin") {
		t.Fatalf("the server started on a database that was rolled back: %v", err)
	}
	look := openTest(t, Options{Path: path})
	if faults := audit(t, look).Faults; len(faults) == 0 || !strings.Contains(faults[0].Why, "rolled back") {
		t.Errorf("the audit says %+v", faults)
	}
	keyFile := filepath.Join(folder, "keys", "skogen-2026.pub")
	before, err := os.ReadFile(keyFile)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := look.Rotate(t.Context(), "skogen", storagetest.Morning); err == nil {
		t.Error("the key of a database that was rolled back was rotated")
	}
	if after, err := os.ReadFile(keyFile); err != nil || string(after) != string(before) {
		t.Errorf("the keys were %q and are %q (%v)", before, after, err)
	}
	if _, err := look.Append(t.Context(), site.Decision(99)); err == nil {
		t.Error("a command appended to a database that was rolled back")
	}
	begun, err := look.Begin(t.Context(), "skogen", storagetest.Morning)
	if err != nil || len(begun) != 1 || begun[0] != "localhost/consent/skogen/2026-b" {
		t.Fatalf("began %v: %v", begun, err)
	}
	if err := look.Close(); err != nil {
		t.Fatal(err)
	}

	again := openTest(t, Options{Path: path, Exclusive: true})
	appendN(t, again, site, 20, 24)
	erase(t, again, consent.Erasure{ID: storagetest.ID(3), Actor: consent.ActorOperator, Time: storagetest.Morning}) // of the first part
	found := green(t, again)
	if len(found.Trees) != 2 || found.Trees[0].Opened != 4 || found.Trees[0].Events != 2 ||
		found.Trees[1].Opened != 9 || found.Trees[1].Removed != 1 || found.Trees[1].Lost != 5 {
		t.Errorf("audited %+v", found.Trees)
	}
	if _, err := again.Receipt(t.Context(), "skogen", storagetest.ID(2)); err != nil {
		t.Errorf("a receipt of the first part: %v", err)
	}
}

// A ledger that was taken away whole is missed, also by whoever audits its site
// alone.
func TestLedgerTakenAwayIsMissed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	if err := filled(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	tamper(t, path, "DELETE FROM decision WHERE site = 1; DELETE FROM event; DELETE FROM erased; DELETE FROM leaf WHERE id >> 40 IN (SELECT id FROM tree WHERE site = 1); DELETE FROM tree WHERE site = 1")
	s := openTest(t, Options{Path: path})
	for _, site := range []consent.SiteKey{"", "skogen"} {
		found, err := s.Audit(t.Context(), site, func(int64, int64) {})
		if err != nil || !slices.ContainsFunc(found.Faults, func(f consent.LedgerFault) bool {
			return f.Origin == "localhost/consent/skogen/2026" && strings.Contains(f.Why, "the database does not")
		}) {
			t.Errorf("the audit of %q says %+v (%v)", site, found, err)
		}
	}
}

// What an earlier key signed stays valid, and the tree says when it changed.
func TestKeysAreRotated(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path, Exclusive: true})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	made, err := s.Append(t.Context(), site.Decision(0))
	if err != nil {
		t.Fatal(err)
	}
	command := openTest(t, Options{Path: path})
	key, err := command.Rotate(t.Context(), "skogen", storagetest.Morning)
	if err != nil {
		t.Fatal(err)
	}
	later, err := s.Append(t.Context(), site.Decision(1))
	if err != nil {
		t.Fatal(err)
	}
	trees, err := s.Trees(t.Context(), "skogen")
	if err != nil || !strings.HasSuffix(trees[0].Keys, "\n"+key+"\n") {
		t.Fatalf("the keys are %q: %v", trees[0].Keys, err)
	}
	all, err := ledger.ParseVerifiers(trees[0].Keys)
	if err != nil {
		t.Fatal(err)
	}
	newest, err := ledger.ParseVerifiers(key)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.OpenCheckpoint(made.Proof.Checkpoint, all); err != nil {
		t.Errorf("the earlier checkpoint: %v", err)
	}
	if _, err := ledger.OpenCheckpoint(later.Proof.Checkpoint, newest); err != nil {
		t.Errorf("the server goes on with the earlier key: %v", err)
	}
	if found := green(t, s); found.Trees[0].Events != 1 {
		t.Errorf("audited %+v", found.Trees)
	}
}

// A signing key that is not there is missed and not replaced unseen; a new one is
// made when somebody asks for it, and the ledger says so.
func TestLostKeyIsMissed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path, Exclusive: true})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	appendN(t, s, site, 0, 3)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(filepath.Dir(path), "keys", "skogen-2026.key")); err != nil {
		t.Fatal(err)
	}
	again := openTest(t, Options{Path: path, Exclusive: true})
	if found := green(t, again); len(found.Unsigning) != 1 || !strings.Contains(found.Unsigning[0].Why, "samtykke log rotate skogen") {
		t.Errorf("the audit says %+v of the key that is gone", found.Unsigning)
	}
	if _, err := again.Trees(t.Context(), "skogen"); err == nil || !strings.Contains(err.Error(), "samtykke log rotate skogen") {
		t.Errorf("a reader is told %v", err)
	}
	if _, err := again.Append(t.Context(), site.Decision(3)); err == nil {
		t.Error("a decision was stored that cannot be signed for")
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(path), "keys", "*.key")); err != nil || len(left) > 0 {
		t.Errorf("a key was made unasked: %v %v", left, err)
	}
	if _, err := again.Rotate(t.Context(), "skogen", storagetest.Morning); err != nil {
		t.Fatal(err)
	}
	appendN(t, again, site, 3, 5)
	if found := green(t, again); found.Trees[0].Opened != 5 || found.Trees[0].Events != 1 {
		t.Errorf("audited %+v", found.Trees)
	}
}

// The key of an earlier year that is lost is made anew with this year's: without
// it no ledger of the site could be shown. Others keep theirs.
func TestLostKeyOfAnEarlierYear(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	if err := filled(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	keys := func(shard string) string { return filepath.Join(filepath.Dir(path), "keys", "skogen-"+shard) }
	if err := os.Remove(keys("2026.key")); err != nil {
		t.Fatal(err)
	}
	s := openTest(t, Options{Path: path, Exclusive: true})
	green(t, s)
	if _, err := s.Trees(t.Context(), "skogen"); err == nil || !strings.Contains(err.Error(), "skogen/2026 is not there") || !strings.Contains(err.Error(), "samtykke log rotate skogen") {
		t.Errorf("a reader is told %v", err)
	}
	made, err := s.Rotate(t.Context(), "skogen", storagetest.Morning)
	if err != nil {
		t.Fatal(err)
	}
	trees, err := s.Trees(t.Context(), "skogen")
	if err != nil || len(trees) != 2 {
		t.Fatalf("%d trees: %v", len(trees), err)
	}
	lines := strings.Split(made, "\n")
	for i, tree := range trees {
		if len(lines) != 2 || !strings.HasSuffix(tree.Keys, "\n"+lines[i]+"\n") {
			t.Errorf("the keys of %s are %q, and new are %q", tree.Origin, tree.Keys, lines)
		}
	}
	before, err := os.ReadFile(keys("2026.pub"))
	if err != nil {
		t.Fatal(err)
	}
	erase(t, s, consent.Erasure{ID: storagetest.ID(5), Actor: consent.ActorOperator, Time: storagetest.Morning}) // of the earlier year
	if made, err = s.Rotate(t.Context(), "skogen", storagetest.Morning); err != nil || strings.Count(made, "/2027+") != 1 || strings.Contains(made, "/2026+") {
		t.Errorf("when none is lost the new keys are %q: %v", made, err)
	}
	if after, err := os.ReadFile(keys("2026.pub")); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the keys were %s and are %s (%v)", before, after, err)
	}
	if found := green(t, s); found.Trees[2].Events != 3 || found.Trees[3].Events != 5 {
		t.Errorf("audited %+v", found.Trees)
	}
}

// Whoever can write to the database and has no keys takes a decision away and adds
// the leaf that explains it: hashes, root and all. It is not signed.
func TestForgedHeadIsNotSigned(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path, Exclusive: true})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	appendN(t, s, site, 0, 4)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	event := ledger.Event{Kind: ledger.Expire, Time: storagetest.Morning, Reason: "retention", Spans: []ledger.Span{{2, 2}}}
	body, err := event.Encode()
	if err != nil {
		t.Fatal(err)
	}
	hash, root := forgedRoot(t, path, ledger.EventLeaf(body))
	tamper(t, path, fmt.Sprintf(`DELETE FROM decision WHERE seq = 3; INSERT INTO leaf VALUES ((1 << 40) + 4, 4, x'%x');
		INSERT INTO event VALUES ((1 << 40) + 4, '%s'); UPDATE tree SET size = 5, root = x'%x'`, hash, body, root[:]))
	again := openTest(t, Options{Path: path, Exclusive: true})
	const want = "not written by a program that has its keys"
	if _, err := again.Trees(t.Context(), "skogen"); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("a checkpoint was signed for it: %v", err)
	}
	if _, err := again.Append(t.Context(), site.Decision(9)); err == nil {
		t.Error("the ledger goes on from it")
	}
	if faults := audit(t, again).Faults; len(faults) != 1 || !strings.Contains(faults[0].Why, want) {
		t.Errorf("the audit says %+v", faults)
	}
	if _, err := again.Rotate(t.Context(), "skogen", storagetest.Morning); err == nil {
		t.Error("a new key was made for it")
	}
}

// forgedRoot gives the hashes of a leaf that is appended to the tree of four, and
// the root with it.
func forgedRoot(t *testing.T, path string, leaf tlog.Hash) (hashes []byte, root tlog.Hash) {
	t.Helper()
	s := openTest(t, Options{Path: path})
	frontier, err := ledger.ResumeFrontier(4, leafReader(t.Context(), s.reads, 1))
	if err != nil {
		t.Fatal(err)
	}
	hashes = frontier.Append(nil, leaf)
	return hashes, frontier.Root()
}

// The secret of the heads is missed as a key is, and made again on request where
// the anchor vouches for the heads.
func TestLostSecretIsMissed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path, Exclusive: true})
	sites := []storagetest.Published{storagetest.Publish(t.Context(), t, s, "skogen"), storagetest.Publish(t.Context(), t, s, "havet")}
	for _, site := range sites {
		appendN(t, s, site, 0, 3)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(filepath.Dir(path), "keys", "heads.secret")); err != nil {
		t.Fatal(err)
	}
	again := openTest(t, Options{Path: path, Exclusive: true})
	green(t, again)
	for _, site := range sites {
		if _, err := again.Append(t.Context(), site.Decision(3)); err == nil {
			t.Errorf("%s goes on without the secret", site.Site)
		}
		if _, err := again.Rotate(t.Context(), site.Site, storagetest.Morning); err != nil {
			t.Fatal(err)
		}
		appendN(t, again, site, 3, 5)
	}
	green(t, again)
}

// The anchor follows by itself, and is level after closing.
func TestAnchorFollows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path, Exclusive: true})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	anchored := func() int64 {
		t.Helper()
		found, err := ledger.Anchor{Path: path + ".anchor"}.Load()
		if err != nil {
			t.Fatal(err)
		}
		if found["localhost/consent/skogen/2026"] == nil {
			return 0
		}
		head, err := ledger.ParseHead(found["localhost/consent/skogen/2026"])
		if err != nil {
			t.Fatal(err)
		}
		return head.Size
	}
	appendN(t, s, site, 0, 3)
	for end := time.Now().Add(30 * time.Second); anchored() != 3; <-time.After(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the anchor does not follow")
		}
	}
	appendN(t, s, site, 3, 8)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got := anchored(); got != 8 {
		t.Errorf("after closing the anchor is at %d, want 8", got)
	}
}

package sqlite

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// withoutAnchor gives a filled database whose anchor was lost.
func withoutAnchor(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "samtykke.db")
	if err := filled(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path + ".anchor"); err != nil {
		t.Fatal(err)
	}
	return path
}

// begin starts the next parts of all sites, as a command does.
func begin(t *testing.T, path string, sites ...consent.SiteKey) (begun []string) {
	t.Helper()
	s := openTest(t, Options{Path: path})
	for _, site := range sites {
		parts, err := s.Begin(t.Context(), site, storagetest.Morning)
		if err != nil {
			t.Fatal(err)
		}
		begun = append(begun, parts...)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return begun
}

// A lost anchor is named for each ledger that has leaves, and until somebody begins
// its next part nothing goes on, which would make a new anchor.
func TestLostAnchorIsMissed(t *testing.T) {
	path := withoutAnchor(t)
	_, err := Open(t.Context(), Options{Path: path, Exclusive: true})
	for _, says := range []string{path + ".anchor does not know the ledger localhost/consent/skogen/2026, which has 43 leaves", "samtykke log begin skogen", "samtykke log begin havet"} {
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("a server starts without saying %q: %v", says, err)
		}
	}
	command := openTest(t, Options{Path: path})
	site := storagetest.Published{Site: "skogen", Notice: &consent.Notice{Number: 1}, Bundle: &consent.Bundle{ID: "bundle-one"}}
	if _, err := command.Append(t.Context(), site.Decision(200)); err == nil {
		t.Error("a decision was appended")
	}
	if n, err := command.Erase(t.Context(), "skogen", consent.Erasure{ID: storagetest.ID(3), Actor: consent.ActorOperator, Time: storagetest.Morning}); err == nil {
		t.Errorf("%d decisions were erased", n)
	}
	var named []string
	for _, fault := range audit(t, command).Faults {
		if strings.Contains(fault.Why, path+".anchor does not know this ledger") && strings.Contains(fault.Why, "samtykke log begin "+string(fault.Site)) {
			named = append(named, fault.Origin)
		}
	}
	if want := []string{"localhost/consent/havet/2027", "localhost/consent/havet/2026", "localhost/consent/skogen/2027", "localhost/consent/skogen/2026"}; !slices.Equal(named, want) {
		t.Errorf("the audit names %v", named)
	}
	if err := command.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path + ".anchor"); !os.IsNotExist(err) {
		t.Errorf("an anchor was made: %v", err)
	}
}

// After log begin all goes on, in parts that say which head was the last.
func TestLostAnchorIsTold(t *testing.T) {
	path := withoutAnchor(t)
	begun := begin(t, path, "skogen", "havet")
	if want := []string{"localhost/consent/skogen/2027-b", "localhost/consent/skogen/2026-b", "localhost/consent/havet/2027-b", "localhost/consent/havet/2026-b"}; !slices.Equal(begun, want) {
		t.Errorf("begun: %v", begun)
	}
	s := openTest(t, Options{Path: path, Exclusive: true})
	site := storagetest.Published{Site: "skogen", Notice: &consent.Notice{Number: 1}, Bundle: &consent.Bundle{ID: "bundle-one"}}
	made, err := s.Append(t.Context(), site.Decision(100))
	if err != nil || !strings.HasSuffix(made.Proof.Origin, "-b") || made.Proof.Index != 1 {
		t.Errorf("the next decision is %+v: %v", made, err)
	}
	green(t, s)
	if again := begin(t, path, "skogen", "havet"); len(again) > 0 {
		t.Errorf("begun again: %v", again)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path + ".anchor"); err != nil { // a second time
		t.Fatal(err)
	}
	if begun := begin(t, path, "skogen"); len(begun) != 2 {
		t.Errorf("begun after the second loss: %v", begun)
	}
	if faults := audit(t, openTest(t, Options{Path: path})).Faults; len(faults) != 4 { // those of the other site
		t.Errorf("the audit finds %+v", faults)
	}
}

// Whoever rolls the database back and removes the anchor gets no green audit.
func TestRolledBackWithItsAnchor(t *testing.T) {
	path, site := rolledBack(t)
	if err := os.Remove(path + ".anchor"); err != nil {
		t.Fatal(err)
	}
	if faults := audit(t, openTest(t, Options{Path: path})).Faults; len(faults) != 1 || !strings.Contains(faults[0].Why, "does not know this ledger") {
		t.Errorf("the audit finds %+v", faults)
	}
	begin(t, path, "skogen")
	s := openTest(t, Options{Path: path, Exclusive: true})
	made, err := s.Append(t.Context(), site.Decision(20))
	if err != nil || made.Proof.Origin != "localhost/consent/skogen/2026-b" { // index 10 of the first part was given out
		t.Errorf("the next decision is %+v: %v", made, err)
	}
	green(t, s)
}

// An anchor that has forgotten one ledger is missed for that one.
func TestForgottenLedgerIsMissed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	if err := filled(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	anchor, err := os.ReadFile(path + ".anchor")
	if err != nil {
		t.Fatal(err)
	}
	lines := slices.DeleteFunc(strings.SplitAfter(string(anchor), "\n"), func(line string) bool { return strings.Contains(line, "havet/2027") })
	if err := os.WriteFile(path+".anchor", []byte(strings.Join(lines, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	if faults := audit(t, openTest(t, Options{Path: path})).Faults; len(faults) != 1 || faults[0].Origin != "localhost/consent/havet/2027" {
		t.Errorf("the audit finds %+v", faults)
	}
	if begun := begin(t, path, "skogen", "havet"); !slices.Equal(begun, []string{"localhost/consent/havet/2027-b"}) {
		t.Errorf("begun: %v", begun)
	}
	green(t, openTest(t, Options{Path: path, Exclusive: true}))
}

// The anchor knows a ledger before its first leaf is there: so a crash between the
// two is no loss.
func TestAnchorComesFirst(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path, Exclusive: true})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	const origin = "localhost/consent/skogen/2026"
	err := s.writer.anchorEmpty(&tree{site: "skogen", year: 2026, part: 1, origin: origin})
	if err == nil {
		t.Fatal("a head that nobody sealed was signed")
	}
	crashed := &tree{site: "skogen", year: 2026, part: 1, origin: origin}
	var empty ledger.Frontier
	crashed.root = empty.Root()
	if err := s.signers.seal(crashed, true); err != nil {
		t.Fatal(err)
	}
	if err := s.signers.make(crashed); err != nil { // as planting does, before
		t.Fatal(err)
	}
	if err := s.writer.anchorEmpty(crashed); err != nil {
		t.Fatal(err)
	}
	green(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := openTest(t, Options{Path: path, Exclusive: true})
	appendN(t, again, site, 0, 3)
	d := site.Decision(4)
	d.Time = d.Time.AddDate(1, 0, 0)
	if _, err := again.Append(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if known, err := again.anchors.file.Load(); err != nil || known[origin] == nil || known["localhost/consent/skogen/2027"] == nil {
		t.Errorf("at once the anchor knows %v: %v", known, err)
	}
	green(t, again)
}

// Of both files beside the database that are lost, the journal is told again once
// the loss of the anchor is.
func TestLostAnchorAndJournal(t *testing.T) {
	path := withoutAnchor(t)
	before := journalOf(t, path)
	if err := os.Remove(path + ".erasures"); err != nil {
		t.Fatal(err)
	}
	begin(t, path, "skogen", "havet")
	green(t, openTest(t, Options{Path: path, Exclusive: true}))
	if after := journalOf(t, path); len(before) == 0 || !slices.Equal(before, after) {
		t.Errorf("the journal was %v and is %v", before, after)
	}
}

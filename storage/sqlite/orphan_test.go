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

const wiped = `DELETE FROM frozen; DELETE FROM decision; DELETE FROM event; DELETE FROM leaf; DELETE FROM tree;
DELETE FROM hour; DELETE FROM tally; DELETE FROM daily; DELETE FROM erased; DELETE FROM sqlite_sequence WHERE name = 'decision'`

// emptied gives a database whose whole ledger was taken away, with all that the
// files beside it know.
func emptied(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "samtykke.db")
	if err := filled(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	tamper(t, path, wiped)
	for _, beside := range []string{".anchor", ".erasures"} {
		if err := os.Truncate(path+beside, 0); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

var filledOrigins = []string{"localhost/consent/havet/2026", "localhost/consent/havet/2027", "localhost/consent/skogen/2026", "localhost/consent/skogen/2027"}

// A ledger that was taken away is missed as long as its key is there, and does not
// begin a second time.
func TestEmptiedLedgerIsMissed(t *testing.T) {
	path := emptied(t)
	_, err := Open(t.Context(), Options{Path: path, Exclusive: true})
	for _, says := range append([]string{"samtykke log begin skogen", "samtykke log begin havet"}, filledOrigins...) {
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("a server starts without saying %q: %v", says, err)
		}
	}
	command := openTest(t, Options{Path: path})
	site := storagetest.Published{Site: "skogen", Notice: &consent.Notice{Number: 1}, Bundle: &consent.Bundle{ID: "bundle-one"}}
	if made, err := command.Append(t.Context(), site.Decision(200)); err == nil {
		t.Errorf("a decision was appended: %+v", made.Proof)
	}
	var named []string
	for _, fault := range audit(t, command).Faults {
		if strings.Contains(fault.Why, "samtykke log begin "+string(fault.Site)) {
			named = append(named, fault.Origin)
		}
	}
	if !slices.Equal(named, filledOrigins) {
		t.Errorf("the audit names %v", named)
	}
}

// An empty head in the anchor that no key signed does not hide it.
func TestEmptiedLedgerWithAnUnsignedAnchor(t *testing.T) {
	path := emptied(t)
	const line = `{"origin":"localhost/consent/skogen/2026","checkpoint":"localhost/consent/skogen/2026\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— localhost/consent/skogen/2026 AAAAAAA=\n"}` + "\n"
	if err := os.WriteFile(path+".anchor", []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	faults := audit(t, openTest(t, Options{Path: path})).Faults
	if !slices.ContainsFunc(faults, func(f consent.LedgerFault) bool { return f.Origin == "localhost/consent/skogen/2026" }) {
		t.Errorf("the audit finds %+v", faults)
	}
}

// After log begin all goes on in parts that were never there, and that say so.
func TestEmptiedLedgerIsTold(t *testing.T) {
	path := emptied(t)
	keys := ledger.Keys{Folder: filepath.Join(filepath.Dir(path), "keys")}
	if _, err := openTest(t, Options{Path: path}).Begin(t.Context(), "skogen", storagetest.Morning); err == nil || !strings.Contains(err.Error(), "--without-journal") {
		t.Errorf("begun although what was erased is forgotten: %v", err)
	}
	if err := ledger.NewJournal(path+".erasures", keys).Accept(); err != nil {
		t.Fatal(err)
	}
	if begun, want := begin(t, path, "skogen", "havet"), []string{"localhost/consent/skogen/2026-b", "localhost/consent/skogen/2027-b", "localhost/consent/havet/2026-b", "localhost/consent/havet/2027-b"}; !slices.Equal(begun, want) {
		t.Errorf("begun: %v", begun)
	}
	s := openTest(t, Options{Path: path, Exclusive: true})
	site := storagetest.Published{Site: "skogen", Notice: &consent.Notice{Number: 1}, Bundle: &consent.Bundle{ID: "bundle-one"}}
	if made, err := s.Append(t.Context(), site.Decision(200)); err != nil || made.Proof.Origin != "localhost/consent/skogen/2026-b" || made.Proof.Index != 1 {
		t.Errorf("the next decision is %+v: %v", made, err)
	}
	green(t, s)
	var bodies string
	if err := s.readers.QueryRowContext(t.Context(), "SELECT group_concat(body) FROM event").Scan(&bodies); err != nil {
		t.Fatal(err)
	}
	for _, origin := range filledOrigins {
		if !strings.Contains(bodies, `"origin":"`+origin+`"`) {
			t.Errorf("nothing tells of %s", origin)
		}
	}
	if again := begin(t, path, "skogen"); len(again) > 0 {
		t.Errorf("begun again: %v", again)
	}
}

// One year that was taken away, also from the anchor and under a running server,
// is missed like all.
func TestEmptiedYearIsMissed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path, Exclusive: true})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	appendN(t, s, site, 0, 3)
	if err := s.anchors.move(); err != nil {
		t.Fatal(err)
	}
	tamper(t, path, wiped)
	if err := os.Truncate(path+".anchor", 0); err != nil {
		t.Fatal(err)
	}
	if made, err := s.Append(t.Context(), site.Decision(5)); err == nil {
		t.Errorf("a decision was appended: %+v", made.Proof)
	}
	if faults := audit(t, s).Faults; len(faults) != 1 || faults[0].Origin != "localhost/consent/skogen/2026" {
		t.Errorf("the audit finds %+v", faults)
	}
}

// A key whose anchor could not be written is no sign of a loss, for the same program
// or for the next one: the next decision plants the tree.
func TestKeyBeforeItsAnchor(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path, Exclusive: true})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	if err := os.Mkdir(path+".anchor.lock", 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Append(t.Context(), site.Decision(0)); consent.KindOf(err) != consent.Unavailable {
		t.Fatalf("a decision without an anchor: %v", err)
	}
	if there, err := s.signers.keys.Has("skogen-2026"); err != nil || !there {
		t.Fatalf("a key is there: %v %v", there, err)
	}
	if err := os.Remove(path + ".anchor.lock"); err != nil {
		t.Fatal(err)
	}
	green(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openTest(t, Options{Path: path, Exclusive: true})
	green(t, s)
	appendN(t, s, site, 0, 2)
	green(t, s)
}

// Keys of sites that the database does not have belong to another database.
func TestKeysOfAnotherDatabase(t *testing.T) {
	folder := t.TempDir()
	for _, site := range []consent.SiteKey{"skogen", "havet"} {
		path := filepath.Join(folder, string(site)+".db")
		s := openTest(t, Options{Path: path, Exclusive: true})
		appendN(t, s, storagetest.Publish(t.Context(), t, s, site), 0, 2)
		green(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		green(t, openTest(t, Options{Path: path, Exclusive: true}))
	}
}

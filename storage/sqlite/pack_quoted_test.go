package sqlite

import (
	"archive/zip"
	"bytes"
	"maps"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// cosigning is a witness of localhost, and packs with its signatures.
type cosigning struct {
	keys    ledger.Keys
	witness *ledger.Witness
	quorum  consent.Quorum
}

func newCosigning(t *testing.T) *cosigning {
	t.Helper()
	c := &cosigning{keys: ledger.Keys{Folder: t.TempDir()}}
	host, err := c.keys.HostKey("localhost")
	if err != nil {
		t.Fatal(err)
	}
	key, err := c.keys.WitnessKey("witness.example.no")
	if err != nil {
		t.Fatal(err)
	}
	if c.witness, err = ledger.NewWitness(c.keys, "witness.example.no", t.TempDir(), []consent.VerifierKey{host}); err != nil {
		t.Fatal(err)
	}
	if c.quorum, err = consent.NewQuorum([]consent.VerifierKey{key}, 1); err != nil {
		t.Fatal(err)
	}
	return c
}

// audit audits the pack of a database in which the witness has cosigned some
// folders of trees, and gives the faults by origin and who quotes whom.
func (c *cosigning) audit(t *testing.T, s *Store, folders ...string) (faults, quotedBy map[string]string) {
	t.Helper()
	var pack bytes.Buffer
	if err := keptPack(t, s, "").Write(t.Context(), &pack); err != nil {
		t.Fatal(err)
	}
	files, order := unzip(t, pack.Bytes())
	for _, folder := range folders {
		checkpoint := files["ledger/"+folder+"/checkpoint.txt"]
		endorsed, err := c.keys.Endorse("localhost", checkpoint)
		if err != nil {
			t.Fatal(err)
		}
		line, err := c.witness.AddCheckpoint(t.Context(), &consent.Submission{Checkpoint: endorsed}, storagetest.Morning)
		if err != nil {
			t.Fatal(err)
		}
		name := "ledger/" + folder + "/witnessed.txt"
		files[name], order = append(bytes.Clone(checkpoint), line...), append(order, name)
	}
	again := rezip(t, files, order, true)
	archive, err := zip.NewReader(bytes.NewReader(again), int64(len(again)))
	if err != nil {
		t.Fatal(err)
	}
	found, err := ledger.VerifyPack(archive, ledger.PackCheck{Quorum: c.quorum, Report: func(int64, int64) {}})
	if err != nil {
		t.Fatal(err)
	}
	faults, quotedBy = map[string]string{}, map[string]string{}
	for _, fault := range found.Faults {
		faults[fault.Origin] += fault.Why
	}
	for _, tree := range found.Trees {
		if tree.QuotedBy != "" {
			quotedBy[tree.Origin] = tree.QuotedBy
		}
	}
	return faults, quotedBy
}

// A part that ended before there were witnesses is vouched for by those of the part
// that quotes its end, through any number of parts, and by nothing else.
func TestQuotedPartIsWitnessedThroughTheNext(t *testing.T) {
	const in2026, in2027, none = "localhost/consent/skogen/2026", "localhost/consent/skogen/2027", "no witness has cosigned it"
	path := withoutAnchor(t)
	begin(t, path, "skogen", "havet")
	s := openTest(t, Options{Path: path})
	for _, tt := range []struct {
		cosigned         []string
		faults, quotedBy map[string]string
	}{
		{nil, map[string]string{in2026: none, in2026 + "-b": none, in2027: none, in2027 + "-b": none}, nil},
		{[]string{"2027-b"}, map[string]string{in2026: none, in2026 + "-b": none}, map[string]string{in2027: in2027 + "-b"}},
		{[]string{"2026-b", "2027-b"}, nil, map[string]string{in2026: in2026 + "-b", in2027: in2027 + "-b"}},
		{[]string{"2026", "2026-b", "2027-b"}, nil, map[string]string{in2027: in2027 + "-b"}},
	} {
		faults, quotedBy := newCosigning(t).audit(t, s, tt.cosigned...)
		if !maps.Equal(faults, tt.faults) || !maps.Equal(quotedBy, tt.quotedBy) {
			t.Errorf("%v are cosigned: the faults are %v, quoted are %v", tt.cosigned, faults, quotedBy)
		}
	}
}

// What the database still had when the next part began is vouched for through that
// part, and the pack says how much was lost before.
func TestQuoteOfWhatIsLeft(t *testing.T) {
	path, _ := rolledBack(t)
	begin(t, path, "skogen")
	s := openTest(t, Options{Path: path})
	const first = "localhost/consent/skogen/2026"
	faults, quotedBy := newCosigning(t).audit(t, s, "2026-b")
	if len(faults) > 0 || quotedBy[first] != first+"-b" {
		t.Errorf("the faults are %v, quoted are %v", faults, quotedBy)
	}
	var pack bytes.Buffer
	if err := keptPack(t, s, "").Write(t.Context(), &pack); err != nil {
		t.Fatal(err)
	}
	found, err := verifyPack(pack.Bytes(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, tree := range found.Trees {
		if lost := map[string]int64{first: 5}[tree.Origin]; tree.Lost != lost {
			t.Errorf("%s lost %d leaves, and not %d", tree.Origin, lost, tree.Lost)
		}
	}
}

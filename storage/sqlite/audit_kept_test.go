package sqlite

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/storage/ledger"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// A ledger that was put back together with its anchor looks whole. Whoever kept a
// checkpoint of before sees that it was rolled back, and that it was forked.
func TestKeptCheckpointTellsTheFork(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path, Exclusive: true})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	appendN(t, s, site, 0, 5)
	reopen := func() *Store { return openTest(t, Options{Path: path, Exclusive: true}) }
	closed := func(s *Store) {
		t.Helper()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	closed(s)
	early := map[string][]byte{path: nil, path + ".anchor": nil}
	for name := range early {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		early[name] = text
	}
	s = reopen()
	appendN(t, s, site, 5, 10)
	trees, err := s.Trees(t.Context(), "skogen")
	if err != nil {
		t.Fatal(err)
	}
	kept := trees[0].Checkpoint
	holds := func(s *Store, says string) {
		t.Helper()
		for name, faults := range map[string][]string{"database": auditKept(t, s, kept), "pack": auditKeptPack(t, s, kept)} {
			if says == "" && len(faults) > 0 || says != "" && (len(faults) != 1 || !strings.Contains(faults[0], says)) {
				t.Errorf("the %s: %q, and not %q", name, faults, says)
			}
		}
	}
	holds(s, "")
	appendN(t, s, site, 10, 12)
	holds(s, "")
	closed(s)
	for name, text := range early {
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s = reopen()
	green(t, s)
	holds(s, "a checkpoint was signed for 10 leaves, and there are 5")
	appendN(t, s, site, 20, 30)
	green(t, s)
	holds(s, "the first 10 leaves do not give the root that was signed for them")

	for kept, says := range map[string]string{
		strings.Replace(string(kept), "skogen/2026", "havet/2026", 1): "a checkpoint was kept of localhost/consent/havet/2026, and that ledger is not here",
		strings.Replace(string(kept), "\n10\n", "\n9\n", 1):           "a checkpoint that was kept does not hold",
	} {
		if faults := auditKept(t, s, []byte(kept)); len(faults) != 1 || !strings.Contains(faults[0], says) {
			t.Errorf("%q, and not %q", faults, says)
		}
	}
}

func auditKept(t *testing.T, s *Store, kept []byte) (faults []string) {
	t.Helper()
	found, err := s.Audit(t.Context(), "", func(int64, int64) {}, kept)
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range found.Faults {
		faults = append(faults, fault.Why)
	}
	return faults
}

func auditKeptPack(t *testing.T, s *Store, kept []byte) (faults []string) {
	t.Helper()
	var pack bytes.Buffer
	if err := keptPack(t, s, "").Write(t.Context(), &pack); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(pack.Bytes()), int64(pack.Len()))
	if err != nil {
		t.Fatal(err)
	}
	earlier, err := ledger.NewKept([][]byte{slices.Clone(kept)})
	if err != nil {
		t.Fatal(err)
	}
	found, err := ledger.VerifyPack(archive, ledger.PackCheck{Kept: earlier, Report: func(int64, int64) {}})
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range found.Faults {
		faults = append(faults, fault.Why)
	}
	return faults
}

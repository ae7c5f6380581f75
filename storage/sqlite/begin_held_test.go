package sqlite

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/storage/storagetest"
)

// A part that another goes on from is never shorter than it was at that moment,
// whether it was rolled back then or only its anchor was lost.
func TestPartIsNotRolledBackOnceMore(t *testing.T) {
	for name, loss := range map[string]func(t *testing.T, copied, path string){
		"rolled back": func(t *testing.T, copied, path string) { putBack(t, copied, path) },
		"anchor lost": func(t *testing.T, copied, path string) {
			putBack(t, copied, path)
			if err := os.Remove(path + ".anchor"); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "samtykke.db")
			early, later := path+".early", path+".later"
			s := openTest(t, Options{Path: path, Exclusive: true})
			site := storagetest.Publish(t.Context(), t, s, "skogen")
			appendN(t, s, site, 0, 5)
			backup(t, path, early)
			appendN(t, s, site, 5, 10)
			backup(t, path, later)
			appendN(t, s, site, 10, 15)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			loss(t, later, path)
			begin(t, path, "skogen")
			found := green(t, openTest(t, Options{Path: path}))
			if name == "anchor lost" && (len(found.Breaks) != 1 || !strings.Contains(found.Breaks[0].Why, "broke off at 10 leaves")) {
				t.Errorf("that nobody knows how long it was is not said: %+v", found.Breaks)
			}

			tamper(t, path, fmt.Sprintf(`ATTACH '%s' AS early; DELETE FROM decision WHERE seq > 5; DELETE FROM leaf WHERE id >> 40 = 1 AND id & 0xffff >= 5;
				UPDATE tree SET (size, root, seal) = (SELECT size, root, seal FROM early.tree WHERE id = 1) WHERE id = 1`, early))
			if _, err := Open(t.Context(), Options{Path: path, Exclusive: true}); err == nil || !strings.Contains(err.Error(), "the ledger had 10 leaves and has 5") {
				t.Errorf("the server says %v", err)
			}
			var said []string
			for _, fault := range audit(t, openTest(t, Options{Path: path})).Faults {
				if fault.Origin == "localhost/consent/skogen/2026" {
					said = append(said, fault.Why)
				}
			}
			if len(said) != 1 || !strings.Contains(said[0], "signed for 10 leaves, and there are 5") {
				t.Errorf("the audit says %q", said)
			}
			// Also where somebody with the keys has signed what is left.
			var pack bytes.Buffer
			if err := keptPack(t, openTest(t, Options{Path: path}), "").Write(t.Context(), &pack); err != nil {
				t.Fatal(err)
			}
			found, err := verifyPack(pack.Bytes(), "")
			if err != nil {
				t.Fatal(err)
			}
			if faults := found.Faults; len(faults) != 1 || !strings.Contains(faults[0].Why, "it has 5 leaves, and is not what localhost/consent/skogen/2026-b says that it was: 10 leaves") {
				t.Errorf("the pack's audit says %+v", faults)
			}
		})
	}
}

func backup(t *testing.T, from, to string) {
	t.Helper()
	if err := Backup(t.Context(), from, to); err != nil {
		t.Fatal(err)
	}
}

// The next part is named as the one before, whatever name a command was started with.
func TestNextPartKeepsItsHost(t *testing.T) {
	path, _ := rolledBack(t)
	s := openTest(t, Options{Path: path, Host: "consent.example.no"})
	begun, err := s.Begin(t.Context(), "skogen", storagetest.Morning)
	if err != nil || len(begun) != 1 || begun[0] != "localhost/consent/skogen/2026-b" {
		t.Errorf("begun: %v, %v", begun, err)
	}
}

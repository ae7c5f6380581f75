package sqlite

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/samtykke/samtykke/storage/storagetest"
)

// A database is not replaced while anybody has it open: their write-ahead log
// would lie beside another database.
func TestReplaceRefusesWhatIsOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	appendN(t, s, site, 0, 3)
	with, aside := path+".new", path+".aside"
	if err := Backup(t.Context(), path, with); err != nil {
		t.Fatal(err)
	}
	if err := Replace(t.Context(), path, with, aside); !errors.Is(err, errOpen) {
		t.Errorf("it says %v", err)
	}
	if _, err := os.Stat(aside); err == nil {
		t.Error("it was moved aside")
	}
	appendN(t, s, site, 3, 6)
	green(t, s)
}

// A damaged database is why a backup is put back: it is kept as it is, with its
// write-ahead log, which must not reach the new one.
func TestReplaceKeepsADamagedDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	appendN(t, s, site, 0, 3)
	with, aside := path+".new", path+".aside"
	if err := Backup(t.Context(), path, with); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for part, text := range map[string]string{"": "no database", "-wal": "what waited"} {
		if err := os.WriteFile(path+part, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := Replace(t.Context(), path, with, aside); err != nil {
		t.Fatal(err)
	}
	for part, text := range map[string]string{"": "no database", "-wal": "what waited"} {
		if kept, err := os.ReadFile(aside + part); err != nil || string(kept) != text {
			t.Errorf("%s is kept as %q (%v)", part, kept, err)
		}
	}
	again := openTest(t, Options{Path: path})
	green(t, again)
}

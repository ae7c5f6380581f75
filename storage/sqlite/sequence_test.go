package sqlite

import (
	"path/filepath"
	"testing"

	"github.com/samtykke/samtykke/storage/storagetest"
)

// A sequence that was set back does not give a number twice.
func TestSequenceSetBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path, Exclusive: true})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	appendN(t, s, site, 0, 5)
	tamper(t, path, "DELETE FROM decision WHERE seq = 5; UPDATE sqlite_sequence SET seq = 2 WHERE name = 'decision'")
	if made, err := s.Append(t.Context(), site.Decision(5)); err != nil {
		t.Fatalf("%+v: %v", made, err)
	}
	if newest := audit(t, s).Trees[0].Opened; newest != 5 {
		t.Errorf("%d records open", newest)
	}
	var seq int64
	if err := s.readers.QueryRowContext(t.Context(), "SELECT max(seq) FROM decision").Scan(&seq); err != nil || seq != 6 {
		t.Errorf("the next decision has the number %d (%v)", seq, err)
	}
}

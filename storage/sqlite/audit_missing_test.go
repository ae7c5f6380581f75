package sqlite

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestAuditGoesOnWithoutACircumstance: what many decisions were made under is gone.
// The audit names the first of them and goes on to what else is wrong.
func TestAuditGoesOnWithoutACircumstance(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := filled(t, path)
	tamper(t, path, `DELETE FROM circumstance WHERE id = (SELECT circumstance FROM decision WHERE seq = 3);
UPDATE leaf SET hashes = zeroblob(32) WHERE id = (SELECT max(id) FROM leaf)`)
	found, err := s.Audit(t.Context(), "", func(int64, int64) {})
	if err != nil {
		t.Fatal(err)
	}
	named, other := false, false
	for _, fault := range found.Faults {
		gone := strings.Contains(fault.Why, "was made under is gone")
		named = named || gone && fault.Index == 2
		other = other || !gone && strings.Contains(fault.Why, "hash")
	}
	if !named || !other {
		t.Errorf("the decision was named: %v, the changed hash: %v: %+v", named, other, found.Faults)
	}
}

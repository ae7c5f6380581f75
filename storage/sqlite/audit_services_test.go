package sqlite

import (
	"path/filepath"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// When a service was published first is what the notices say, or the audit tells of it.
func TestServiceDaysAreAudited(t *testing.T) {
	for _, changed := range []string{
		"UPDATE published_service SET first = first - 86400000 WHERE site = 1 AND service = (SELECT min(service) FROM published_service WHERE site = 1)",
		"DELETE FROM published_service WHERE site = 1 AND service = (SELECT min(service) FROM published_service WHERE site = 1)",
		"INSERT INTO published_service VALUES (1, 'invented', 1)",
	} {
		path := filepath.Join(t.TempDir(), "samtykke.db")
		s := filled(t, path)
		green(t, s)
		tamper(t, path, changed)
		wantOneFault(t, s, "was published first is not what the notices say")
	}
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := filled(t, path)
	tamper(t, path, "PRAGMA foreign_keys = off; INSERT INTO published_service VALUES (99, 'invented', 1)")
	if found, err := s.Audit(t.Context(), "", func(int64, int64) {}); err != nil || len(found.Faults) != 1 || found.Faults[0].Code != consent.FlawRowLoose {
		t.Errorf("a row of no site: %+v, %v", found, err)
	}
}

package sqlite_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/sqlite"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// A decision that is dated before its notice was published has a leaf that holds, and
// the audit says in words that nobody can have made it then.
func TestDatedBeforeTheNotice(t *testing.T) {
	store := open(t, sqlite.Options{Path: filepath.Join(t.TempDir(), "samtykke.db"), Exclusive: true})
	site := storagetest.Publish(t.Context(), t, store, "skogen")
	put := func(n int, at time.Time) {
		t.Helper()
		d := site.Decision(n)
		d.Time = at
		if _, err := store.Append(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	audit := func() *consent.LedgerAudit {
		t.Helper()
		found, err := store.Audit(t.Context(), "", func(int64, int64) {})
		if err != nil || len(found.Faults) > 0 {
			t.Fatal(err, found)
		}
		return found
	}
	published := site.Notice.Published
	put(1, published)
	put(2, published.Add(time.Hour))
	if found := audit(); len(found.Early) > 0 {
		t.Errorf("decisions after their notice are said to be dated before it: %+v", found.Early)
	}
	put(3, published.Add(-time.Minute))
	put(4, published.Add(-time.Hour))
	early := audit().Early
	if len(early) != 1 || early[0].Site != "skogen" || early[0].Index != 2 {
		t.Fatalf("the audit found %+v", early)
	}
	for _, want := range []string{"the first of 2 decisions", "before notice 1", "The clock was set back"} {
		if !strings.Contains(early[0].Why, want) {
			t.Errorf("it is told as %q", early[0].Why)
		}
	}
}

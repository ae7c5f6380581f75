package sqlite

import (
	"path/filepath"
	"reflect"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// What a database from before had counted stays as it was, and it can count how long
// answers take from then on.
func TestTalliesFromBefore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path, Exclusive: true})
	storagetest.Publish(t.Context(), t, s, "skogen")
	day := consent.MidnightOf(storagetest.Morning)
	before := consent.Tally{Site: "skogen", Day: day, Shown: 9, Decided: 5, Acknowledged: 4}
	if err := s.AddTallies(t.Context(), []consent.Tally{before}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	db := openWriting(path)
	for _, statement := range []string{
		"ALTER TABLE tally RENAME TO newer",
		"CREATE TABLE tally (site INTEGER NOT NULL REFERENCES site (id), day INTEGER NOT NULL CHECK (day > 0), kind TEXT NOT NULL CHECK (kind IN ('shown', 'decided', 'stored', 'acknowledged')), count INTEGER NOT NULL CHECK (count > 0), PRIMARY KEY (site, day, kind)) STRICT, WITHOUT ROWID",
		"INSERT INTO tally SELECT * FROM newer", "DROP TABLE newer", "ALTER TABLE invitation DROP COLUMN made_with", "ALTER TABLE login DROP COLUMN name", "ALTER TABLE frozen DROP COLUMN why", "DROP TRIGGER services_are_published", "DROP TABLE published_service", "ALTER TABLE site DROP COLUMN review_months", "DROP INDEX site_entry", "DROP INDEX act_by_action", "DELETE FROM goose_db_version WHERE version_id >= 33",
	} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	again := openTest(t, Options{Path: path, Exclusive: true})
	if err := again.AddTallies(t.Context(), []consent.Tally{{Site: "skogen", Day: day, Shown: 1, Took: [7]int{0: 2, 6: 1}}}); err != nil {
		t.Fatal(err)
	}
	want := before
	want.Shown, want.Took = 10, [7]int{0: 2, 6: 1}
	if got, err := again.Tallies(t.Context(), "skogen", day, day.AddDate(0, 0, 1)); err != nil || !reflect.DeepEqual(got, []consent.Tally{want}) {
		t.Errorf("got %+v, want %+v: %v", got, want, err)
	}
	green(t, again)
}

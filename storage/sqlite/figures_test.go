package sqlite

import (
	"fmt"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// A database from before the days were counted has them counted when it is opened.
func TestDaysAreCountedFromTheLog(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path, Exclusive: true})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	appendN(t, s, site, 0, 50)
	restrictOne(t, s, 30, false)
	from, to := storagetest.Morning.AddDate(-1, 0, 0), storagetest.Morning.AddDate(1, 0, 0)
	want, err := s.Figures(t.Context(), "skogen", from, to)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	undo(t, path)
	again := openTest(t, Options{Path: path, Exclusive: true})
	got, err := again.Figures(t.Context(), "skogen", from, to)
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("after the migration the figures are\n%v\nwant\n%v\n%v", got, want, err)
	}
	green(t, again)
}

// undo takes a database back to before the migration.
func undo(t *testing.T, path string) {
	t.Helper()
	db := openWriting(path)
	defer db.Close()
	for _, statement := range []string{
		"DROP INDEX site_entry", "DROP INDEX act_by_action", "ALTER TABLE login DROP COLUMN name", "ALTER TABLE act DROP COLUMN changes", "DROP TABLE given_day", "DROP TABLE repeat", "DROP TABLE let_in", "ALTER TABLE organisation DROP COLUMN two_since", "ALTER TABLE organisation DROP COLUMN two_ender", "ALTER TABLE organisation DROP COLUMN two_asked", "DROP TABLE closed_figures", "DROP TABLE figures_judged", "DROP TRIGGER draft_begins", "DROP TRIGGER draft_is_changed", "DROP TRIGGER draft_is_published", "DROP TABLE saver", "DROP TRIGGER request_receipt_leaves_with_its_decision", "DROP TABLE request_receipt", "DROP TABLE origin_proof", "DROP TABLE catalogue", "DROP TABLE clock", "DROP TABLE review", "DROP TABLE recipient", "ALTER TABLE organisation DROP COLUMN told", "DROP TABLE plan", "ALTER TABLE organisation DROP COLUMN two", "ALTER TABLE site DROP COLUMN saver",
		"DROP TABLE identity", "ALTER TABLE login DROP COLUMN means", "ALTER TABLE login DROP COLUMN provider",
		"DROP TRIGGER decision_that_goes_is_not_counted", "DROP TRIGGER frozen_is_not_counted", "DROP TRIGGER released_is_counted_again",
		"DROP TABLE daily",
		"DROP TABLE app", "DROP TABLE recovery", "DROP TABLE passkey", "DROP TABLE invitation", "DROP TABLE api_key",
		"ALTER TABLE account DROP COLUMN seen", "ALTER TABLE organisation DROP COLUMN factor", "ALTER TABLE link DROP COLUMN maker",
		"ALTER TABLE frozen DROP COLUMN why", "DROP TRIGGER services_are_published", "DROP TABLE published_service", "ALTER TABLE site DROP COLUMN review_months", "DELETE FROM " + goose.DefaultTablename + " WHERE version_id >= 10",
	} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
}

// BenchmarkFigures counts all of a site's ten million decisions in three years:
// each day has two hundred circumstances.
func BenchmarkFigures(b *testing.B) {
	path := filepath.Join(b.TempDir(), "samtykke.db")
	s, err := Open(b.Context(), Options{Path: path, Exclusive: true})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	storagetest.Publish(b.Context(), b, s, "skogen")
	db := openWriting(path)
	defer db.Close()
	for _, statement := range []string{`
INSERT INTO circumstance (site, notice, bundle, language, method, layer, state, gpc, choice)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1999)
SELECT 1, 1, 1, 'nb', 'save', 'first', CASE i % 3 WHEN 0 THEN 'given' WHEN 1 THEN 'refused' ELSE 'partly_given' END, 0,
  json_object('categories', json_object('statistics', json(iif(i % 2, 'true', 'false'))), 'services', json_object('a/' || i, json('true'))) FROM n`, `
INSERT INTO daily (site, day, circumstance, count)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 219999)
SELECT 1, 20000 + i / 200, 1 + (i % 200) + 200 * (i / 22000), 45 FROM n`} {
		if _, err := db.ExecContext(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
	day := time.Unix(20000*secondsPerDay, 0)
	for _, days := range []int{30, 365, 1100} {
		b.Run(strconv.Itoa(days), func(b *testing.B) {
			for b.Loop() {
				got, err := s.Figures(b.Context(), "skogen", day, day.AddDate(0, 0, days))
				if err != nil || len(got.Days) != 3*days {
					b.Fatal(err, len(got.Days))
				}
			}
		})
	}
}

var _ consent.FiguresStore = (*Store)(nil)

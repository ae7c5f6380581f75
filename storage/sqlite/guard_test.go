package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

func openTest(t *testing.T, options Options) *Store {
	t.Helper()
	if options.Path == "" {
		options.Path = filepath.Join(t.TempDir(), "samtykke.db")
	}
	s, err := Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func appendN(t *testing.T, s *Store, site storagetest.Published, from, to int) {
	t.Helper()
	for n := from; n < to; n++ {
		if _, err := s.Append(t.Context(), site.Decision(n)); err != nil {
			t.Fatal(err)
		}
	}
}

// Requirement D4: withdrawal is appended and nothing is overwritten. The table
// itself refuses, whoever asks.
func TestD4DecisionsAreNeverChanged(t *testing.T) {
	s := openTest(t, Options{})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	appendN(t, s, site, 0, 3)
	if err := s.SaveScreenshots(t.Context(), "skogen", site.Bundle.ID, []consent.Screenshot{storagetest.Screenshot(320)}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Erase(t.Context(), "skogen", consent.Erasure{Visitor: storagetest.Visitor(2), Actor: consent.ActorVisitor, Time: storagetest.Morning}); err != nil {
		t.Fatal(err)
	}
	for statement, reason := range map[string]string{
		"UPDATE decision SET time = time + 1":                  "never changed",
		"UPDATE decision SET circumstance = 1 WHERE seq = 1":   "never changed",
		"UPDATE OR REPLACE decision SET seq = 1 WHERE seq = 2": "never changed",
		"DELETE FROM decision":                                 "only removed by erasure or when it expires",
		"INSERT OR REPLACE INTO decision SELECT seq, site, 1, id, NULL, NULL, NULL, 1, 0, salt FROM decision": "only removed by erasure or when it expires",
		"REPLACE INTO decision SELECT 99, site, circumstance, id, NULL, NULL, NULL, 1, 0, salt FROM decision": "only removed by erasure or when it expires",
		"UPDATE circumstance SET choice = '{}'": "never changed",
		"DELETE FROM circumstance":              "FOREIGN KEY",
		"UPDATE notice SET json = '{}'":         "never changed",
		"DELETE FROM notice":                    "never removed",
		"UPDATE bundle SET key = 'other'":       "never changed",
		"DELETE FROM bundle":                    "never removed",
		"UPDATE bundle_file SET body = x''":     "never changed",
		"DELETE FROM bundle_file":               "never removed",
		"UPDATE screenshot SET taken = 1":       "never changed",
		"DELETE FROM screenshot":                "never removed",
		"INSERT OR REPLACE INTO screenshot SELECT bundle, language, layer, width, 1, hash, png FROM screenshot": "never removed",
		"INSERT OR REPLACE INTO bundle_file SELECT bundle, name, x'' FROM bundle_file":                          "never removed",
		"INSERT OR REPLACE INTO notice SELECT id, site, number, zeroblob(32), 1, '{}' FROM notice":              "never removed",
		"UPDATE leaf SET seq = 0":     "never changed",
		"DELETE FROM leaf":            "only removed with its year",
		"UPDATE event SET body = '1'": "never changed",
		"DELETE FROM event":           "only removed with its year",
		"INSERT INTO dropped SELECT id, unixepoch('2026-12-31') * 1000, 0, x'' FROM tree": "past year without decisions",
		"INSERT INTO dropped SELECT id, unixepoch('2036-12-31') * 1000, 0, x'' FROM tree": "past year without decisions",
		"UPDATE tree SET size = 0":  "only grows",
		"UPDATE tree SET year = 1":  "only grows",
		"DELETE FROM site":          "FOREIGN KEY",
		"UPDATE erased SET seq = 0": "never changed",
		"DELETE FROM erased":        "never removed",
		"INSERT INTO decision (site, circumstance, id, time, skew, salt) VALUES (1, 1, x'00', 1, 0, zeroblob(32))":              "CHECK",
		"INSERT INTO decision (site, circumstance, id, time, skew, salt) VALUES (9, 1, randomblob(16), 1, 0, randomblob(32))":   "FOREIGN KEY",
		"INSERT INTO decision (site, circumstance, id, time, skew, salt) VALUES (1, 1, randomblob(16), 'x', 0, randomblob(32))": "cannot store TEXT",
	} {
		err := s.writer.run(t.Context(), func(ctx context.Context, conn *sql.Conn) error {
			_, err := conn.ExecContext(ctx, statement)
			return err
		})
		if err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("%s: got %v, want a refusal that says %q", statement, err, reason)
		}
	}
	entries, err := s.Read(t.Context(), consent.LogQuery{Site: "skogen"})
	if err != nil || len(entries) != 2 {
		t.Fatalf("the log holds %d entries (%v), want 2", len(entries), err)
	}
}

// What was erased must not be found in the bytes of the files either.
func TestErasedBytesAreGone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	appendN(t, s, site, 0, 500)
	visitor := storagetest.Visitor(321)
	find := func() bool {
		t.Helper()
		for _, suffix := range []string{"", "-wal"} {
			data, err := os.ReadFile(path + suffix)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(data, visitor[8:]) || bytes.Contains(data, visitor[:8]) {
				return true
			}
		}
		return false
	}
	if !find() {
		t.Fatal("the marker is not in the files, so the search proves nothing")
	}
	if _, err := s.Erase(t.Context(), "skogen", consent.Erasure{Visitor: visitor, Actor: consent.ActorVisitor, Time: storagetest.Morning}); err != nil {
		t.Fatal(err)
	}
	untilQuiet(t, path)
	if find() {
		t.Fatal("the erased visitor is still in the files")
	}
}

// untilQuiet waits until housekeeping has emptied the WAL.
func untilQuiet(t *testing.T, path string) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for range tick.C {
		info, err := os.Stat(path + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() == 0 {
			return
		}
	}
}

// A reader in mid-page holds the WAL; housekeeping comes back when it is gone.
func TestWALIsEmptiedInQuietMoments(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path})
	reader, err := s.readers.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var newest int64
	if err := reader.QueryRowContext(t.Context(), newestSeq).Scan(&newest); err != nil {
		t.Fatal(err)
	}
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	appendN(t, s, site, 0, 10)
	if err := reader.Rollback(); err != nil {
		t.Fatal(err)
	}
	untilQuiet(t, path)
	appendN(t, s, site, 10, 20)
	untilQuiet(t, path)
}

// The budget for a decision is 280 bytes with everything: its row, its indexes,
// its salt, and the hashes of its leaf.
func TestBytesPerDecision(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path})
	const sites, each = 4, 5000
	published := make([]storagetest.Published, 0, sites)
	for _, key := range []consent.SiteKey{"skogen", "havet", "byen", "fjellet"} {
		published = append(published, storagetest.Publish(t.Context(), t, s, key))
	}
	untilQuiet(t, path)
	before := size(t, path)
	work := make(chan *consent.Decision)
	var wg sync.WaitGroup
	for range 64 {
		wg.Go(func() {
			for d := range work {
				if _, err := s.Append(t.Context(), d); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for n := range each {
		for i, site := range published {
			d := site.Decision(n*sites + i)
			if n%4 == 0 {
				d.Previous = storagetest.ID(sites * each) // of nobody
			}
			work <- d
		}
	}
	close(work)
	wg.Wait()
	untilQuiet(t, path)
	perDecision := float64(size(t, path)-before) / (sites * each)
	t.Logf("%.1f bytes on disk per decision, indexes included", perDecision)
	if perDecision > 280 {
		t.Errorf("%.1f bytes on disk per decision, want at most 280", perDecision)
	}
}

func size(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

package sqlite

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Any byte of a pack that is flipped is found, unless what the pack says is the
// same: a zip holds the time and the rights of each file, and more.
func TestFlippedPackIsFound(t *testing.T) {
	pack := packed(t)
	files, order := unzip(t, pack)
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	const flips = 1000
	idle := 0
	for range flips {
		at := random.IntN(len(pack))
		changed := bytes.Clone(pack)
		changed[at] ^= 1 << random.IntN(8)
		found, err := verifyPack(changed, "")
		if err != nil || len(found.Faults) > 0 {
			continue
		}
		idle++
		if again, _ := unzip(t, changed); !maps.EqualFunc(files, again, bytes.Equal) {
			t.Errorf("byte %d of the pack was changed, its files say something else (%v), and it holds", at, order)
		}
	}
	t.Logf("seed %d: %d flips, %d of them in bytes of the archive that say nothing", seed, flips, idle)
	if idle > flips/10 {
		t.Error("most of the pack says nothing")
	}
}

// Any byte of the database file that is flipped is found: SQLite refuses the file
// or finds it damaged, or the audit does, unless every stored value is the same.
func TestFlippedFileIsFound(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "samtykke.db")
	if err := filled(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, sound := contents(t, path)
	if !sound {
		t.Fatal("the database is damaged before anything was flipped")
	}
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	const flips = 500
	counts := make(map[string]int)
	for range flips {
		at := random.IntN(len(whole))
		flipped := bytes.Clone(whole)
		flipped[at] ^= 1 << random.IntN(8)
		if err := os.WriteFile(path, flipped, 0o600); err != nil {
			t.Fatal(err)
		}
		what := flippedFile(t, path, before)
		counts[what]++
		if what == "" {
			t.Errorf("seed %d: byte %d of the database was changed, values are others, and nobody finds it", seed, at)
		}
	}
	t.Logf("seed %d, %d pages: %v", seed, len(whole)/4096, counts)
	if counts["no value is another"] == flips || counts["the audit finds it"] == 0 {
		t.Errorf("the flips prove nothing: %v", counts)
	}
}

// flippedFile says who finds that a file was changed; empty when nobody does,
// although values are others.
func flippedFile(t *testing.T, path string, before map[string]string) string {
	t.Helper()
	_ = os.Remove(path + "-wal")
	_ = os.Remove(path + "-shm")
	after, sound := contents(t, path)
	if !sound {
		return "SQLite finds it"
	}
	changed := ""
	for column, text := range before {
		if after[column] != text {
			changed = column
		}
	}
	if changed == "" {
		return "no value is another"
	}
	s, err := Open(t.Context(), Options{Path: path})
	if err != nil {
		return "it does not open"
	}
	defer s.Close()
	if found, err := s.Audit(t.Context(), "", func(int64, int64) {}); err != nil || len(found.Faults) > 0 {
		return "the audit finds it"
	}
	switch table, _, _ := strings.Cut(changed, "."); {
	case unvouched[changed] != "", table == "sqlite_sequence", table == "goose_db_version", table == "finding", table == "daily":
		return "the audit need not find it"
	default:
		return ""
	}
}

// contents gives all values by column, and says whether SQLite finds the file
// sound. To SQLite a name in other letters, large or small, is the same.
func contents(t *testing.T, path string) (values map[string]string, sound bool) {
	t.Helper()
	db := sql.OpenDB(newConnector(path, "mode=rw", nil))
	defer db.Close()
	db.SetMaxOpenConns(1)
	text := func(query string) (found string, err error) {
		var one sql.NullString
		err = db.QueryRowContext(t.Context(), query).Scan(&one)
		return one.String, err
	}
	if said, err := text("PRAGMA integrity_check(1)"); err != nil || said != "ok" {
		return nil, false
	}
	var queries map[string]string
	list, err := text(`
SELECT json_group_object(lower(list.name || '.' || c.name), format('SELECT group_concat(quote("%w"), char(10)) FROM (SELECT * FROM "%w" ORDER BY 1)', c.name, list.name))
FROM pragma_table_list AS list JOIN pragma_table_info(list.name) AS c WHERE list.schema = 'main' AND list.type = 'table' AND list.name <> 'sqlite_schema'`)
	if err != nil || json.Unmarshal([]byte(list), &queries) != nil {
		return nil, false
	}
	values = make(map[string]string)
	for column, query := range queries {
		if values[column], err = text(query); err != nil {
			return nil, false
		}
	}
	return values, true
}

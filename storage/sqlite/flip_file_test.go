//go:build !race

package sqlite

import (
	"archive/zip"
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

// Any bit of a pack that is flipped is found, unless what the pack says is the same.
// Deflate can say it in another way: the bits that fill a block's last byte are
// skipped, a block may call itself the last one when only an empty one follows, and
// of bytes that came twice either may be copied.
func TestFlippedPackIsFound(t *testing.T) {
	pack := packed(t)
	files, order := unzip(t, pack)
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	flipped := func(from, to int64) (found bool) {
		at := from + random.Int64N(to-from)
		changed := bytes.Clone(pack)
		changed[at] ^= 1 << random.IntN(8)
		audit, err := verifyPack(changed, "")
		if err != nil || len(audit.Faults) > 0 {
			return true
		}
		if again, _ := unzip(t, changed); !maps.EqualFunc(files, again, bytes.Equal) {
			t.Errorf("seed %d: byte %d of the pack was changed, its files say something else (%v), and it holds", seed, at, order)
		}
		return false
	}
	var found, idle int // flips in the data of files
	var end int64
	for _, file := range zipped(t, pack) {
		before := found
		for range 50 {
			if flipped(file.from, file.to) {
				found++
			} else {
				idle++
			}
		}
		if found == before {
			t.Errorf("seed %d: no flip in the data of %s was found", seed, file.name)
		}
		for range 10 {
			if !flipped(end, file.from) {
				t.Errorf("seed %d: a flip before the data of %s was not found", seed, file.name)
			}
		}
		end = file.to
	}
	for range 500 {
		if !flipped(end, int64(len(pack))) {
			t.Errorf("seed %d: a flip in the archive's list was not found", seed)
		}
	}
	t.Logf("seed %d: %d flips in files were found, %d left them as they were", seed, found, idle)
}

// zippedData is where the data of a file lie in an archive.
type zippedData struct {
	name     string
	from, to int64
}

// zipped gives the data of all files that have any, in their order.
func zipped(t *testing.T, pack []byte) (all []zippedData) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(pack), int64(len(pack)))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range archive.File {
		from, err := file.DataOffset()
		if err != nil {
			t.Fatal(err)
		}
		if file.CompressedSize64 > 0 {
			all = append(all, zippedData{file.Name, from, from + int64(file.CompressedSize64)})
		}
	}
	if len(all) == 0 {
		t.Fatal("the pack holds nothing")
	}
	return all
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
		namesDamage(t, path)
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
	case unvouched[changed] != "", table == "sqlite_sequence", table == "goose_db_version", table == "finding":
		return "the audit need not find it"
	default:
		return ""
	}
}

// namesDamage has the audit tell of what SQLite cannot read, rather than fail.
func namesDamage(t *testing.T, path string) {
	t.Helper()
	s, err := Open(t.Context(), Options{Path: path})
	if err != nil {
		return // it says so itself
	}
	defer s.Close()
	if _, err := s.Audit(t.Context(), "", func(int64, int64) {}); err != nil {
		t.Errorf("the audit of a damaged database ends with %v", err)
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

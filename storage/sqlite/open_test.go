package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

func wantRefusal(t *testing.T, s *Store, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatal(errors.Join(errors.New("the database was opened"), s.Close()))
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("the refusal %q does not say %q", err, word)
		}
	}
}

func TestSecondServerIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	first := openTest(t, Options{Path: path, Exclusive: true})
	second, err := Open(t.Context(), Options{Path: path, Exclusive: true})
	wantRefusal(t, second, err, "another samtykke server", path, "stop it")
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	openTest(t, Options{Path: path, Exclusive: true})
}

// A command writes drafts and publishes while the server appends.
func TestCommandBesideServer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	server := openTest(t, Options{Path: path, Exclusive: true})
	site := storagetest.Publish(t.Context(), t, server, "skogen")
	command := openTest(t, Options{Path: path})
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for n := range 50 {
				store := server
				if w == 0 {
					store = command
				}
				if _, err := store.Append(t.Context(), site.Decision(w*50+n)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for number := consent.NoticeNumber(2); number < 12; number++ {
		draft := storagetest.Draft("skogen")
		notice, err := consent.Freeze(draft, number, storagetest.Morning)
		if err = errors.Join(err, command.SaveDraft(t.Context(), draft, storagetest.Morning), command.SaveNotice(t.Context(), "skogen", notice)); err != nil {
			t.Fatal(err)
		}
		if current, err := server.CurrentNotice(t.Context(), "skogen"); err != nil || current != notice.Entry() {
			t.Fatalf("the server sees notice %d (%v), want %d", current.Number, err, number)
		}
	}
	wg.Wait()
	entries, err := server.Read(t.Context(), consent.LogQuery{Site: "skogen", Oldest: true, Limit: 1000})
	if err != nil || len(entries) != 400 {
		t.Fatalf("the log holds %d entries (%v), want 400", len(entries), err)
	}
	for i := range entries[1:] {
		if entries[i+1].Index <= entries[i].Index {
			t.Fatalf("index %d follows %d", entries[i+1].Index, entries[i].Index)
		}
	}
}

// Several commands may meet at a database that none has migrated yet.
func TestOpenedAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			s, err := Open(t.Context(), Options{Path: path, Exclusive: i == 0})
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path})
	err := s.writer.run(t.Context(), func(ctx context.Context, conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
		return err
	})
	if err = errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	s, err = Open(t.Context(), Options{Path: path})
	wantRefusal(t, s, err, "newer than this program", "9999", "install", "backup")
}

func TestOldLibraryIsRefused(t *testing.T) {
	if err := acceptLibrary("3.51.2", 3051002); err == nil || !strings.Contains(err.Error(), "3.51.3") {
		t.Errorf("SQLite 3.51.2 gave %v", err)
	}
	if err := acceptLibrary("3.51.3", 3051003); err != nil {
		t.Error(err)
	}
}

func TestOpenRefusals(t *testing.T) {
	folder := t.TempDir()
	s, err := Open(t.Context(), Options{Path: filepath.Join(folder, "missing", "samtykke.db")})
	wantRefusal(t, s, err, "missing", "does not exist", "create it", "samtykke init EMAIL", "storage.sqlite.path")

	garbage := filepath.Join(folder, "garbage.db")
	if err := os.WriteFile(garbage, []byte(strings.Repeat("not a database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err = Open(t.Context(), Options{Path: garbage})
	wantRefusal(t, s, err, "not a database")
}

func TestOddPaths(t *testing.T) {
	for _, name := range []string{"with space.db", "what?.db", "50%.db", "a#b.db", "æøå.db", "a&mode=ro.db"} {
		path := filepath.Join(t.TempDir(), name)
		s := openTest(t, Options{Path: path, Exclusive: true})
		storagetest.Publish(t.Context(), t, s, "skogen")
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, want 0600", name, info.Mode())
		}
	}
}

// The settings that durability and privacy rest on hold on every connection.
func TestPragmas(t *testing.T) {
	s := openTest(t, Options{})
	common := map[string]string{"foreign_keys": "1", "secure_delete": "1", "trusted_schema": "0", "recursive_triggers": "1", "temp_store": "2", "journal_mode": "wal", "busy_timeout": "5000"}
	check := func(conn *sql.Conn, name, want string) {
		t.Helper()
		var got string
		if err := conn.QueryRowContext(t.Context(), "PRAGMA "+name).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %q (%v), want %q", name, got, err, want)
		}
	}
	reader, err := s.readers.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if _, err := reader.ExecContext(t.Context(), "CREATE TABLE sneaky (a)"); err == nil {
		t.Error("a reader could write")
	}
	check(reader, "query_only", "1")
	err = s.writer.run(t.Context(), func(_ context.Context, writer *sql.Conn) error {
		check(writer, "synchronous", "2")
		for name, want := range common {
			check(writer, name, want)
			check(reader, name, want)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

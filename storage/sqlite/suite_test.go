package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/sqlite"
	"github.com/samtykke/samtykke/storage/sqlite/sqlitetest"
	"github.com/samtykke/samtykke/storage/storagetest"
)

func TestSuite(t *testing.T) {
	storagetest.Run(t, func(t *testing.T) consent.Store {
		t.Helper()
		path := filepath.Join(t.TempDir(), "samtykke.db")
		sqlitetest.Begin(t, path)
		return open(t, sqlite.Options{Path: path, Exclusive: true})
	})
}

func open(tb testing.TB, options sqlite.Options) *sqlite.Store {
	tb.Helper()
	store, err := sqlite.Open(tb.Context(), options)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := store.Close(); err != nil {
			tb.Error(err)
		}
	})
	return store
}

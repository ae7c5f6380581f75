package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/samtykke/samtykke/storage/sqlite"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// What has been committed and not moved yet can be seen; a closed database has
// nothing left to move.
func TestWALSize(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	want := func(what string, fits func(int64) bool) {
		t.Helper()
		size, err := sqlite.WALSize(path)
		if err != nil || !fits(size) {
			t.Errorf("%s: %d bytes wait (%v)", what, size, err)
		}
	}
	none := func(size int64) bool { return size == 0 }
	want("no database", none)
	store := open(t, sqlite.Options{Path: path})
	storagetest.Publish(t.Context(), t, store, "skogen")
	want("just published", func(size int64) bool { return size > 0 })
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	want("closed", none)
}

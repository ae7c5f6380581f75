// Package sqlitetest has tests begin with a database quickly.
package sqlitetest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/samtykke/samtykke/storage/sqlite"
)

// Begin puts a new database at a path, as opening it would. It is copied: bringing one to
// this program's version takes a test longer than many things that it tests.
func Begin(tb testing.TB, path string) {
	tb.Helper()
	made, err := begun()
	if err == nil {
		err = os.WriteFile(path, made, 0o600)
	}
	if err != nil {
		tb.Fatal(err)
	}
}

// begun is the file of a new database.
var begun = sync.OnceValues(func() (made []byte, err error) {
	folder, err := os.MkdirTemp("", "samtykke-begun")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	path := filepath.Join(folder, "samtykke.db")
	store, err := sqlite.Open(context.Background(), sqlite.Options{Path: path})
	if err != nil {
		return nil, err
	}
	if err := store.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path) //nolint:gosec // the file was made above
})

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/samtykke/samtykke/storage"
)

// spares refuses to write to a file that the server keeps its word with: the
// database, what lies beside it, the anchor, the journal, or a key.
func (a access) spares(t *terminal, out string) error {
	if out == "" {
		return nil
	}
	settings, err := a.settings(t, nil)
	if err != nil {
		return err
	}
	path, apart := settings.Storage.SQLite.Path, storage.ApartFrom(settings)
	own := []string{apart.Erasures, apart.Witnessed, apart.Watched}
	for _, kind := range []string{"", "-wal", "-shm", ".lock"} {
		own = append(own, path+kind)
	}
	for _, kind := range []string{"", ".lock", ".audit", ".audit.lock"} {
		own = append(own, apart.Anchor+kind)
	}
	meant := resolved(out)
	for _, each := range own {
		if sameFile(out, each) || meant == resolved(each) {
			return fmt.Errorf("%s belongs to the server, and nothing was written: name another file", out)
		}
	}
	if within, err := filepath.Rel(resolved(apart.Keys), meant); err == nil && within != ".." && !strings.HasPrefix(within, ".."+string(filepath.Separator)) {
		return fmt.Errorf("%s lies in the folder of keys, and nothing was written: name a file elsewhere", out)
	}
	return nil
}

// resolved gives a path without links, as far as it is there.
func resolved(path string) string {
	if whole, err := filepath.Abs(path); err == nil {
		path = whole
	}
	if whole, err := filepath.EvalSymlinks(path); err == nil {
		return whole
	}
	if folder, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		return filepath.Join(folder, filepath.Base(path))
	}
	return path
}

// sameFile says whether two names, by links of whatever kind, are one file.
func sameFile(one, other string) bool {
	a, err := os.Stat(one)
	if err != nil {
		return false
	}
	b, err := os.Stat(other)
	return err == nil && os.SameFile(a, b)
}

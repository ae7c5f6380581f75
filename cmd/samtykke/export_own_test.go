package main_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestExportGoesOnInItsOwnFileAlone: in a folder where many write, somebody else
// may have made FILE.part or its state beforehand. Nothing is written there, and
// what a link leads to stays as it is.
func TestExportGoesOnInItsOwnFileAlone(t *testing.T) {
	i := newInstallation(t)
	i.fill(t, 3)
	for _, kind := range []string{".part", ".part.state"} {
		for says, plant := range map[string]func(path, other string) error{
			"link":                func(path, other string) error { return os.Symlink(other, path) },
			"has a second name":   func(path, other string) error { return os.Link(other, path) },
			"is no ordinary file": func(path, _ string) error { return syscall.Mkfifo(path, 0o600) },
			"belongs to another user": func(path, _ string) error {
				return errors.Join(os.WriteFile(path, nil, 0o600), os.Chown(path, 65534, 65534))
			},
		} {
			folder := t.TempDir()
			path, other := filepath.Join(folder, "log.csv"), filepath.Join(folder, "other")
			keep(t, other, "somebody's")
			if err := plant(path+kind, other); errors.Is(err, os.ErrPermission) {
				continue // giving a file away takes root
			} else if err != nil {
				t.Fatal(err)
			}
			if kind == ".part.state" && says == "link" {
				says = "is no ordinary file"
			}
			done := invoke(t, "log", "export", "gjerdrum", "--resume", "-o", path, "--data", i.data)
			if done.code != 1 || !strings.Contains(done.err, path+kind) || !strings.Contains(done.err, says) {
				t.Errorf("%s that is made first: %+v", kind, done)
			}
			if kept := readFile(t, other); kept != "somebody's" {
				t.Errorf("%s leads to a file that now holds %q", kind, kept)
			}
		}
	}
}

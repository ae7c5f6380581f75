package main_test

import (
	"archive/zip"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPackResumes: with --resume a pack is the same, leaves nothing behind, and
// takes no folder that is not its own. How it goes on is tested in storage/sqlite.
func TestPackResumes(t *testing.T) {
	i := newInstallation(t)
	i.fill(t, 3000)
	folder := t.TempDir()
	pack := filepath.Join(folder, "gjerdrum.zip")
	args := []string{"log", "pack", "gjerdrum", "--resume", "-o", pack, "--data", i.data}

	part := pack + ".part"
	if err := os.Mkdir(part, 0o700); err != nil {
		t.Fatal(err)
	}
	keep(t, filepath.Join(part, "letters.txt"), "Mine.")
	refused := func(says string) {
		t.Helper()
		if done := invoke(t, args...); done.code != 1 || !strings.Contains(done.err, part+" "+says) {
			t.Errorf("%+v", done)
		}
	}
	refused("is no unfinished pack, so the pack cannot go on: remove it to begin anew")
	if readFile(t, filepath.Join(part, "letters.txt")) != "Mine." {
		t.Error("a folder that was there is changed")
	}
	if err := os.Rename(filepath.Join(part, "letters.txt"), filepath.Join(part, "whole.zip")); err != nil {
		t.Fatal(err)
	}
	keep(t, filepath.Join(part, "pack.json"), `{"program":"0.0","site":"gjerdrum"}`)
	refused("is of another pack, or of another version of this program")
	if err := os.RemoveAll(part); err != nil {
		t.Fatal(err)
	}

	killed(t, pack, args)
	planted := filepath.Join(part, "whole.zip")
	victim := filepath.Join(t.TempDir(), "letters.txt")
	keep(t, victim, "Mine.")
	if err := errors.Join(os.RemoveAll(planted), os.Symlink(victim, planted)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err) // when there is no folder, it was done before it was killed
	}
	must(t, args...)
	if readFile(t, victim) != "Mine." {
		t.Error("the pack was written through a link")
	}
	if said := must(t, "log", "verify", "--pack", pack); !strings.Contains(said, "every one of 3,000 leaves opens") {
		t.Errorf("the audit says %s", said)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v %v", left, err)
	}
	whole := filepath.Join(folder, "whole.zip")
	must(t, "log", "pack", "gjerdrum", "-o", whole, "--data", i.data)
	have, want := packedFiles(t, pack), packedFiles(t, whole)
	for name := range want {
		if have[name] != want[name] && name != "manifest.json" { // which has the time
			t.Errorf("%s is another", name)
		}
	}
	if len(have) != len(want) {
		t.Errorf("%d files, want %d", len(have), len(want))
	}
}

// TestPackGoesOnInNobodyElsesFolder: where many may write, someone can have made
// the folder beforehand, to get the log or to choose what is written over.
func TestPackGoesOnInNobodyElsesFolder(t *testing.T) {
	i := newInstallation(t)
	i.fill(t, 10)
	folder := t.TempDir()
	pack := filepath.Join(folder, "gjerdrum.zip")
	part := pack + ".part"
	for _, c := range []struct {
		says string
		make func() error
	}{
		{"is no folder", func() error { return os.Symlink(t.TempDir(), part) }},
		{"is no folder", func() error { return os.WriteFile(part, nil, 0o600) }},
		{"is open to other users", func() error { return errors.Join(os.Mkdir(part, 0o700), os.Chmod(part, 0o750)) }},
		{"belongs to another user", func() error {
			if os.Geteuid() != 0 {
				return nil // only root can give a folder away
			}
			return errors.Join(os.Mkdir(part, 0o700), os.Chown(part, 65534, 65534))
		}},
	} {
		if err := c.make(); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Lstat(part); err != nil {
			continue
		}
		done := invoke(t, "log", "pack", "gjerdrum", "--resume", "-o", pack, "--data", i.data)
		if done.code != 1 || !strings.Contains(done.err, part+" "+c.says+", so the pack cannot go on: remove it") {
			t.Errorf("it must say that it %s: %+v", c.says, done)
		}
		if err := os.RemoveAll(part); err != nil {
			t.Fatal(err)
		}
	}
	must(t, "log", "pack", "gjerdrum", "--resume", "-o", pack, "--data", i.data)
}

// packedFiles gives the checksums of a ZIP file's files.
func packedFiles(t *testing.T, path string) map[string]uint32 {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	sums := make(map[string]uint32)
	for _, file := range archive.File {
		sums[file.Name] = file.CRC32
	}
	return sums
}

package main_test

import (
	"archive/zip"
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
	must(t, args...)
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

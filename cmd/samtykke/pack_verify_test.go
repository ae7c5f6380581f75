package main_test

import (
	"archive/zip"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestPackSaysWhatWasNotChecked: a pack never looks better than what was checked of
// it.
func TestPackSaysWhatWasNotChecked(t *testing.T) {
	i := newInstallation(t)
	folder := t.TempDir()
	pack := filepath.Join(folder, "gjerdrum.zip")
	verify := []string{"log", "verify", "--pack", pack}
	must(t, "log", "pack", "gjerdrum", "-o", pack, "--data", i.data)
	if done := invoke(t, verify...); done.code != 1 || !strings.Contains(done.out, "the pack lists no ledger, so no decision in it was checked") {
		t.Errorf("a pack of notices alone: %+v", done)
	}

	i.fill(t, 10)
	must(t, "log", "pack", "gjerdrum", "-o", pack, "--data", i.data)
	const open = "NOT checked: whose log this is"
	if said := must(t, verify...); !strings.Contains(said, "The ledger holds") || !strings.Contains(said, open) {
		t.Errorf("without a key:\n%s", said)
	}
	if done := invoke(t, append(verify, "--json")...); done.code != 0 || strings.Contains(done.out, open) || !strings.Contains(done.out, `"keys":"pack"`) || !strings.Contains(done.err, open) {
		t.Errorf("as JSON: %+v", done)
	}
	keys := filepath.Join(folder, "keys.txt")
	keep(t, keys, "\n")
	if done := invoke(t, append(verify, "--key", keys)...); done.code != 2 || !strings.Contains(done.err, "holds no verifier key") {
		t.Errorf("with a file of keys that holds none: %+v", done)
	}
	keep(t, keys, packedKeys(t, pack))
	const made = "Not vouched for: the time at which the pack says that it was made"
	if said := must(t, append(verify, "--key", keys)...); strings.Contains(said, "NOT") || strings.Count(said, "Not vouched for") != 1 || !strings.Contains(said, made) {
		t.Errorf("with a key:\n%s", said)
	}
	if said := must(t, append(verify, "--key", keys, "--json")...); !strings.Contains(said, `"not_vouched_for":["the time at which`) || !strings.Contains(said, `"keys":"given"`) {
		t.Errorf("with a key, as JSON:\n%s", said)
	}
}

// packedKeys gives the keys in a pack of one year.
func packedKeys(t *testing.T, pack string) string {
	t.Helper()
	archive, err := zip.OpenReader(pack)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	names, err := fs.Glob(archive, "ledger/*/keys.txt")
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	text, err := fs.ReadFile(archive, names[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRestoreWithoutAnchor: a backup is put back where the anchor is lost. Nobody
// can tell what is missing, and the commands that are printed go on, with the
// settings that were named.
func TestRestoreWithoutAnchor(t *testing.T) {
	i := newInstallation(t)
	i.fill(t, 3)
	path := filepath.Join(i.data, "samtykke.db")
	settings, backup := filepath.Join(t.TempDir(), "settings.yaml"), filepath.Join(t.TempDir(), "backup.db")
	keep(t, settings, "storage:\n  sqlite:\n    path: "+path+"\n")
	must(t, "db", "backup", backup, "--config", settings)
	if err := os.Remove(path + ".anchor"); err != nil {
		t.Fatal(err)
	}
	if done := invoke(t, "log", "verify", "--config", settings); done.code != 1 || !strings.Contains(done.out, path+".anchor does not know this ledger") {
		t.Errorf("without its anchor: %+v", done)
	}

	said := must(t, "db", "restore", backup, "--config", settings)
	if !strings.Contains(said, path+".anchor does not know all of its ledgers") || !strings.Contains(strings.Join(strings.Fields(said), " "), " unknown 3 unknown ") {
		t.Errorf("of the loss it says\n%s", said)
	}
	if done := invoke(t, "serve", "--config", settings); done.code != 1 || !strings.Contains(done.err, "samtykke log begin gjerdrum") {
		t.Errorf("a server starts: %+v", done)
	}
	run := 0
	for line := range strings.Lines(said) {
		if command, is := strings.CutPrefix(line, "  samtykke "); is {
			must(t, strings.Fields(command)...)
			run++
		}
	}
	if run != 2 {
		t.Errorf("%d commands are printed:\n%s", run, said)
	}
}

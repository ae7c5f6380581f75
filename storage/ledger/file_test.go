package ledger_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/samtykke/samtykke/storage/ledger"
)

// A file that is made anew is no other file, whatever lay in its place.
func TestCreateAnewFollowsNoLink(t *testing.T) {
	for name, link := range map[string]func(string, string) error{"symbolic": os.Symlink, "hard": os.Link} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			victim, path := filepath.Join(folder, "victim"), filepath.Join(folder, "whole.zip")
			if err := os.WriteFile(victim, []byte("Mine."), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := link(victim, path); err != nil {
				t.Fatal(err)
			}
			file, err := ledger.CreateAnew(path)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := file.WriteString("the log"); err != nil || file.Close() != nil {
				t.Fatal(err)
			}
			if text, err := os.ReadFile(victim); err != nil || string(text) != "Mine." {
				t.Errorf("the other file holds %q: %v", text, err)
			}
			info, err := os.Lstat(path)
			if err != nil || info.Mode() != 0o600 {
				t.Errorf("the new file is %v: %v", info, err)
			}
		})
	}
}

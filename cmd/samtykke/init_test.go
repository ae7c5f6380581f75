package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The first administrator is told which addresses links are made of while nobody has
// set them, and of nothing when both are set.
func TestInitSaysWhichAddressesAreUnset(t *testing.T) {
	out := must(t, "init", "kari@example.no", "--data", t.TempDir())
	for _, says := range []string{"/link/", "set public.url to the address", "links in answers to visitors", "set admin.url to the address", "links in letters lead there"} {
		if !strings.Contains(out, says) {
			t.Errorf("%q is not said:\n%s", says, out)
		}
	}
	settings := filepath.Join(t.TempDir(), "samtykke.yaml")
	if err := os.WriteFile(settings, []byte("public:\n  url: https://samtykke.example.no\nadmin:\n  url: https://admin.example.no\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out = must(t, "init", "kari@example.no", "--config", settings, "--data", t.TempDir())
	if !strings.Contains(out, "https://admin.example.no/link/") || strings.Contains(out, "admin.url") || strings.Contains(out, "public.url") {
		t.Errorf("got:\n%s", out)
	}
}

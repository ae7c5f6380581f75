package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Whoever hands on a link is told while it leads to this machine alone.
func TestLinksSayThatTheyLeadHere(t *testing.T) {
	data, settings := t.TempDir(), filepath.Join(t.TempDir(), "samtykke.yaml")
	if err := os.WriteFile(settings, []byte("admin:\n  url: https://admin.example.no\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "init", "kari@example.no", "--data", data)
	must(t, "organisation", "add", "Skogen kommune", "--number", "974760673", "--id", "skogen", "--administrator", "kari@example.no", "--data", data)
	for _, args := range []string{"account add ola@example.no", "account reset ola@example.no", "account invite skogen per@example.no editor --by kari@example.no"} {
		const here = "The link leads to this machine"
		if out := must(t, append(strings.Fields(args), "--data", data)...); !strings.Contains(out, here) {
			t.Errorf("samtykke %s:\n%s", args, out)
		}
		if args == "account add ola@example.no" {
			continue
		}
		if out := must(t, append(strings.Fields(args), "--data", data, "--config", settings)...); strings.Contains(out, here) || !strings.Contains(out, "https://admin.example.no/") {
			t.Errorf("samtykke %s, with settings:\n%s", args, out)
		}
	}
}

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

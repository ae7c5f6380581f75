package main_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
)

// TestSiteFileOfTheManualIsSound does what the manual invites to: copies its
// example, fills what it leaves open, and checks it.
func TestSiteFileOfTheManualIsSound(t *testing.T) {
	_, rest, _ := strings.Cut(must(t, "help", "site-file"), "    organisation:\n")
	example, _, _ := strings.Cut("    organisation:\n"+rest, "\n\n")
	filled := strings.ReplaceAll(strings.ReplaceAll("\n"+example, "\n    ", "\n"), "…", "besøk blir brukt")
	path := filepath.Join(t.TempDir(), "site.yaml")
	if err := os.WriteFile(path, []byte(filled), 0o600); err != nil {
		t.Fatal(err)
	}
	if done := invoke(t, "inventory", "check", path); done.code != 0 || !strings.Contains(done.out, "1 service, 1 cookie; no faults") {
		t.Errorf("exit code %d, %s%s", done.code, done.out, done.err)
	}
}

// TestMarkupOfTheManualsNamesWhatThereIs holds the category and service of every
// copied example against the site file that the manuals speak of.
func TestMarkupOfTheManualsNamesWhatThereIs(t *testing.T) {
	draft, _, err := config.ParseSite([]byte(readFile(t, exampleFile)))
	if err != nil {
		t.Fatal(err)
	}
	asked := map[consent.ServiceRef]bool{}
	for i := range draft.Services {
		for _, ref := range draft.Services[i].Refs() {
			asked[ref] = true
		}
	}
	marked := regexp.MustCompile(`data-category="([a-z-]+)"\s+data-service="([a-z-]+)"`)
	for _, path := range []string{"../../README.md", "help/script-tag.txt"} {
		found := marked.FindAllStringSubmatch(readFile(t, path), -1)
		if len(found) == 0 {
			t.Errorf("%s marks nothing", path)
		}
		for _, each := range found {
			if ref := consent.Ref(consent.CategoryKey(each[1]), consent.ServiceKey(each[2])); !asked[ref] {
				t.Errorf("%s marks %s, which the example does not ask for", path, ref)
			}
		}
	}
}

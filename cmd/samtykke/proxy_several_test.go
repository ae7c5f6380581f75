package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestExamplesOfSeveralSites: one nginx and one Caddy take the examples of several
// sites together, with every name replaced as the examples say.
func TestExamplesOfSeveralSites(t *testing.T) {
	for _, each := range []struct {
		example string
		check   func(t *testing.T, config string) *exec.Cmd
	}{
		{"nginx.conf", func(t *testing.T, config string) *exec.Cmd {
			return exec.Command("nginx", "-t", "-e", "stderr", "-c", nginxWhole(t, config))
		}},
		{"Caddyfile", func(_ *testing.T, config string) *exec.Cmd {
			return exec.Command("caddy", "validate", "--adapter", "caddyfile", "--config", config)
		}},
	} {
		t.Run(each.example, func(t *testing.T) {
			var all strings.Builder
			for site, folder := range map[string]string{"gjerdrum": "policy", "nabo-kommune": "policy", "bygda": "same-origin"} {
				text, err := os.ReadFile(filepath.Join("../../examples", folder, each.example))
				if err != nil {
					t.Fatal(err)
				}
				all.WriteString(forSite(string(text), site))
			}
			config := filepath.Join(t.TempDir(), each.example)
			keep(t, config, all.String())
			if said, err := each.check(t, config).CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, said)
			}
		})
	}
}

// forSite replaces the names in an example by those of another site.
func forSite(text, site string) string {
	return strings.NewReplacer(
		"$gjerdrum", "$"+strings.ReplaceAll(site, "-", "_"), "gjerdrum", site, "www.example.no", "www."+site+".no",
	).Replace(text)
}

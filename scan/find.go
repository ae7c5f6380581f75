// Package scan looks at sites as visitors do, in a real browser that it starts
// and ends. It knows no server and no store: whoever asks gives addresses.
package scan

import (
	"os/exec"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// browsers are the programs that are taken for Chromium, in this order.
var browsers = []string{"chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "microsoft-edge-stable", "brave-browser", "chromium-headless-shell"}

// Find gives the path of a browser: the one that is wished for, else the first
// on the search path. It is NotFound (no_browser) when there is none.
func Find(wish string) (string, error) {
	names := browsers
	if wish != "" {
		names = []string{wish}
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", consent.Errorf(consent.NotFound, "no_browser",
		"No browser was found (%s). Install Chromium, or name one with --browser PATH.", strings.Join(names, ", "))
}

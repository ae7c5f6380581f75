package main_test

import (
	"crypto/sha512"
	"encoding/base64"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// pinnedTag finds the path and the integrity of a tag that is pinned.
var pinnedTag = regexp.MustCompile(`src="https://HOST(/[^"]+)" integrity="sha384-([^"]+)"`)

// TestPinnedTagHoldsWhatTheServerHandsOut follows the tag to the server, with
// what a browser checks.
func TestPinnedTagHoldsWhatTheServerHandsOut(t *testing.T) {
	i := newInstallation(t)
	said := must(t, "bundle", "gjerdrum", "--data", i.data, "--out", t.TempDir())
	pinned := pinnedTag.FindStringSubmatch(said)
	if pinned == nil {
		t.Fatalf("no pinned tag:\n%s", said)
	}
	response, err := localClient.Get(loopback(i.start(t).url + pinned[1]))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	script, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatal(response.Status, err)
	}
	if sum := sha512.Sum384(script); base64.StdEncoding.EncodeToString(sum[:]) != pinned[2] {
		t.Error("a browser would refuse the script that the tag is pinned to")
	}
}

// TestFileIsNotPinned holds because no server has what a file would become.
func TestFileIsNotPinned(t *testing.T) {
	for _, flags := range [][]string{nil, {"--json"}} {
		said := must(t, append([]string{"bundle", exampleFile, "--out", t.TempDir()}, flags...)...)
		if strings.Contains(said, `integrity=`) || strings.Contains(said, "pinned") || !strings.Contains(said, "/gjerdrum.js") {
			t.Errorf("want the moving tag only:\n%s", said)
		}
	}
}

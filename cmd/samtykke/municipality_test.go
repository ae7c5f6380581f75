package main_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	exampleFile   = "../../examples/gjerdrum/site.yaml"
	exampleOrigin = "https://www.gjerdrum.kommune.no"
)

// installation is a data folder with the example imported and published.
type installation struct{ data string }

// published is made once, because compiling takes its time under the race
// detector. It gives the folder and the bundle that visitors get.
var published = sync.OnceValues(func() (made struct{ data, bundle string }, err error) {
	path, err := watched()
	if err != nil {
		return made, err
	}
	if made.data, err = os.MkdirTemp("", "samtykke-published"); err != nil {
		return made, err
	}
	stopLater(func() { _ = os.RemoveAll(made.data) })
	var last []byte
	for _, verb := range []string{"site import " + exampleFile, "notice publish gjerdrum --no-pictures", "bundle gjerdrum --json --out " + made.data} {
		cmd := exec.Command(path, append(strings.Fields(verb), "--data", made.data)...)
		if last, err = cmd.Output(); err != nil {
			return made, fmt.Errorf("samtykke %s: %w", verb, err)
		}
	}
	return made, json.Unmarshal(last, &struct{ Bundle *string }{&made.bundle})
})

// newInstallation copies the published one.
func newInstallation(t *testing.T) installation {
	t.Helper()
	from, err := published()
	if err != nil {
		t.Fatal(err)
	}
	made := installation{t.TempDir()}
	installation{from.data}.copyTo(t, made.data)
	return made
}

// copyTo copies all of an installation into a folder.
func (i installation) copyTo(t *testing.T, folder string) {
	t.Helper()
	if err := os.CopyFS(folder, os.DirFS(i.data)); err != nil {
		t.Fatal(err)
	}
	keys, err := filepath.Glob(filepath.Join(folder, "keys", "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range keys { // a copy gets other permissions, and a key that others may read is refused
		if err := os.Chmod(key, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// exampleBundle gives the bundle of every new installation.
func exampleBundle(t *testing.T) string {
	t.Helper()
	made, err := published()
	if err != nil {
		t.Fatal(err)
	}
	return made.bundle
}

// edit imports the example anew with replacements, old and new in turn.
func (i installation) edit(t *testing.T, replacements ...string) outcome {
	t.Helper()
	text, err := os.ReadFile(exampleFile)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.NewReplacer(replacements...).Replace(string(text))
	if changed == string(text) {
		t.Fatal("the example does not hold what was to be replaced")
	}
	path := filepath.Join(t.TempDir(), "site.yaml")
	if err := os.WriteFile(path, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	return invoke(t, "site", "import", path, "--data", i.data)
}

func read(t *testing.T, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
}

// post is a decision as the banner sends it.
type post struct {
	ID       string         `json:"id"`
	Token    string         `json:"token"`
	Bundle   string         `json:"bundle"`
	Language string         `json:"language"`
	Method   string         `json:"method"`
	Layer    string         `json:"layer"`
	Choice   map[string]any `json:"choice"`
	Previous string         `json:"previous,omitempty"`
	GPC      bool           `json:"gpc"`
	Time     int64          `json:"time"`
}

// newPost makes a visitor's first decision.
func newPost(bundle, method string, granted bool) post {
	now := time.Now()
	return post{
		ID: newDecisionID(now), Token: newToken(now), Bundle: bundle, Language: "nn", Method: method, Layer: "first",
		Choice: map[string]any{"categories": map[string]bool{"statistics": granted}}, Time: now.Unix(),
	}
}

// newDecisionID makes a UUID version 7.
func newDecisionID(now time.Time) string {
	id := [16]byte{}
	_, _ = rand.Read(id[:])
	ms := now.UnixMilli()
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	id[6], id[8] = id[6]&0x0f|0x70, id[8]&0x3f|0x80
	text := hex.EncodeToString(id[:])
	return text[:8] + "-" + text[8:12] + "-" + text[12:16] + "-" + text[16:20] + "-" + text[20:]
}

// newToken makes a visitor's token.
func newToken(now time.Time) string {
	token := [22]byte{}
	_, _ = rand.Read(token[:])
	ms := now.UnixMilli()
	for i := range 6 {
		token[i] = byte(ms >> (40 - 8*i))
	}
	return base64.RawURLEncoding.EncodeToString(token[:])
}

// send posts a decision from a page of the origin and gives status and answer.
func (p post) send(client *http.Client, server, origin string) (int, []byte, error) {
	body, err := json.Marshal(p)
	if err != nil {
		return 0, nil, err
	}
	request, err := http.NewRequest(http.MethodPost, server+"/gjerdrum/decisions", bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	request.Header.Set("Content-Type", "text/plain;charset=utf-8")
	request.Header.Set("Origin", origin)
	response, err := client.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	return response.StatusCode, answer, err
}

// accepted posts a decision that must be accepted.
func (p post) accepted(t *testing.T, server string) {
	t.Helper()
	status, answer, err := p.send(localClient, server, exampleOrigin)
	if err != nil || status != http.StatusCreated {
		t.Fatalf("status %d, %v: %s", status, err, answer)
	}
}

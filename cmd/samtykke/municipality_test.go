package main_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const (
	exampleFile   = "../../examples/gjerdrum/site.yaml"
	exampleOrigin = "https://www.gjerdrum.kommune.no"
)

// installation is a data folder with the example imported and published.
type installation struct{ data string }

func newInstallation(t *testing.T) installation {
	t.Helper()
	i := installation{t.TempDir()}
	must(t, "site", "import", exampleFile, "--data", i.data)
	must(t, "notice", "publish", "gjerdrum", "--data", i.data)
	return i
}

// bundle gives the id of the bundle that visitors get.
func (i installation) bundle(t *testing.T) string {
	t.Helper()
	var made struct{ Bundle string }
	read(t, must(t, "bundle", "gjerdrum", "--json", "--data", i.data, "--out", t.TempDir()), &made)
	return made.Bundle
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
	GPC      bool           `json:"gpc,omitempty"`
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

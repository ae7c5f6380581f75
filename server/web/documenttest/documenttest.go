// Package documenttest holds what every document about a Site must do.
package documenttest

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
)

// Gjerdrum gives the example's Draft, with changes.
func Gjerdrum(t *testing.T, change func(*consent.Draft)) *consent.Draft {
	t.Helper()
	text, err := os.ReadFile("../../examples/gjerdrum/site.yaml")
	if err != nil {
		t.Fatal(err)
	}
	draft, _, err := config.ParseSite(text)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(draft)
	}
	return draft
}

// Render gives a document as a page.
func Render(t *testing.T, page interface{ Render() ([]byte, error) }) string {
	t.Helper()
	html, err := page.Render()
	if err != nil {
		t.Fatal(err)
	}
	return string(html)
}

// Attack is a text that would be markup, if it were not shown as text.
const Attack = `</p></li></dd><script>alert(1)</script><img src=x onerror=alert(1)>{{.}}" onclick="x`

// IsText asserts that a page shows the attack often, and always as text.
func IsText(t *testing.T, html string) {
	t.Helper()
	for _, live := range []string{"<script>", "<img", `" onclick="x`, `href="javascript:`} {
		if strings.Contains(html, live) {
			t.Errorf("%s is markup", live)
		}
	}
	if n := strings.Count(html, "&lt;script&gt;"); n < 10 {
		t.Errorf("the text is shown %d times", n)
	}
}

// FollowsSchema asserts that a document as JSON is what its schema says.
func FollowsSchema(t *testing.T, path string, page any) {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile(path)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(page)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		t.Error(err)
	}
}

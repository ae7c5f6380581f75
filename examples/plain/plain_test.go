// Package plain_test checks that the smallest example can be published, and
// that its page and its site file speak of the same.
package plain_test

import (
	"os"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/config"
)

func TestPlainExample(t *testing.T) {
	file, err := os.ReadFile("site.yaml")
	if err != nil {
		t.Fatal(err)
	}
	draft, problems, err := config.ParseSite(file)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	if problems := draft.Validate(); len(problems) > 0 {
		t.Fatal(problems)
	}
	page, err := os.ReadFile("index.html")
	if err != nil {
		t.Fatal(err)
	}
	service := draft.Services[0]
	for _, wanted := range []string{
		"/" + string(draft.Site.Key) + ".js",
		`type="text/plain" data-category="` + string(service.Category) + `" data-service="` + string(service.Key) + `"`,
		`data-samtykke="open"`,
	} {
		if !strings.Contains(string(page), wanted) {
			t.Errorf("the page lacks %s", wanted)
		}
	}
	if head := strings.Index(string(page), "<script"); head < 0 || !strings.HasPrefix(string(page)[head:], `<script src="http://localhost:8080/plain.js"></script>`) {
		t.Error("the script tag is not the first script of the page")
	}
}

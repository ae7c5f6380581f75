package main_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// command finds the commands that manuals tell people to type.
var command = regexp.MustCompile("(?m)(?:^ +|[`\"])(?:go run \\./cmd/)?samtykke ([a-z][^\n`\"#|>]*)")

// TestDocumentedCommandsExist tries every command of the manuals with --help,
// which refuses a verb or flag that there is not.
func TestDocumentedCommandsExist(t *testing.T) {
	manuals := map[string]string{"help": readFile(t, "testdata/help.golden")}
	for _, path := range []string{"../../README.md", "../../CONTRIBUTING.md"} {
		manuals[path] = readFile(t, path)
	}
	topics, err := filepath.Glob("help/*.txt")
	if err != nil || len(topics) == 0 {
		t.Fatalf("no topics are found: %v", err)
	}
	articles, err := filepath.Glob("../../server/web/help/*.md")
	if err != nil || len(articles) == 0 {
		t.Fatalf("no articles are found: %v", err)
	}
	for _, path := range append(topics, articles...) {
		manuals[path] = readFile(t, path)
	}
	tried := map[string]bool{}
	for path, text := range manuals {
		for _, found := range command.FindAllStringSubmatch(text, -1) {
			line, _, _ := strings.Cut(strings.TrimSpace(found[1]), "  ")
			if tried[line] || strings.Contains(line, "[") {
				continue // a usage line
			}
			tried[line] = true
			if done := invoke(t, append(strings.Fields(line), "--help")...); done.code != 0 {
				t.Errorf("%s says \"samtykke %s\": %s", path, line, done.err)
			}
		}
	}
	if len(tried) < 15 {
		t.Errorf("only %d commands were found; the manuals hold more", len(tried))
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

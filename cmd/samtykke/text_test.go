package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// TestTextsAreCorrectedWithoutARebuild has a reader correct a text, and finds it in
// the script that is built with those settings, and only there.
func TestTextsAreCorrectedWithoutARebuild(t *testing.T) {
	folder := t.TempDir()
	shown := invoke(t, "text", "show", "en")
	file := filepath.Join(folder, "en.json")
	corrected := strings.Replace(shown.out, `"Yes, I accept"`, `"Yes, that is fine"`, 1)
	if corrected == shown.out {
		t.Fatalf("the text is not there to be corrected: %s%s", shown.out, shown.err)
	}
	write(t, file, corrected)
	settings := filepath.Join(folder, "samtykke.yaml")
	write(t, settings, "texts:\n  corrections: "+folder+"\n")
	for _, verb := range [][]string{{"text", "check", file}, {"text", "check", "--config", settings}, {"config", "check", "--config", settings}} {
		if done := invoke(t, verb...); done.code != 0 {
			t.Errorf("%v: %s", verb, done.err)
		}
	}
	script := func(flags ...string) string {
		out := t.TempDir()
		if done := invoke(t, append([]string{"bundle", "../../examples/gjerdrum/site.yaml", "--out", out}, flags...)...); done.code != 0 {
			t.Fatal(done.err)
		}
		return readFile(t, filepath.Join(out, "gjerdrum.js"))
	}
	if body := script("--config", settings); !strings.Contains(body, "Yes, that is fine") || strings.Contains(body, "Yes, I accept") {
		t.Error("the script does not say what was corrected")
	}
	if body := script(); strings.Contains(body, "Yes, that is fine") {
		t.Error("another server says it, too")
	}
}

// TestFaultyTextsStopTheServer, and say every fault at once.
func TestFaultyTextsStopTheServer(t *testing.T) {
	folder := t.TempDir()
	write(t, filepath.Join(folder, "se.json"), `{"banner": {"details": "Gii?", "acept_one": "Juo"}}`)
	write(t, filepath.Join(folder, "en.json"), `{"panel": {"close": ""}}`)
	settings := filepath.Join(folder, "samtykke.yaml")
	write(t, settings, "texts:\n  corrections: "+folder+"\nstorage:\n  sqlite:\n    path: "+filepath.Join(folder, "db")+"\n")
	for _, verb := range []string{"serve", "text check", "config check"} {
		done := invoke(t, append(strings.Fields(verb), "--config", settings)...)
		for _, want := range []string{"se.json", "banner.details", "banner.acept_one", "en.json", "panel.close", "Repair: "} {
			if done.code != 1 || !strings.Contains(done.err, want) {
				t.Errorf("%s: exit %d, and not a word of %s in\n%s", verb, done.code, want, done.err)
			}
		}
	}
	if _, err := os.Stat(filepath.Join(folder, "db")); err == nil {
		t.Error("the server opened its database with texts that nobody can rely on")
	}
	write(t, filepath.Join(folder, "zz.json"), `{}`)
	if done := invoke(t, "text", "check", "--config", settings); done.code != 1 || !strings.Contains(done.err, "nn, ") {
		t.Errorf("a language that there is not: exit %d\n%s", done.code, done.err)
	}
	write(t, settings, "texts:\n  corrections: "+folder+"/absent\n")
	if done := invoke(t, "config", "check", "--config", settings); done.code != 1 || !strings.Contains(done.err, "absent") {
		t.Errorf("a folder that is not there: exit %d\n%s", done.code, done.err)
	}
}

// TestManualListsWhatAwaitsReview: each language that waits, and no other.
func TestManualListsWhatAwaitsReview(t *testing.T) {
	manual := invoke(t, "help", "languages").out
	_, list, _ := strings.Cut(manual, "Awaiting a reader")
	waits := map[consent.Language]bool{}
	for line := range strings.Lines(list) {
		if words := strings.Fields(line); strings.HasPrefix(line, "    ") {
			waits[consent.Language(words[0])] = true
		}
	}
	lines := json.NewDecoder(strings.NewReader(invoke(t, "text", "list", "--json").out))
	for _, lang := range consent.Languages() {
		var line struct {
			Language consent.Language
			Review   string
		}
		if err := lines.Decode(&line); err != nil || line.Language != lang {
			t.Fatalf("the list has %v where %s should be: %v", line, lang, err)
		}
		if (line.Review != "") != waits[lang] {
			t.Errorf("%s: the list says %q, and the manual that it waits is %t", lang, line.Review, waits[lang])
		}
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

package main_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write golden files anew")

// outcome is what a run of the program left behind.
type outcome struct {
	out, err string
	code     int
}

// invoke runs the program as a script would.
func invoke(t *testing.T, args ...string) outcome {
	t.Helper()
	return invokeWith(t, "", args...)
}

// invokeWith gives it something to read.
func invokeWith(t *testing.T, in string, args ...string) outcome {
	t.Helper()
	path := program(t)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var out, complaint bytes.Buffer
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(in), &out, &complaint
	cmd.Env = append(os.Environ(), "TZ=UTC")
	err := cmd.Run()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		t.Fatalf("samtykke %v: %v", args, err)
	}
	return outcome{out.String(), complaint.String(), cmd.ProcessState.ExitCode()}
}

// must runs the program and expects it to succeed.
func must(t *testing.T, args ...string) string {
	t.Helper()
	done := invoke(t, args...)
	if done.code != 0 {
		t.Fatalf("samtykke %s: exit code %d\n%s", strings.Join(args, " "), done.code, done.err)
	}
	return done.out
}

func TestExitCodes(t *testing.T) {
	dir := t.TempDir()
	broken := filepath.Join(dir, "broken.yaml")
	if err := os.WriteFile(broken, []byte("site: [\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args string
		code int
		says string // on standard error
	}{
		{"", 2, "samtykke help"},
		{"nonsense", 2, "samtykke help"},
		{"log", 2, "samtykke help log"},
		{"log list", 2, "samtykke help log list"},
		{"log list gjerdrum --mehtod=save", 2, "--method"},
		{"log list gjerdrum --method=click", 2, "accept_all"},
		{"log list gjerdrum --day=22.11.2026", 2, "2026-11-22"},
		{"log list gjerdrum --day=today --from=today", 2, "--from"},
		{"log list gjerdrum --from=2026-11-22 --to=2026-11-01", 2, "before"},
		{"log list gjerdrum --limit=0", 2, "log export"},
		{"log list gjerdrum --receipt=1", 2, "--receipt"},
		{"log export gjerdrum --format=xml", 2, "jsonl"},
		{"log export gjerdrum --format=jsonl --bom", 2, "--format csv"},
		{"demo --listen=8080", 2, "127.0.0.1:8080"},
		{"help nonsense", 2, "samtykke help"},
		{"log list gjerdrum --data=" + dir, 1, "samtykke site import FILE"},
		{"notice publish gjerdrum --data=" + dir, 1, "samtykke site import FILE"},
		{"site import " + filepath.Join(dir, "absent.yaml"), 1, "absent.yaml"},
		{"inventory check " + broken, 1, "broken.yaml"},
		{"site import /dev/zero", 1, "larger than 64 MB"},
		{"log verify --receipt /dev/zero --key x", 1, "larger than 64 MB"},
		{"log verify --receipt " + broken + " --key /dev/zero", 1, "larger than 64 MB"},
		{"config check --config=" + filepath.Join(dir, "absent.yaml"), 1, "config docs --example"},
		{"help site-file", 0, ""},
		{"help log export", 0, ""},
		{"log export --help", 0, ""},
		{"version", 0, ""},
	} {
		t.Run(test.args, func(t *testing.T) {
			done := invoke(t, strings.Fields(test.args)...)
			if done.code != test.code || !strings.Contains(done.err, test.says) {
				t.Errorf("exit code %d, want %d; standard error, which should hold %q:\n%s", done.code, test.code, test.says, done.err)
			}
			if test.code != 0 && done.out != "" {
				t.Errorf("a script that reads standard output would take this for an answer: %s", done.out)
			}
		})
	}
}

// verbs lists every verb, as help itself does.
func verbs(t *testing.T) []string {
	t.Helper()
	_, rest, _ := strings.Cut(must(t, "help"), "\nVerbs\n")
	list, _, _ := strings.Cut(rest, "\n\n")
	var all []string
	for line := range strings.Lines(list) {
		verb, _, _ := strings.Cut(strings.TrimSpace(line), "  ")
		all = append(all, verb)
	}
	return all
}

// TestHelp compares every page of help with testdata/help.golden, which is
// also the place to read them all. After a change: go test -run TestHelp -update.
func TestHelp(t *testing.T) {
	list := verbs(t)
	all := append(make([]string, 0, len(list)+1), must(t, "help"))
	for i, verb := range list {
		page := must(t, append([]string{"help"}, strings.Fields(verb)...)...)
		all = append(all, page)
		if i%8 > 0 {
			continue // both ways lead to the same code: some verbs tell
		}
		if flagged := must(t, append(strings.Fields(verb), "--help")...); flagged != page {
			t.Errorf("samtykke %s --help differs from samtykke help %s", verb, verb)
		}
	}
	pages := strings.Join(all, "\n"+strings.Repeat("-", 96)+"\n")
	if strings.Contains(pages, "\t") {
		t.Error("help holds a tab, which falls apart when it is copied")
	}
	for line := range strings.Lines(pages) {
		if runes := len([]rune(strings.TrimSuffix(line, "\n"))); runes > 100 {
			t.Errorf("a line of %d characters: %s", runes, line)
		}
	}
	golden := filepath.Join("testdata", "help.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(pages), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if pages != string(want) {
		t.Error("help has changed: read it, then go test ./cmd/samtykke -run TestHelp -update")
	}
}

func TestTopicsAreReadableAnywhere(t *testing.T) {
	for _, topic := range []string{"site-file", "script-tag", "settings", "page-api"} {
		text := must(t, "help", topic)
		if strings.ContainsAny(text, "\t\r\x1b") {
			t.Errorf("%s holds characters that do not survive copying", topic)
		}
		for line := range strings.Lines(text) {
			if len([]rune(line)) > 81 {
				t.Errorf("%s: longer than 80 characters: %s", topic, line)
			}
		}
	}
}

package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestOutputSparesTheServersFiles names the database and what lies beside it as the
// file to write to, by its own name and by a link: every verb refuses, and nothing
// has changed.
func TestOutputSparesTheServersFiles(t *testing.T) {
	i := newInstallation(t)
	server := i.start(t)
	made := newPost(exampleBundle(t), "accept_all", true)
	decide(t, server, made)
	if code := server.stop(syscall.SIGTERM); code != 0 {
		t.Fatalf("the server ended with %d:\n%s", code, server.log)
	}
	if !strings.Contains(server.log.String(), "public.url is not set") {
		t.Errorf("that nobody can be a witness is not said:\n%s", server.log)
	}
	path := filepath.Join(i.data, "samtykke.db")
	link := filepath.Join(t.TempDir(), "october.csv")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	hard := filepath.Join(i.data, "november.csv")
	if err := os.Link(path, hard); err != nil {
		t.Fatal(err)
	}
	secrets, err := filepath.Glob(filepath.Join(i.data, "keys", "*.secret"))
	if err != nil || len(secrets) == 0 {
		t.Fatalf("no secrets: %v", err)
	}
	before := readFile(t, path)
	for _, out := range []string{path, link, hard, path + "-wal", path + ".anchor", path + ".anchor.audit", path + ".erasures", secrets[0], filepath.Join(i.data, "keys", "new")} {
		for _, args := range [][]string{
			{"log", "export", "gjerdrum"},
			{"log", "export", "gjerdrum", "--resume"},
			{"log", "pack", "gjerdrum"},
			{"log", "prove", "gjerdrum", made.ID},
			{"site", "export", "gjerdrum"},
			{"site", "record", "gjerdrum"},
			{"request", "answer", "gjerdrum", "--receipt", made.ID},
		} {
			if done := invoke(t, append(args, "--out", out, "--data", i.data)...); done.code != 1 || !strings.Contains(done.err, "nothing was written") {
				t.Errorf("%v into %s: %+v", args, filepath.Base(out), done)
			}
		}
	}
	if readFile(t, path) != before {
		t.Error("the database is another")
	}
	must(t, "log", "verify", "--data", i.data)
	must(t, "site", "export", "gjerdrum", "--out", filepath.Join(i.data, "gjerdrum.yaml"), "--data", i.data)
}

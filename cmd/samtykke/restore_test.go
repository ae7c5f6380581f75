package main_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// TestRestoreDrill (requirement M5): a backup of a running server is put back
// after a loss. What visitors erased meanwhile is nowhere in the database, the
// loss is told with its number, and the next part of the ledger goes on.
func TestRestoreDrill(t *testing.T) {
	i := newInstallation(t)
	path := filepath.Join(i.data, "samtykke.db")
	server := i.start(t)
	kept, gone := newPost(exampleBundle(t), "accept_all", true), newPost(exampleBundle(t), "reject_all", false)
	decide(t, server, kept)
	answer := decide(t, server, gone) // the newest when the next part begins: its leaf must not be taken for another
	backup := filepath.Join(t.TempDir(), "backup.db")
	said := must(t, "db", "backup", backup, "--data", i.data)
	for _, apart := range []string{filepath.Join(i.data, "keys"), path + ".anchor", path + ".erasures", path + ".anchor.witnessed", path + ".anchor.watched", "all 2 leaves"} {
		if !strings.Contains(said, apart) {
			t.Errorf("of %s the backup says nothing:\n%s", apart, said)
		}
	}
	traces := tracesOf(t, gone, answer)
	for what, trace := range traces {
		if !strings.Contains(readFile(t, backup), trace) {
			t.Fatalf("the %s is not in the backup, so that it is not in the database proves nothing", what)
		}
	}

	later := newPost(exampleBundle(t), "accept_all", true)
	decide(t, server, later)
	decide(t, server, newPost(exampleBundle(t), "accept_all", true))
	decide(t, server, newPost(exampleBundle(t), "reject_all", false))
	eraseAs(t, server, gone.Token)
	eraseAs(t, server, later.Token)
	must(t, "log", "freeze", "gjerdrum", "--why", "Case 2026/1234", "--receipt", kept.ID, "--data", i.data)

	refused := func(says string, args ...string) {
		t.Helper()
		if done := invoke(t, append(args, "--data", i.data)...); done.code != 1 || !strings.Contains(done.err, says) {
			t.Errorf("%v: %+v", args, done)
		}
	}
	refused("is there already", "db", "backup", backup)
	refused("stop it, then run this again", "db", "restore", backup)
	if code := server.stop(syscall.SIGTERM); code != 0 {
		t.Fatalf("the server ended with %d:\n%s", code, server.log)
	}
	before := readFile(t, path)
	damaged := filepath.Join(t.TempDir(), "damaged.db")
	keep(t, damaged, strings.Replace(readFile(t, backup), traces["salt"], strings.Repeat("x", 32), 1))
	refused("cannot be trusted: its ledger does not hold", "db", "restore", damaged)
	keep(t, damaged, readFile(t, backup)[:8192])
	refused("cannot be trusted", "db", "restore", damaged)
	keep(t, damaged, "no database")
	refused("cannot be trusted: it cannot be read as a database", "db", "restore", damaged)
	if readFile(t, path) != before {
		t.Error("a backup was refused, and the database has changed")
	}

	journal := readFile(t, path+".erasures")
	for _, lost := range []string{"", journal[:strings.Index(journal, "\n")+1]} {
		keep(t, path+".erasures", lost)
		refused("lines: what they erased after the backup would be back", "db", "restore", backup)
	}
	keep(t, path+".erasures", journal)
	if readFile(t, path) != before {
		t.Error("the journal has lost lines, and the database has changed")
	}

	said = must(t, "db", "restore", backup, "--data", i.data)
	year := strconv.Itoa(time.Now().UTC().Year())
	if columns := strings.Join(strings.Fields(said), " "); !strings.Contains(columns, answer.Log.Origin+" 7 2 5 ") ||
		!strings.Contains(said, "\n  samtykke log begin --data "+i.data+"\n") || !strings.Contains(columns, "the audit trail of gjerdrum: that of "+year+" broke off at 2 acts, and its last 1 are lost") {
		t.Errorf("of the loss it says\n%s", said)
	}
	wantNoTrace(t, path, traces)
	aside, err := filepath.Glob(path + ".replaced-*Z")
	if err != nil || len(aside) != 1 || !strings.Contains(said, aside[0]) || readFile(t, aside[0]) == readFile(t, backup) {
		t.Errorf("the old database is not kept: %v, %v", aside, err)
	}
	refused("is older than its anchor", "serve")
	if done := invoke(t, "log", "reconcile", "gjerdrum", "--data", i.data); done.code != 0 || !strings.Contains(done.err, "is older than its anchor") {
		t.Errorf("what is handed out of a database that was rolled back says nothing of it: %+v", done)
	}
	for _, acts := range [][]string{{"log", "list", "gjerdrum"}, {"log", "export", "gjerdrum"}, {"log", "freeze", "gjerdrum", "--why", "Case 2026/1234", "--receipt", kept.ID}} { // would hide an act that is lost
		refused("samtykke log begin", acts...)
	}
	must(t, "log", "begin", "--data", i.data)
	if said := must(t, "log", "verify", "--data", i.data); !strings.Contains(said, "the audit trail of gjerdrum: that of "+year) {
		t.Errorf("of the lost act the audit says\n%s", said)
	}

	server = i.start(t)
	for _, erased := range []post{gone, later} {
		if status, body, err := erased.send(localClient, server.url, exampleOrigin); err != nil || status < 400 {
			t.Errorf("a late retry brought back what was erased: %d %s %v", status, body, err)
		}
	}
	decide(t, server, newPost(exampleBundle(t), "accept_all", true))
	wantMarked(t, i, kept.ID)
	if left := i.exported(t); len(left) != 2 || left[0].ID != kept.ID {
		t.Errorf("the log holds %+v", left)
	}
	server.stop(syscall.SIGTERM)
	must(t, "log", "verify", "--data", i.data)
	wantNoTrace(t, path, traces)

	second := backup + ".2"
	must(t, "db", "backup", second, "--json", "--data", i.data)
	if said := must(t, "db", "restore", second, "--data", i.data); !strings.Contains(said, "Nothing is missing") || !strings.Contains(said, "The ledger holds") {
		t.Errorf("of a whole backup it says\n%s", said)
	}
	i.start(t)
}

// TestRestoreWithoutJournal puts a backup back whose journal is lost, by the verb
// and by hand: what was erased is back, and nothing goes on before that is accepted.
func TestRestoreWithoutJournal(t *testing.T) {
	for _, byHand := range []bool{false, true} {
		t.Run(fmt.Sprintf("by hand %v", byHand), func(t *testing.T) {
			i := newInstallation(t)
			path, backup := filepath.Join(i.data, "samtykke.db"), filepath.Join(t.TempDir(), "backup.db")
			server := i.start(t)
			gone := newPost(exampleBundle(t), "accept_all", true)
			decide(t, server, gone)
			must(t, "db", "backup", backup, "--data", i.data)
			eraseAs(t, server, gone.Token)
			if code := server.stop(syscall.SIGTERM); code != 0 {
				t.Fatalf("the server ended with %d:\n%s", code, server.log)
			}
			refused := func(args ...string) {
				t.Helper()
				if done := invoke(t, append(args, "--data", i.data)...); done.code != 1 || !strings.Contains(done.err, "has lost 1 ") || !strings.Contains(done.err, "--without-journal") {
					t.Errorf("%v: what was erased comes back without a word: %+v", args, done)
				}
			}
			if err := os.Remove(path + ".erasures"); err != nil {
				t.Fatal(err)
			}
			if byHand {
				keep(t, path, readFile(t, backup))
				for _, rest := range []string{"-wal", "-shm"} {
					_ = os.Remove(path + rest)
				}
				refused("log", "begin", "gjerdrum")
				must(t, "log", "begin", "gjerdrum", "--without-journal", "--data", i.data)
			} else {
				refused("db", "restore", backup)
				if said := must(t, "db", "restore", backup, "--without-journal", "--data", i.data); !strings.Contains(said, "IS BACK") || strings.Contains(said, "erased again") {
					t.Errorf("of what is back it says\n%s", said)
				}
				must(t, "log", "begin", "gjerdrum", "--data", i.data)
			}
			must(t, "log", "verify", "--data", i.data)
			server = i.start(t)
			eraseAs(t, server, gone.Token) // as the person wanted
			server.stop(syscall.SIGTERM)
			must(t, "log", "verify", "--data", i.data)
		})
	}
}

// tracesOf gives the bytes that a decision leaves and an erasure must remove. Its
// id stays, in the stub that keeps a late retry away.
func tracesOf(t *testing.T, p post, answer decided) map[string]string {
	t.Helper()
	salt, err := base64.StdEncoding.DecodeString(answer.Log.Salt)
	if err != nil {
		t.Fatal(err)
	}
	visitor, err := consent.ParseToken(p.Token)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{"salt": string(salt), "visitor key": string(visitor[8:])} // which is stored in two columns
}

func wantNoTrace(t *testing.T, path string, traces map[string]string) {
	t.Helper()
	for _, part := range []string{"", "-wal"} {
		data, err := os.ReadFile(path + part)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		for what, trace := range traces {
			if strings.Contains(string(data), trace) {
				t.Errorf("the %s that was erased is in samtykke.db%s", what, part)
			}
		}
	}
}

// eraseAs erases all that a visitor decided, as the visitor does.
func eraseAs(t *testing.T, server *running, token string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, server.url+"/gjerdrum/me", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := localClient.Do(request)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatal(err, response)
	}
	_ = response.Body.Close()
}

package main_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// municipality is an installation that knows others as witnesses.
type municipality struct {
	installation
	host     string
	settings string // the file
	door     *door  // where others reach it
	keys     struct {
		LedgerKey  string `json:"ledger_key"`
		WitnessKey string `json:"witness_key"`
	}
}

// door is an address that stays while the server behind it comes and goes.
type door struct {
	*httptest.Server
	behind atomic.Pointer[url.URL]
}

func newDoor(t *testing.T) *door {
	t.Helper()
	d := &door{}
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(d.behind.Load()) }}
	d.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if d.behind.Load() == nil {
			http.Error(w, "nobody is there", http.StatusBadGateway)
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(d.Close)
	return d
}

func newMunicipality(t *testing.T, host string) *municipality {
	t.Helper()
	m := &municipality{installation: newInstallation(t), host: host, door: newDoor(t)}
	m.settings = filepath.Join(m.data, "samtykke.yaml")
	m.write(t)
	text := must(t, "log", "witness", "--json", "--config", m.settings, "--data", m.data)
	if err := json.Unmarshal([]byte(text), &m.keys); err != nil {
		t.Fatal(err)
	}
	return m
}

// write writes the settings, with lines of the witness section.
func (m *municipality) write(t *testing.T, lines ...string) {
	t.Helper()
	text := "public:\n  url: https://" + m.host + "\n"
	if len(lines) > 0 {
		text += "witness:\n  every: 1\n  " + strings.Join(lines, "\n  ") + "\n"
	}
	keep(t, m.settings, text)
}

// asks is a line that asks a witness, at the door of it or another one.
func (m *municipality) asks(door string) string {
	return fmt.Sprintf("  - %q", door+"/witness "+m.keys.WitnessKey)
}

// opens starts the server behind the door.
func (m *municipality) opens(t *testing.T) *running {
	t.Helper()
	server := m.start(t, "--config", m.settings)
	at, err := url.Parse(server.url)
	if err != nil {
		t.Fatal(err)
	}
	m.door.behind.Store(at)
	return server
}

// until asks again and again whether something has happened.
func until(t *testing.T, what string, happened func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !happened(); <-time.After(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it did not happen: " + what)
		}
	}
}

// status is what "log witness" says of the witnesses.
func (m *municipality) status(t *testing.T) (states []struct {
	Witness, Trouble string
	Size, Behind     int64
	Forked           bool
},
) {
	t.Helper()
	var all struct{ Witnesses json.RawMessage }
	text := must(t, "log", "witness", "gjerdrum", "--json", "--config", m.settings, "--data", m.data)
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(all.Witnesses, &states); err != nil {
		t.Fatal(err)
	}
	return states
}

// TestTwoMunicipalitiesWitnessEachOther, while a third witness never answers:
// decisions do not wait, receipts carry the signature, and a check without any
// server counts it.
func TestTwoMunicipalitiesWitnessEachOther(t *testing.T) {
	a, b := newMunicipality(t, "samtykke.a.example.no"), newMunicipality(t, "samtykke.b.example.no")
	c := newMunicipality(t, "samtykke.c.example.no") // whose server hangs
	asked := make(chan struct{}, 100)
	release := make(chan struct{})
	hanging := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case asked <- struct{}{}:
		default:
		}
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(hanging.Close)
	t.Cleanup(func() { close(release) })

	a.write(t, "watch: [\""+b.keys.LedgerKey+"\"]", "required: 1", "ask:", b.asks(b.door.URL), c.asks(hanging.URL))
	b.write(t, "watch: [\""+a.keys.LedgerKey+"\"]", "ask:", a.asks(a.door.URL))
	serverA, serverB := a.opens(t), b.opens(t)
	yes := newPost(exampleBundle(t), "accept_all", true)
	decide(t, serverA, yes)
	decide(t, serverB, newPost(exampleBundle(t), "reject_all", false))
	<-asked // the one that hangs is being asked now, for ten seconds
	start := time.Now()
	for range 20 {
		decide(t, serverA, newPost(exampleBundle(t), "reject_all", false))
	}
	if spent := time.Since(start); spent > 5*time.Second {
		t.Errorf("20 decisions took %v while a witness hung", spent)
	}

	public := func(server *running) string { return fetchAs(t, server.url+"/gjerdrum/log/checkpoint", "") }
	until(t, "both are witnessed", func() bool {
		return strings.Contains(public(serverA), "\n— samtykke.b.example.no/witness ") &&
			strings.Contains(public(serverB), "\n— samtykke.a.example.no/witness ")
	})
	folder := t.TempDir()
	receipt, keys, witnesses := filepath.Join(folder, "own.tlog-proof"), filepath.Join(folder, "keys.txt"), filepath.Join(folder, "witnesses.txt")
	keep(t, receipt, fetchAs(t, serverA.url+"/gjerdrum/receipts/"+yes.ID, yes.Token))
	keep(t, keys, fetchAs(t, serverA.url+"/gjerdrum/log/keys", ""))
	keep(t, witnesses, b.keys.WitnessKey+"\n"+c.keys.WitnessKey+"\n")
	if said := must(t, "log", "verify", "--receipt", receipt, "--key", keys, "--witness", witnesses, "--require", "1"); !strings.Contains(said, "witnessed by 1 of 2: samtykke.b.example.no/witness") {
		t.Errorf("the check says\n%s", said)
	}
	must(t, "log", "verify", "--receipt", receipt, "--key", keys)
	if done := invoke(t, "log", "verify", "--receipt", receipt, "--key", keys, "--witness", witnesses); done.code != 1 ||
		!strings.Contains(done.err, "witnessed by 1 of 2, and 2 are required") {
		t.Errorf("with both required: %+v", done)
	}
	if states := a.status(t); len(states) != 2 || states[0].Size == 0 || states[0].Trouble != "" ||
		states[1].Size != 0 || !strings.Contains(states[1].Trouble, "does not answer") {
		t.Errorf("the status is %+v", states)
	}

	pack := filepath.Join(folder, "gjerdrum.zip")
	must(t, "log", "pack", "gjerdrum", "-o", pack, "--config", a.settings, "--data", a.data)
	said := must(t, "log", "verify", "--pack", pack, "--key", keys, "--witness", b.keys.WitnessKey)
	if !strings.Contains(said, "witnessed by 1 of 1, up to leaf") || !strings.Contains(said, "The ledger holds") {
		t.Errorf("the pack:\n%s", said)
	}
	if done := invoke(t, "log", "verify", "--pack", pack, "--witness", c.keys.WitnessKey); done.code != 1 || !strings.Contains(done.out, "witnessed by 0 of 1") {
		t.Errorf("the pack, by a witness that never was there: %+v", done)
	}
	must(t, "log", "verify", "--config", a.settings, "--data", a.data)

	// The witness is killed again and again while it answers, and forgets nothing.
	for range 3 {
		before := a.status(t)[0].Size
		decide(t, serverA, newPost(exampleBundle(t), "reject_all", false))
		serverB.stop(syscall.SIGKILL)
		serverB = b.opens(t)
		until(t, "the witness goes on", func() bool { s := a.status(t)[0]; return s.Size > before && s.Trouble == "" })
	}
	if code := serverA.stop(syscall.SIGTERM); code != 0 {
		t.Errorf("the server ended with %d", code)
	}
}

// TestForkIsNamed: a database that is put back from a copy, with the anchor too,
// and goes on with other decisions, has forked the ledger. Its witness refuses,
// and the log, the status and the audit say so.
func TestForkIsNamed(t *testing.T) {
	a, b := newMunicipality(t, "samtykke.a.example.no"), newMunicipality(t, "samtykke.b.example.no")
	a.write(t, "ask:", b.asks(b.door.URL))
	b.write(t, "watch: [\""+a.keys.LedgerKey+"\"]")
	b.opens(t)
	server := a.opens(t)
	decide(t, server, newPost(exampleBundle(t), "accept_all", true))
	server.stop(syscall.SIGTERM)
	earlier := t.TempDir()
	if err := os.CopyFS(earlier, os.DirFS(a.data)); err != nil {
		t.Fatal(err)
	}
	secrets, err := filepath.Glob(filepath.Join(earlier, "keys", "*.key"))
	if err != nil || len(secrets) == 0 {
		t.Fatal(secrets, err)
	}
	for _, secret := range secrets {
		if err := os.Chmod(secret, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	server = a.opens(t)
	decide(t, server, newPost(exampleBundle(t), "accept_all", true))
	until(t, "it is witnessed", func() bool { return a.status(t)[0].Size == 2 })
	server.stop(syscall.SIGTERM)

	fork := &municipality{installation: installation{earlier}, host: a.host, settings: a.settings, door: a.door, keys: a.keys}
	server = fork.opens(t)
	decide(t, server, newPost(exampleBundle(t), "reject_all", false))
	decide(t, server, newPost(exampleBundle(t), "reject_all", false))
	until(t, "the fork is seen", func() bool { s := fork.status(t)[0]; return s.Forked })
	if public := fetchAs(t, server.url+"/gjerdrum/log/checkpoint", ""); strings.Contains(public, "/witness ") && !strings.Contains(public, "\n1\n") {
		t.Errorf("the fork is witnessed:\n%s", public)
	}
	done := invoke(t, "log", "verify", "--config", fork.settings, "--data", fork.data)
	if done.code != 1 || !strings.Contains(done.out, "the witness samtykke.b.example.no/witness has seen another ledger of this name") {
		t.Errorf("the audit says %+v", done)
	}
	origin := a.host + "/consent/gjerdrum/" + time.Now().UTC().Format("2006")
	said := must(t, "log", "witness", "--config", fork.settings, "--data", fork.data)
	if !strings.Contains(said, "FORK: ") || !strings.Contains(said, "samtykke log witness --seen "+origin) || !strings.Contains(said, "samtykke log begin gjerdrum") {
		t.Errorf("the status says\n%s", said)
	}

	// The witness says what it refused, and gives what it has seen: the fork does not
	// begin with that. Its next part the witness follows.
	until(t, "the witness says what it refused", func() bool {
		said = must(t, "log", "witness", "--config", b.settings, "--data", b.data)
		return strings.Contains(said, origin+"     2 ") && strings.Contains(said, "one of 3 leaves, with nothing to show that it begins with those")
	})
	seen := filepath.Join(t.TempDir(), "seen.txt")
	keep(t, seen, must(t, "log", "witness", "--seen", origin, "--config", b.settings, "--data", b.data))
	must(t, "log", "verify", "gjerdrum", "--kept", seen, "--config", a.settings, "--data", a.data)
	if done := invoke(t, "log", "verify", "gjerdrum", "--kept", seen, "--config", fork.settings, "--data", fork.data); done.code != 1 || !strings.Contains(done.out, "the first 2 leaves do not give the root") {
		t.Errorf("held against what the witness has seen: %+v", done)
	}
	if said := must(t, "log", "begin", "gjerdrum", "--config", fork.settings, "--data", fork.data); !strings.Contains(said, "Begun: "+origin+"-b") {
		t.Errorf("the next part: %s", said)
	}
	decide(t, server, newPost(exampleBundle(t), "reject_all", false))
	until(t, "the next part is witnessed", func() bool { s := fork.status(t)[0]; return s.Size == 2 && !s.Forked })
	if done := invoke(t, "log", "verify", "--config", fork.settings, "--data", fork.data); done.code != 1 || strings.Count(done.out, "has seen another ledger of this name") != 1 || strings.Contains(done.out, "2 faults") {
		t.Errorf("with the next part, the audit says %+v", done)
	}
	server.stop(syscall.SIGTERM)
	if !strings.Contains(server.log.String(), "FORK: a witness has seen another ledger") {
		t.Errorf("the log says\n%s", server.log)
	}
}

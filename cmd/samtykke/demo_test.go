package main_test

import (
	"net/http"
	"os"
	"strings"
	"testing"
)

func TestDemoAnswersAtEveryAddress(t *testing.T) {
	w, err := startWorld()
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{w.Page + "/", w.Script, w.Cookies, w.Cookies + ".json", w.Cookies + ".csv"} {
		if fetch(t, address) == "" {
			t.Errorf("%s is empty", address)
		}
	}
	if !strings.Contains(fetch(t, w.Page+"/"), `src="`+w.Script+`"`) {
		t.Error("the page does not carry the script tag")
	}
	var made struct{ Bundle string }
	read(t, w.samtykke(t, "bundle", "gjerdrum", "--json", "--out", t.TempDir()), &made)
	yes := newPost(made.Bundle, "accept_all", true)
	status, answer, err := yes.send(localClient, strings.TrimSuffix(w.Script, "/gjerdrum.js"), w.Page)
	if err != nil || status != http.StatusCreated {
		t.Fatalf("status %d, %v: %s", status, err, answer)
	}
	if log := w.log(t); len(log) != 1 || log[0].ID != yes.ID || log[0].State != "given" {
		t.Errorf("the log holds %+v", log)
	}
	w.stop()
	if _, err := os.Stat(w.Data); !os.IsNotExist(err) {
		t.Errorf("the temporary folder is still there: %v", err)
	}
}

func TestDemoAskAllAsksForEverythingInTheBanner(t *testing.T) {
	w := newWorld(t, "--ask-all")
	shown := w.samtykke(t, "notice", "show", "gjerdrum")
	if strings.Contains(shown, "in place") || !strings.Contains(shown, "marketing") {
		t.Errorf("the notice asks in place:\n%s", shown)
	}
}

func TestDemoKeepsItsDataFolder(t *testing.T) {
	data := t.TempDir()
	w, err := startWorld("--data", data)
	if err != nil {
		t.Fatal(err)
	}
	w.stop()
	if sites := must(t, "site", "list", "--data", data); !strings.Contains(sites, "gjerdrum") {
		t.Errorf("the database is gone:\n%s", sites)
	}
}

func TestDemoNamesThePortInUse(t *testing.T) {
	w := newWorld(t)
	taken := strings.TrimSuffix(strings.TrimPrefix(w.Script, "http://samtykke.localhost:"), "/gjerdrum.js")
	done := invoke(t, "demo", "--listen", "127.0.0.1:"+taken)
	if done.code != 1 || !strings.Contains(done.err, "--listen") {
		t.Errorf("%+v", done)
	}
}

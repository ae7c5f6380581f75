package visitor_test

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNothingOfTheRequestIsKept sends every kind of request with a marker in
// everything that could identify a visitor, and looks for it in the database,
// its log, the server's log and every answer (requirement G2). Tokens are
// looked for too: they authorise.
func TestNothingOfTheRequestIsKept(t *testing.T) {
	const marker = "marker7f3a"
	w := start(t)
	headers := []string{
		"User-Agent: " + marker, "Referer: https://www.gjerdrum.kommune.no/" + marker, "Cookie: a=" + marker,
		"X-Forwarded-For: 203.0.113.77", "X-Real-IP: 203.0.113.77", "Forwarded: for=203.0.113.77", "From: " + marker + "@example.no",
		"X-Forwarded-Host: " + marker, "Accept-Language: nb, " + marker, "X-Request-ID: " + marker, "Sec-CH-UA: " + marker,
	}
	paths := []string{
		"/gjerdrum.js", "/gjerdrum/" + string(w.bundle) + ".js", "/gjerdrum/panel.nb." + string(w.bundle) + ".js", "/gjerdrum/cookies",
		"/gjerdrum/cookies.json", "/gjerdrum/cookies.csv", "/gjerdrum/csp", "/gjerdrum/notices/1/cookies", "/gjerdrum/me", "/gjerdrum/me.html", "/gjerdrum/receipts/" + decisionID(1) + ".svg", "/", "/nowhere", "/nowhere.js",
		"/.well-known/gpc.json", "/" + marker, "/" + marker + ".js", "/gjerdrum/" + marker + ".js", "/gjerdrum/notices/" + marker + "/cookies",
	}
	var answers strings.Builder
	send := func(r request) {
		r.header = append(r.header, headers...)
		r.path += "?page=" + marker
		got := w.once(t, r)
		fmt.Fprintln(&answers, r.path, got.Header, got.body)
	}
	for _, path := range paths {
		for _, accept := range []string{"text/html", "*/*"} {
			send(request{http.MethodGet, path, []string{"Accept: " + accept, "Authorization: Bearer " + token(1)}, ""})
		}
		send(request{http.MethodPut, path, nil, marker})
	}
	send(post("gjerdrum", w.acceptAll(1)))
	send(post("gjerdrum", `{"id":"`+marker+`"}`))
	send(post("gjerdrum", `{"`+marker+`":true}`))
	for i, wrong := range [][2]string{ // every place where a decision holds a word
		{"statistics", marker},
		{`{"statistics"`, `{"` + marker + `":true,"statistics"`},
		{`true}}`, `true},"services":{"statistics/` + marker + `":true}}`},
		{`true}}`, `true},"services":{"` + marker + `":true}}`},
		{`"nb"`, `"` + marker + `"`},
		{"accept_all", marker},
		{"first", marker},
		{`"choice":{`, `"choice":{"` + marker + `":{},`},
	} {
		send(post("gjerdrum", strings.Replace(w.acceptAll(10+i), wrong[0], wrong[1], 1)))
	}
	send(request{
		http.MethodPost, "/gjerdrum/findings",
		[]string{"Origin: https://www.gjerdrum.kommune.no", "Content-Type: text/plain"},
		`{"bundle":"` + string(w.bundle) + `","findings":[{"kind":"stuck","name":"` + marker + `/x"}]}`,
	})
	send(request{http.MethodDelete, "/gjerdrum/me", []string{"Authorization: Bearer " + token(3)}, ""})

	sinks := map[string]string{"the log": w.log.String()}
	err := filepath.WalkDir(w.folder, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(file)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // the anchor was put in place meanwhile
		}
		sinks[filepath.Base(file)] = string(data)
		return err
	})
	if err != nil || sinks["samtykke.db"] == "" {
		t.Fatal("no database", err)
	}
	for name, text := range sinks {
		for _, secret := range []string{marker, "203.0.113.77", "127.0.0.1", token(1), token(3)} {
			if at := strings.Index(text, secret); at >= 0 {
				t.Errorf("%s holds %q: %q", name, secret, text[max(0, at-80):min(len(text), at+80)])
			}
		}
	}
	for line := range strings.Lines(answers.String()) {
		path, said, _ := strings.Cut(line, " ")
		if strings.Contains(said, marker) {
			t.Errorf("the answer to %s repeats the request: %s", path, said)
		}
	}
	if !strings.Contains(w.log.String(), `"route":"/:site/decisions"`) {
		t.Error("the access log is not on, so the test says nothing")
	}
}

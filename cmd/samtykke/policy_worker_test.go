package main_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// works is what the two workers of the site do: they ask one host that is necessary
// and one that waits for a yes, and say when both have been tried.
const works = `const work = (from, tell) => Promise.allSettled(['login', 'stat1'].map((host) =>
	fetch('http://' + host + '.localhost:{port}/' + from + '.gif?' + Math.random(), { mode: 'no-cors' }))).then(() => tell('tried'))
`

// ownTag is a page with the script from the site's own address.
const ownTag = `<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>Page</title>
<script src="/samtykke/trial.js"></script></head><body><h1>Page</h1>`

// workerFiles are the files of the site that have to do with workers: one script that
// the browser keeps without asking, one that it asks for anew, and a service worker.
var workerFiles = map[string]string{
	"/kept.js":    works + `work('kept', postMessage)`,
	"/asked.js":   works + `work('asked', postMessage)`,
	"/service.js": works + `onmessage = (event) => event.waitUntil(work('service', (said) => event.source.postMessage(said)))`,
	"/plain":      ownTag,
	"/workers": ownTag + `<script>
const tried = []
const hear = (event) => tried.push(event.data)
for (const file of ['/kept.js', '/asked.js']) new Worker(file).onmessage = hear
navigator.serviceWorker.onmessage = hear
navigator.serviceWorker.register('/service.js')
navigator.serviceWorker.ready.then((registration) => registration.active.postMessage('work'))
new Image().src = 'http://stat1.localhost:{port}/page.gif?' + Math.random()
</script>`,
}

// servesWorkers answers for workerFiles, as a server of files does.
func (s *policySite) servesWorkers(w http.ResponseWriter, r *http.Request) bool {
	file, ok := workerFiles[r.URL.Path]
	if !ok {
		return false
	}
	w.Header().Set("ETag", `"1"`)
	w.Header().Set("Cache-Control", "max-age=600")
	if r.URL.Path == "/asked.js" {
		w.Header().Set("Cache-Control", "no-cache")
	}
	w.Header().Set("Content-Type", "text/javascript")
	if !strings.HasSuffix(r.URL.Path, ".js") {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
	}
	http.ServeContent(w, r, "", time.Time{}, strings.NewReader(strings.ReplaceAll(file, "{port}", s.port)))
	return true
}

// TestPolicyModeWorkers: a worker keeps to what is necessary, also one whose script
// the browser has kept from before a withdrawal, and one that was installed then; on a
// site under its own path, whose server keeps a copy of the answer.
func TestPolicyModeWorkers(t *testing.T) {
	s := newPolicySite(t)
	for _, run := range []struct{ engine, sender string }{
		{"chromium", "nginx"}, {"firefox", "nginx"}, {"webkit", "nginx"}, {"chromium", "caddy"}, {"chromium", "go"},
	} {
		t.Run(run.engine+" "+run.sender, func(t *testing.T) { s.walkWorkers(t, openTab(t, run.engine), run.sender) })
	}
}

func (s *policySite) walkWorkers(t *testing.T, tab *tab, sender string) {
	c := &caseOn{tab: tab, trial: s.trial, T: t}
	at := fmt.Sprintf("http://%s.localhost:%d", sender, s.senders[sender])
	wants := func(when string, want ...string) {
		t.Helper()
		for range 2 {
			s.askedSince()
			tab.visit(at + "/workers")
			c.await("three workers that have tried", "tried.length === 3")
			c.settle()
			want := append([]string{"login/asked.gif", "login/kept.gif", "login/service.gif"}, want...)
			if got := s.askedSince(); !slices.Equal(got, want) {
				t.Errorf("%s third parties were asked for %q, want %q", when, got, want)
			}
		}
	}
	tab.visit(at + "/plain")
	c.next(func() { c.press("[data-samtykke=accept]") })
	c.await("the copy", ourCopy+" && "+ourCopy+" === "+ourCookie)
	wants("with a yes", "stat1/page.gif")
	tab.eval(`document.cookie = 'samtykke-trial=; path=/; max-age=0'`, nil)
	wants("with the copy of a yes", "stat1/page.gif")

	tab.visit(at + "/plain")
	c.next(func() { tab.eval("samtykke.withdraw()", nil) })
	c.await("a no", "!samtykke.get().categories.statistics")
	wants("after withdrawal")
}

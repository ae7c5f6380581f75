package main_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
)

// ownPath is a site whose proxy hands /samtykke/ on, on two hosts that share an
// answer.
type ownPath struct {
	*trial
	pages *httptest.Server
	ports map[string]int // of the proxies
}

// ownPathPage says what the server was sent: what a script cannot see is there, too.
const ownPathPage = `<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>Page</title>
<script src="/samtykke/trial.js"></script></head><body><h1>Page</h1><p id="sent">%s</p></body></html>`

func newOwnPath(t *testing.T) *ownPath {
	t.Helper()
	s := &ownPath{ports: map[string]int{"nginx": freePort(t), "caddy": freePort(t), "apache2": freePort(t)}}
	var origins []string
	for _, port := range s.ports {
		origins = append(origins, fmt.Sprintf(`"http://*.kommune.localhost:%[1]d", "http://localhost:%[1]d"`, port))
	}
	s.trial = newTrial(t, "[ORIGINS]", "["+strings.Join(origins, ", ")+"]",
		"heading_level: 3", "heading_level: 3\n  same_origin: true\n  cookie_domain: kommune.localhost")
	s.pages = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		if r.URL.Path == "/counts" {
			w.Header().Add("Set-Cookie", "sealed=7; Path=/; HttpOnly")
			w.Header().Add("Set-Cookie", "ad_1=7; Path=/; Domain=kommune.localhost; HttpOnly")
			w.Header().Add("Set-Cookie", "sid=7; Path=/; HttpOnly")
		}
		_, _ = fmt.Fprintf(w, ownPathPage, r.Header.Get("Cookie"))
	}))
	t.Cleanup(s.pages.Close)
	s.startProxies(t)
	return s
}

func (s *ownPath) startProxies(t *testing.T) {
	t.Helper()
	config := s.example(t, "nginx.conf", "listen 80;", fmt.Sprintf("listen 127.0.0.1:%d;", s.ports["nginx"]), "www.example.no", "a.kommune.localhost b.kommune.localhost")
	startNginx(t, s.ports["nginx"], config)
	config = s.example(t, "Caddyfile", "www.example.no {", fmt.Sprintf("http://:%d {", s.ports["caddy"]))
	startCaddy(t, s.ports["caddy"], config)
	config = s.example(t, "apache.conf", "*:80", fmt.Sprintf("127.0.0.1:%d", s.ports["apache2"]))
	startApache(t, s.ports["apache2"], config)
}

// example writes an example's file with this test's addresses and gives its path.
func (s *ownPath) example(t *testing.T, name string, replacements ...string) string {
	t.Helper()
	return exampleWith(t, "same-origin/"+name, append(replacements,
		"127.0.0.1:8080", strings.TrimPrefix(s.server.url, "http://"), "127.0.0.1:8000", strings.TrimPrefix(s.pages.URL, "http://"))...)
}

// TestSameOrigin: the site's own server keeps the answer when the browser has lost
// what a script wrote, for every host that shares it, and removes what no script
// can; by every proxy that has an example, and in every engine.
func TestSameOrigin(t *testing.T) {
	s := newOwnPath(t)
	for _, run := range []struct{ engine, proxy string }{
		{"chromium", "nginx"}, {"firefox", "caddy"}, {"webkit", "apache2"},
	} {
		t.Run(run.engine+" "+run.proxy, func(t *testing.T) { s.walk(t, openTab(t, run.engine), s.ports[run.proxy]) })
	}
	t.Run("10 and 11", s.walkScopes)
	t.Run("an open page of another host", s.walkOpen)
	t.Run("while Samtykke is away", s.walkAlone)
}

const (
	ourCookie = `(document.cookie.match(/(?:^|; )samtykke-trial=([^;]*)/) ?? [])[1]`
	ourCopy   = `(document.cookie.match(/samtykke-trial\.kept=([^;]*)/) ?? [])[1]`
	// losesOurs is what Safari does after seven days.
	losesOurs = `document.cookie = 'samtykke-trial=; path=/; domain=kommune.localhost; max-age=0'`
)

func (s *ownPath) walk(t *testing.T, tab *tab, port int) {
	c := &caseOn{tab: tab, trial: s.trial, T: t}
	at := func(host, path string) string {
		return fmt.Sprintf("http://%s.kommune.localhost:%d%s", host, port, path)
	}
	sent := func() string { return tab.text(`document.querySelector('#sent').textContent`) }

	tab.visit(at("a", "/counts"))
	tab.visit(at("a", "/"))
	if got := sent(); !strings.Contains(got, "sealed=7") || !strings.Contains(got, "ad_1=7") || strings.Contains(got, "samtykke") {
		t.Fatalf("before an answer the server is sent %q", got)
	}
	c.want("that the answer will be shared", deep("section")+`.textContent.includes('kommune.localhost')`)
	c.press("[data-samtykke=accept]")
	c.await("the copy", ourCopy+" === "+ourCookie)

	tab.visit(at("b", "/"))
	c.want("the answer of the other host", `samtykke.get().answered && `+ourCopy+` === `+ourCookie)
	tab.eval(losesOurs, nil)
	if got := tab.text("document.cookie"); strings.Contains(got, "samtykke-trial=") {
		t.Fatalf("the answer is not shared: %q", got)
	}
	tab.visit(at("a", "/"))
	c.want("the answer that the server kept", `samtykke.get().answered && `+ourCopy+` === `+ourCookie)
	if tab.shown() {
		t.Error("it asks again")
	}
	if got := sent(); !strings.Contains(got, "sealed=7") || !strings.Contains(got, "ad_1=7") {
		t.Errorf("with consent a cookie went: %q", got)
	}

	c.withdraw(false)
	c.await("the copy of the withdrawal", ourCopy+" === "+ourCookie)
	tab.visit(at("a", "/"))
	if got := sent(); strings.Contains(got, "sealed") || strings.Contains(got, "ad_1") || !strings.Contains(got, "sid=7") {
		t.Errorf("after withdrawal the server is sent %q", got)
	}
	c.want("a no", `!samtykke.get().categories.statistics`)
}

// walkScopes has answers in two scopes, and a browser that refuses the wider one.
func (s *ownPath) walkScopes(t *testing.T) {
	tab := openTab(t, "chromium")
	c := &caseOn{tab: tab, trial: s.trial, T: t}
	tab.visit(fmt.Sprintf("http://a.kommune.localhost:%d/", s.ports["nginx"]))
	c.press("[data-samtykke=reject]")
	tab.eval(`document.cookie = 'samtykke-trial=' + `+ourCookie+`.replace(/([\w-]{6})(\w+)~0/g, (_, sum, at) => sum + (parseInt(at, 36) - 100).toString(36) + '~1') + '; path=/'`, nil)
	c.want("two answers", `document.cookie.match(/samtykke-trial=/g).length === 2`)
	tab.visit(fmt.Sprintf("http://a.kommune.localhost:%d/", s.ports["nginx"]))
	c.want("the newest answer alone", `document.cookie.match(/samtykke-trial=/g).length === 1 && samtykke.get().answered && !samtykke.get().categories.statistics`)
	// One of the host's own from before the site shared its answers goes with the next
	// answer, not with the next page: a server would read it first.
	tab.eval(`document.cookie = 'samtykke-trial=' + `+ourCookie+` + '; path=/'`, nil)
	tab.eval(`samtykke.grant('video')`, nil)
	c.want("one answer at once", `document.cookie.match(/samtykke-trial=/g).length === 1`)

	tab.visit(fmt.Sprintf("http://localhost:%d/", s.ports["nginx"]))
	c.want("no answer yet", "!samtykke.get().answered")
	c.press("[data-samtykke=accept]")
	c.await("an answer for the host alone, and its copy", ourCookie+" && "+ourCopy+" === "+ourCookie)
	tab.visit(fmt.Sprintf("http://localhost:%d/", s.ports["nginx"]))
	c.want("that answer", "samtykke.get().categories.statistics")
}

// walkOpen answers on one host while a page of another stands open: it knows when the
// visitor comes back to it.
func (s *ownPath) walkOpen(t *testing.T) {
	tab := openTab(t, "chromium")
	c := &caseOn{tab: tab, trial: s.trial, T: t}
	other := c.secondTab()
	other.visit(fmt.Sprintf("http://b.kommune.localhost:%d/", s.ports["nginx"]))
	other.asks()
	tab.visit(fmt.Sprintf("http://a.kommune.localhost:%d/", s.ports["nginx"]))
	c.press("[data-samtykke=accept]")
	c.await("the answer", ourCookie)
	other.eval(`document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`, nil)
	other.await("the answer of the other host", "samtykke.get().categories.statistics")
	other.gone()
}

// walkAlone changes an answer that nobody can keep: no copy of the older one may
// outlive it.
func (s *ownPath) walkAlone(t *testing.T) {
	tab := openTab(t, "chromium")
	c := &caseOn{tab: tab, trial: s.trial, T: t}
	at := fmt.Sprintf("http://a.kommune.localhost:%d/", s.ports["nginx"])
	tab.visit(at)
	c.press("[data-samtykke=accept]")
	c.await("the copy", ourCopy+" === "+ourCookie)
	s.server.stop(syscall.SIGKILL)
	c.withdraw(false)
	c.want("no copy", ourCookie+" && !"+ourCopy)
	tab.eval(losesOurs, nil)
	c.want("nothing that says yes", "!document.cookie.includes('samtykke')")
}

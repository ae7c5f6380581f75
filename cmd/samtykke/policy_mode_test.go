package main_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/samtykke/samtykke/examples/policy"
)

// unmodified is a page whose editor did nothing but paste the script tag: six
// trackers as their vendors want them, in every way that a parser fetches.
const unmodified = `<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>Page</title>
<link rel="preload" as="script" href="http://stat1.localhost:{port}/preloaded.js">
<link rel="prefetch" href="http://ads.localhost:{port}/prefetched.js">
<script src="{script}"></script>
<script src="http://stat1.localhost:{port}/plain.js"></script>
<script async src="http://stat2.localhost:{port}/async.js"></script>
<link rel="stylesheet" href="http://loose1.localhost:{port}/sheet.css">
</head><body><h1>Page</h1>
<img alt="" src="http://ads.localhost:{port}/pixel.gif">
<iframe src="http://ads.localhost:{port}/frame.html"></iframe>
<iframe data-category="marketing" data-service="video" data-src="http://video.localhost:{port}/frame.html"></iframe>
<script>
navigator.sendBeacon('http://loose2.localhost:{port}/beacon.gif')
fetch('http://loose2.localhost:{port}/fetch.gif').catch(() => {})
new Image().src = 'http://loose2.localhost:{port}/image.gif'
</script></body></html>`

// policySite is a site in policy mode, whose own server sends the policy.
type policySite struct {
	*trial
	pages   *httptest.Server // without any policy
	senders map[string]int   // by name, the port
}

func newPolicySite(t *testing.T) *policySite {
	t.Helper()
	s := &policySite{senders: map[string]int{"go": freePort(t), "nginx": freePort(t), "caddy": freePort(t)}}
	var origins []string
	for name, port := range s.senders {
		origins = append(origins, fmt.Sprintf(`"http://%s.localhost:%d"`, name, port))
	}
	s.trial = &trial{installation: installation{t.TempDir()}, file: trialFile, site: "trial"}
	s.begin(t)
	t.Cleanup(s.end)
	hosts := func(names ...string) string {
		for i, name := range names {
			names[i] = fmt.Sprintf("%q", name+".localhost:"+s.port)
		}
		return "hosts: [" + strings.Join(names, ", ") + "]\n    "
	}
	s.publish(t,
		"[ORIGINS]", "["+strings.Join(origins, ", ")+"]",
		"heading_level: 3", "heading_level: 3\n  policy_mode: true\n  same_origin: true",
		"purpose: { nb: Holder deg innlogget.", hosts("login")+"purpose: { nb: Holder deg innlogget.",
		"purpose: { nb: Teller besøk.", hosts("stat1", "stat2")+"purpose: { nb: Teller besøk.",
		"purpose: { nb: Viser annonser.", hosts("ads")+"purpose: { nb: Viser annonser.",
		"purpose: { nb: Viser video.", hosts("video")+"purpose: { nb: Viser video.",
	)
	s.server.stop(syscall.SIGKILL)
	t.Setenv("SAMTYKKE_PUBLIC_URL", "http://front.localhost:"+s.port)
	s.server = s.serve(t)
	page := strings.NewReplacer("{port}", s.port, "{script}", "http://front.localhost:"+s.port+"/trial.js").Replace(unmodified)
	s.pages = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case s.servesWorkers(w, r):
		case r.URL.Path == "/still.css":
			w.Header().Set("Content-Type", "text/css")
			w.Header().Set("Cache-Control", "max-age=600")
		case r.URL.Path == "/kept":
			w.Header().Set("ETag", `"1"`)
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Cache-Control", "public, max-age=600")
			http.ServeContent(w, r, "", time.Time{}, strings.NewReader(page))
		case r.URL.Path != "/":
			w.WriteHeader(http.StatusNoContent)
		case r.Method == http.MethodPost:
			body, _ := io.ReadAll(r.Body)
			_, _ = fmt.Fprintf(w, "%s %s", r.Header.Get("Cookie"), body)
		default:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Cache-Control", "no-store")
			_, _ = io.WriteString(w, page)
		}
	}))
	t.Cleanup(s.pages.Close)
	s.startGo(t)
	port := s.senders["nginx"]
	startNginx(t, port, s.edited(t, "nginx.conf", "listen 80;", fmt.Sprintf("listen 127.0.0.1:%d;", port), "www.example.no", "nginx.localhost"))
	port = s.senders["caddy"]
	startCaddy(t, port, s.edited(t, "Caddyfile", "www.example.no {", fmt.Sprintf("http://caddy.localhost:%d {", port)))
	return s
}

// startGo sends the policy from a Go server, by the example's own code.
func (s *policySite) startGo(t *testing.T) {
	t.Helper()
	pages, err := url.Parse(s.pages.URL)
	if err != nil {
		t.Fatal(err)
	}
	samtykke, err := url.Parse(s.server.url)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/samtykke/", policy.OwnPath("/samtykke", samtykke))
	mux.Handle("/", policy.New(s.server.url, "trial").Before(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(pages) }}))
	front := httptest.NewUnstartedServer(mux)
	if front.Listener, err = net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", s.senders["go"])); err != nil {
		t.Fatal(err)
	}
	front.Start()
	t.Cleanup(front.Close)
}

// edited writes an example's file with this test's addresses and gives its path.
func (s *policySite) edited(t *testing.T, example string, replacements ...string) string {
	t.Helper()
	return exampleWith(t, "policy/"+example, append(replacements,
		"samtykke-gjerdrum", "samtykke-trial", "/gjerdrum/", "/trial/", "https://samtykke.example.no", "http://front.localhost:"+s.port,
		"127.0.0.1:8080", strings.TrimPrefix(s.server.url, "http://"), "127.0.0.1:8000", strings.TrimPrefix(s.pages.URL, "http://"))...)
}

// asked gives what third parties were asked for since the last time.
func (s *policySite) askedSince() []string {
	s.lock.Lock()
	defer s.lock.Unlock()
	var asked []string
	for _, one := range s.seen {
		asked = append(asked, strings.TrimSuffix(one.Host, ".localhost")+one.Path)
	}
	s.seen = nil
	slices.Sort(asked)
	return slices.Compact(asked)
}

// TestPolicyMode: an unmodified page with six trackers and others beside asks
// nobody before consent, only those that were granted after it, and nobody after
// withdrawal, in every engine and by every server that has an example.
func TestPolicyMode(t *testing.T) {
	s := newPolicySite(t)
	for _, run := range []struct{ engine, sender string }{
		{"chromium", "go"}, {"firefox", "go"}, {"webkit", "go"}, {"chromium", "nginx"}, {"chromium", "caddy"},
	} {
		t.Run(run.engine+" "+run.sender, func(t *testing.T) { s.walk(t, openTab(t, run.engine), run.sender) })
	}
	s.server.stop(syscall.SIGKILL)
	for sender := range s.senders {
		t.Run(sender+" while Samtykke is away", func(t *testing.T) { s.walkAlone(t, sender) })
	}
}

func (s *policySite) walk(t *testing.T, tab *tab, sender string) {
	c := &caseOn{tab: tab, trial: s.trial, T: t}
	at := fmt.Sprintf("http://%s.localhost:%d/", sender, s.senders[sender])
	wants := func(when string, want ...string) {
		t.Helper()
		c.settle()
		if got := s.askedSince(); !slices.Equal(got, want) {
			t.Errorf("%s third parties were asked for %q, want %q", when, got, want)
		}
	}
	s.askedSince()
	tab.visit(at)
	wants("before consent")

	c.press(`[name="statistics"]`)
	c.next(func() { c.press("[data-samtykke=save]") })
	c.await("the answer", "samtykke.get().answered")
	wants("with statistics", "stat1/plain.js", "stat1/preloaded.js", "stat2/async.js")

	tab.eval("samtykke.open()", nil)
	c.next(func() { c.press("dialog [data-samtykke=accept]") })
	for _, path := range []string{"/pixel.gif", "/plain.js", "/async.js"} {
		c.awaitAskedFor(path)
	}
	c.settle()
	s.grantsOneAnswer(t, at, c.cookies()[own])
	for _, asked := range s.askedSince() {
		if strings.HasPrefix(asked, "loose") {
			t.Errorf("%q was asked for, which nobody has declared", asked)
		}
	}

	tab.visit(at + "kept")
	c.awaitAskedFor("/pixel.gif")
	tab.visit(at)
	c.next(func() { tab.eval("samtykke.withdraw()", nil) })
	c.settle()
	s.askedSince() // the page of the withdrawal itself asked before it
	tab.visit(at)
	wants("after withdrawal")
	tab.next(func() { tab.eval("location = '/kept'", nil) })
	wants("in a page that the browser had kept")
	s.postsThrough(t, at)
	s.cachesTheRest(t, at)
}

// cachesTheRest holds the sender to keeping no more than pages out of caches.
func (s *policySite) cachesTheRest(t *testing.T, at string) {
	t.Helper()
	for path, want := range map[string]string{"still.css": "max-age=600", "kept": "private, no-cache"} {
		response := s.ask(t, http.MethodGet, at+path, nil)
		_ = response.Body.Close()
		if got := response.Header.Values("Cache-Control"); len(got) != 1 || got[0] != want {
			t.Errorf("%s has Cache-Control %q, want %q", path, got, want)
		}
		if got, want := response.Header.Get("Vary") == "Cookie", path == "kept"; got != want {
			t.Errorf("%s has Vary %q", path, response.Header.Values("Vary"))
		}
	}
}

// grantsOneAnswer holds the sender to what the cookie says, and to nothing else.
func (s *policySite) grantsOneAnswer(t *testing.T, at, yes string) {
	t.Helper()
	of := func(path, cookie string) string {
		response := s.askWith(t, http.MethodGet, at+path, cookie, nil)
		_ = response.Body.Close()
		return strings.Join(response.Header.Values("Content-Security-Policy"), " and ")
	}
	policy := func(cookie string) string { return of("kept", cookie) }
	none, answer := policy(""), own+"="+yes
	if given := policy(answer); given == none || !strings.Contains(given, "stat1.localhost") {
		t.Fatalf("a yes gives the policy %q", given)
	}
	if given := of("still.css", answer); given != none || !strings.Contains(given, "login.localhost") {
		t.Errorf("what is no page has the policy %q, want %q", given, none)
	}
	older := own + "=" + strings.ReplaceAll(yes, "~1", "~0")
	copied := own + ".kept=" + yes
	if given := policy(copied); given != policy(answer) {
		t.Errorf("the copy gives the policy %q", given)
	}
	for _, cookie := range []string{own + "=1.; " + copied, copied + "; " + answer + "; " + older, copied + "; " + copied, answer + "; " + older, older + "; " + answer, "a=1; " + answer + "; b=2; " + older, own + "=statistics", answer + "%20x"} {
		if got := policy(cookie); got != none {
			t.Errorf("%q gives the policy %q", cookie, got)
		}
	}
}

// ask sends a request past the names that only browsers know here.
func (s *policySite) ask(t *testing.T, method, address string, body io.Reader) *http.Response {
	t.Helper()
	return s.askWith(t, method, address, "session=7; samtykke-trial=1", body)
}

func (s *policySite) askWith(t *testing.T, method, address, cookie string, body io.Reader) *http.Response {
	t.Helper()
	to, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), method, "http://127.0.0.1:"+to.Port()+to.Path, body)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = to.Host
	request.Header.Set("Cookie", cookie)
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	return response
}

// postsThrough holds the sender to its other duty: what a visitor sends arrives.
func (s *policySite) postsThrough(t *testing.T, at string) {
	t.Helper()
	response := s.ask(t, http.MethodPost, at, strings.NewReader("a=1"))
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || string(body) != "session=7; samtykke-trial=1 a=1" {
		t.Errorf("a form arrives as %q, %v", body, err)
	}
}

// walkAlone meets a site whose Samtykke does not answer.
func (s *policySite) walkAlone(t *testing.T, sender string) {
	tab := openTab(t, "chromium")
	c := &caseOn{tab: tab, trial: s.trial, T: t}
	s.askedSince()
	tab.visit(fmt.Sprintf("http://%s.localhost:%d/", sender, s.senders[sender]))
	c.settle()
	c.want("the page", "document.querySelector('h1').textContent === 'Page'")
	if got := s.askedSince(); len(got) > 0 {
		t.Errorf("third parties were asked for %q", got)
	}
	response := s.ask(t, http.MethodGet, fmt.Sprintf("http://%s.localhost:%d/samtykke/trial.js", sender, s.senders[sender]), nil)
	_ = response.Body.Close()
	if response.StatusCode != http.StatusBadGateway {
		t.Errorf("the script of a Samtykke that is away has status %d", response.StatusCode)
	}
}

package main_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"math"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// marks are what must never be kept: in the query, the browser's name, the
// referrer, headers of proxies and cookies. None occurs by chance.
var marks = map[string]string{
	"query": "mrkQuery7f3a91", "agent": "mrkAgent7f3a91", "referrer": "mrkReferrer7f3a91", "cookie": "mrkCookie7f3a91",
	"address": "203.0.113.77", "header": "mrkHeader7f3a91",
}

// markedProxy passes requests on to a server, with the marks that a proxy and a
// browser would add.
func markedProxy(t *testing.T, target string) (port string) {
	t.Helper()
	to, err := url.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(to)
		r.Out.Host = r.In.Host
		for _, name := range []string{"X-Forwarded-For", "X-Real-Ip", "Cf-Connecting-Ip", "True-Client-Ip"} {
			r.Out.Header.Set(name, marks["address"])
		}
		r.Out.Header.Set("Forwarded", "for="+marks["address"])
		r.Out.Header.Set("Referer", "http://side.localhost/?"+marks["referrer"])
		r.Out.Header.Set("X-Request-Id", marks["header"])
		r.Out.Header.Add("Cookie", "session="+marks["cookie"])
		query := r.Out.URL.Query()
		query.Set("q", marks["query"])
		r.Out.URL.RawQuery = query.Encode()
	}})
	t.Cleanup(proxy.Close)
	_, port, _ = strings.Cut(strings.TrimPrefix(proxy.URL, "http://"), ":")
	return port
}

// TestG2NothingOfTheRequestIsKept follows marks through the running server: into
// the database and its write-ahead log, the server's log, and every export.
func TestG2NothingOfTheRequestIsKept(t *testing.T) {
	t.Setenv("SAMTYKKE_LOG_LEVEL", "debug")
	i := newInstallation(t)
	server := i.start(t)
	port := markedProxy(t, server.url)
	site := newStage(t, "http://samtykke.localhost:"+port+"/gjerdrum.js", map[string]string{
		"/": `<iframe data-service="youtube" data-category="marketing" data-src="http://film.localhost:PORT/"></iframe><div data-samtykke="declaration"></div>`,
	})
	done := i.edit(t, "    - https://www.gjerdrum.kommune.no\n    - https://gjerdrum.kommune.no", "    - "+site.page)
	if done.code != 0 {
		t.Fatalf("%+v", done)
	}
	must(t, "notice", "publish", "--no-pictures", "gjerdrum", "--data", i.data)
	p := openTab(t, "chromium")
	if _, err := chromedp.Call(p.devtools().ctx, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: marks["agent"]}); err != nil {
		t.Fatal(err)
	}
	address := site.page + "/?" + marks["query"] + "#" + marks["query"]
	p.visit(address)
	p.eval(`document.cookie = 'own=`+marks["cookie"]+`'`, nil)
	p.visit(address)
	p.asks()
	p.accept()
	p.eval(`samtykke.open()`, nil)
	p.await("the panel", deep("dialog .buttons button"))
	p.press("dialog .buttons button:nth-child(3)")
	p.await("both to be recorded", emptyQueue)
	token := p.text(`JSON.parse(localStorage.getItem('samtykke-gjerdrum')).token`)
	p.eval(`fetch('http://samtykke.localhost:`+port+`/gjerdrum/me', { headers: { Authorization: 'Bearer `+token+`' } }).then((r) => r.text())`, nil)
	// Requests that go wrong are what servers like to write down.
	for _, bad := range []string{"/gjerdrum/decisions", "/" + marks["query"] + "/decisions", "/gjerdrum/" + marks["query"]} {
		p.eval(`fetch('http://samtykke.localhost:`+port+bad+`', { method: 'POST', body: '{"`+marks["query"]+`":1}' }).then((r) => r.text(), () => '')`, nil)
	}
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) != 22 {
		t.Fatalf("the token is %q", token)
	}
	forbidden := map[string][]byte{"token": []byte(token), "token in bytes": raw, "random part of the token": raw[6:], "token in hex": []byte(hex.EncodeToString(raw))}
	for name, mark := range marks {
		forbidden[name] = []byte(mark)
	}
	search := func(where string, data []byte) {
		for name, mark := range forbidden {
			if bytes.Contains(bytes.ToLower(data), bytes.ToLower(mark)) {
				t.Errorf("%s holds the %s", where, name)
			}
		}
	}
	exports := must(t, "log", "export", "gjerdrum", "--format", "jsonl", "--data", i.data)
	if strings.Count(exports, "\n") != 2 {
		t.Fatalf("the log holds\n%s", exports)
	}
	search("the export as JSON Lines", []byte(exports))
	search("the export as CSV", []byte(must(t, "log", "export", "gjerdrum", "--format", "csv", "--data", i.data)))
	search("the list", []byte(must(t, "log", "list", "gjerdrum", "--data", i.data)))
	search("the findings", []byte(must(t, "findings", "gjerdrum", "--data", i.data)))
	searched := 0
	err = filepath.WalkDir(i.data, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		searched += len(data)
		search(filepath.Base(path), data)
		return err
	})
	if err != nil || searched < 10_000 {
		t.Fatalf("%d bytes of data were searched: %v", searched, err)
	}
	server.stop(syscall.SIGTERM)
	search("the server's log", []byte(server.log.String()))
}

// TestG3TokensAreRandomAndStayHome makes tokens in a real browser, and follows
// one through every request of a page full of third parties.
func TestG3TokensAreRandomAndStayHome(t *testing.T) {
	w := demoAskAll(t)
	p := openTab(t, "chromium")
	var mu sync.Mutex
	var sent []*network.Request
	p.onNetwork(func(event any) {
		if request, ok := event.(*network.EventRequestWillBeSent); ok {
			mu.Lock()
			sent = append(sent, request.Request)
			mu.Unlock()
		}
	})
	p.visit(w.Page + "/")
	p.accept()
	for _, path := range []string{"/billetter", "/kart", "/video", "/chat", "/kommune-tv", "/"} {
		p.visit(w.Page + path)
		p.settle()
	}
	token := p.text(`JSON.parse(localStorage.getItem('samtykke-gjerdrum')).token`)
	if len(token) != 30 {
		t.Fatalf("the token is %q", token)
	}
	home := strings.TrimSuffix(w.Script, "gjerdrum.js")
	mu.Lock()
	foreign := 0
	for _, request := range sent {
		if !strings.HasPrefix(request.URL, home) && !strings.HasPrefix(request.URL, w.Page) {
			foreign++
		}
		var text strings.Builder
		text.WriteString(request.URL)
		for name, value := range request.Headers {
			text.WriteString("\n" + name + ": " + headerText(value))
		}
		if strings.Contains(text.String(), token) {
			t.Errorf("a request to %s carries the token", request.URL)
		}
	}
	mu.Unlock()
	if foreign < 6 {
		t.Errorf("only %d requests to third parties were looked at", foreign)
	}
	const many = 400
	var tokens []string
	p.eval(`document.cookie = 'samtykke-gjerdrum=; max-age=0; path=/'`, nil) // or what has run is ended by a reload
	p.visit(w.Page + "/personvern")
	p.eval(`document.querySelectorAll('[data-category]').forEach((e) => e.remove())`, nil)
	p.eval(`(async () => { const found = []; const real = window.fetch
		window.fetch = async (to, o) => String(to).endsWith('/decisions') ? (found.push(JSON.parse(o.body).token), new Response('{}', { status: 201 })) : real(to, o)
		let yes = false
		while (found.length < 400) { localStorage.clear(); const n = found.length; document.cookie = 'samtykke-gjerdrum=; max-age=0; path=/'
			const b = document.body.appendChild(document.createElement('button')); b.dataset.samtykke = (yes = !yes) ? 'reject' : 'accept'; b.click(); b.remove()
			for (let i = 0; found.length === n && i < 400; i++) await new Promise((r) => setTimeout(r, 5))
			if (found.length === n) break }
		window.fetch = real
		return found })()`, &tokens)
	seen, ones := map[string]bool{}, [128]int{}
	for _, token := range tokens {
		raw, err := base64.RawURLEncoding.DecodeString(token)
		if err != nil || len(raw) != 22 || seen[string(raw[6:])] {
			t.Fatalf("token %q is malformed or not new", token)
		}
		seen[string(raw[6:])] = true
		for bit := range ones {
			ones[bit] += int(raw[6+bit/8]>>(bit%8)) & 1
		}
	}
	if len(seen) != many {
		t.Fatalf("%d tokens were made", len(seen))
	}
	for bit, n := range ones { // six standard deviations: once in four million runs
		if math.Abs(float64(n)-many/2) > 6*math.Sqrt(many)/2 {
			t.Errorf("bit %d of the random part is 1 in %d of %d tokens", bit, n, many)
		}
	}
}

func headerText(value any) string {
	text, _ := value.(string)
	return text
}

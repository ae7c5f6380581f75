package main_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// situation is one row of the state matrix: what has happened before, and what
// must then be seen on every kind of arrival.
type situation struct {
	name    string
	prepare func(m *matrix)
	parties []string // that may be asked on the front page; empty for none
	banner  bool
	control bool // a way to open the choice
}

// matrix is one situation in one language in a browser of its own.
type matrix struct {
	*testing.T
	*tab
	w    *world
	home string // the front page in the language
}

var situations = []situation{
	{name: "fresh", prepare: func(*matrix) {}, banner: true, control: true},
	{name: "refused", prepare: func(m *matrix) { m.answer("reject") }, control: true},
	{name: "partly given", prepare: (*matrix).answerPartly, parties: []string{"siteimprove"}, control: true},
	{name: "given", prepare: func(m *matrix) { m.answer("accept") }, parties: []string{"siteimprove"}, control: true},
	{name: "withdrawn", prepare: func(m *matrix) {
		m.answer("accept")
		m.eval(`window.__old = 1`, nil)
		m.eval(`void setTimeout(samtykke.withdraw)`, nil)
		m.await("the withdrawal", `!window.__old && window.samtykke && !samtykke.get().categories.statistics && document.readyState === 'complete'`)
	}, control: true},
	{name: "expired", prepare: func(m *matrix) {
		m.answer("accept")
		m.await("statistics", `document.cookie.includes('nmstat=')`)
		// As if the answer were a year and a second old.
		m.eval(`(() => {
			const value = document.cookie.match(/samtykke-gjerdrum=([^;]*)/)[1]
			const [, head, time, tail] = value.match(/^(1\..{6})(\w+)(~.*)$/)
			document.cookie = 'samtykke-gjerdrum=' + head + (parseInt(time, 36) - 31536001).toString(36) + tail + ';path=/'
		})()`, nil)
	}, banner: true, control: true},
	{name: "objecting browser", prepare: func(m *matrix) {
		m.beforeEveryPage(`Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true, configurable: true })`)
	}, banner: true, control: true},
	{name: "left-over cookie", prepare: func(m *matrix) {
		m.answer("reject")
		m.eval(`['fbm_1', 'fbsr_1', 'G_ENABLED_IDPS'].forEach((n) => { document.cookie = n + '=x; path=/; max-age=9999' })`, nil)
	}, control: true},
}

func (m *matrix) answer(how string) {
	m.visit(m.home)
	m.press("[data-samtykke=" + how + "]")
	m.gone()
	m.settle()
}

// answerPartly says yes to statistics and lets everything else be.
func (m *matrix) answerPartly() {
	m.visit(m.home)
	m.asks()
	m.press("section input[name=statistics]")
	m.press("section [data-samtykke=save]")
	m.gone()
	m.settle()
}

// check compares what is seen with what the situation demands.
func (m *matrix) check(how string, s situation) {
	m.Helper()
	m.settle()
	if s.banner {
		m.asks()
	} else if m.shown() {
		m.Errorf("%s: the banner stands", how)
	}
	if s.control && !m.truth(`[...document.querySelectorAll('[data-samtykke=open]'), ...document.querySelector('#samtykke')?.shadowRoot.querySelectorAll('[data-samtykke=open]') ?? []].some((e) => e.checkVisibility() && e.getBoundingClientRect().width > 0)`) {
		m.Errorf("%s: no way to the choice", how)
	}
	if len(s.parties) > 0 {
		m.await(how+": statistics", `document.cookie.includes('nmstat=')`)
	}
	for _, host := range m.w.parties(m) {
		if !slices.Contains(s.parties, host) {
			m.Errorf("%s: %s was asked", how, host)
		}
	}
	for name := range m.cookies() {
		if len(s.parties) == 0 && name != answerCookie {
			m.Errorf("%s: %s is there", how, name)
		}
	}
	if s.name == "objecting browser" && !m.truth(`/spor/.test(`+bannerText+`)`) {
		m.Errorf("%s: the banner does not say that the objection was heard", how)
	}
}

// arrivals are the ways in which a page comes to stand.
func (m *matrix) arrivals(s situation) {
	m.visit(m.home)
	m.w.forgetRequests(m)
	m.visit(m.home)
	m.check("first load", s)
	m.eval(`void setTimeout(() => location.reload())`, nil)
	m.await("the reload", `performance.getEntriesByType('navigation')[0].type === 'reload' && document.readyState === 'complete'`)
	m.check("reload", s)
	m.eval(`history.pushState(null, '', location.pathname + '?steg=2'), true`, nil)
	m.eval(`document.querySelector('main').append(document.createElement('p')), true`, nil)
	m.check("change within the page", s)
	m.visit(m.w.Page + "/sok")
	m.eval(`void setTimeout(() => history.back())`, nil)
	m.await("the page before", `location.search === '?steg=2' && document.readyState === 'complete'`)
	m.check("going back", s)
	m.resize(320, 700)
	m.visit(m.home)
	m.check("320 px", s)
	if !m.truth(`document.documentElement.scrollWidth <= innerWidth`) {
		m.Errorf("320 px: the page scrolls sideways")
	}
	m.resize(1280, 900)
	first, ok := m.browser.(*chromium)
	if !ok {
		m.Fatal("the matrix is seen in Chromium")
	}
	second := &matrix{T: m.T, tab: &tab{t: m.T, ctx: m.ctx, browser: first.another(m)}, w: m.w, home: m.home}
	if s.name == "objecting browser" {
		s.prepare(second) // the objection is put into each tab
	}
	second.visit(m.home)
	second.check("second tab", s)
}

func TestStateMatrix(t *testing.T) {
	one, all := demo(t), demoAskAll(t)
	for _, s := range situations {
		for language, path := range map[string]string{"nb": "/", "nn": "/nn/"} {
			t.Run(s.name+"/"+language, func(t *testing.T) {
				w := one
				if s.name == "partly given" {
					w = all
				}
				m := &matrix{T: t, tab: openTab(t, "chromium"), w: w, home: w.Page + path}
				s.prepare(m)
				m.arrivals(s)
			})
		}
	}
}

// TestStateMatrixNewQuestion: a new provider asks again, everywhere, and holds
// what was granted until there is an answer; a corrected typo does neither (E2).
func TestStateMatrixNewQuestion(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/", "/nn/"} {
		p := openTab(t, "chromium")
		p.visit(w.Page + path)
		p.accept()
		p.await("the statistics", `document.cookie.includes('nmstat=')`)
		number := w.publishChanged(t, "Teller besøk og kjenner igjen", "Teller besøk, og kjenner igjen", "Teller besøk, og kjenner igjen", "Teller besøk og kjenner igjen")
		p.awaitNotice(w.Page+path, number)
		if p.shown() {
			t.Errorf("%s: a corrected typo asks again", path)
		}
		number = w.publishChanged(t, "name: Siteimprove A/S", "name: Siteimprove Norge AS", "name: Siteimprove Norge AS", "name: Siteimprove A/S")
		w.forgetRequests(t)
		p.awaitNotice(w.Page+path, number)
		m := &matrix{T: t, tab: p, w: w, home: w.Page + path}
		w.forgetRequests(t)
		m.arrivals(situation{name: "new question", banner: true, control: true})
		p.reject()
	}
}

// publishChanged publishes the next notice with one replacement, whichever of
// the pairs applies, and gives its number.
func (w *world) publishChanged(t *testing.T, pairs ...string) int {
	t.Helper()
	file := w.samtykke(t, "site", "export", "gjerdrum")
	for i := 0; i < len(pairs); i += 2 {
		if strings.Contains(file, pairs[i]) {
			file = strings.ReplaceAll(file, pairs[i], pairs[i+1])
			break
		}
	}
	path := filepath.Join(t.TempDir(), "site.yaml")
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	w.samtykke(t, "site", "import", path)
	w.samtykke(t, "notice", "publish", "--no-pictures", "gjerdrum")
	return len(strings.Split(strings.TrimSpace(w.samtykke(t, "notice", "list", "gjerdrum", "--json")), "\n"))
}

// awaitNotice visits a page until the browser has the notice of a number: the
// script may be up to a minute old in its cache, so the cache is passed over.
func (p *tab) awaitNotice(address string, number int) {
	p.t.Helper()
	for end := time.Now().Add(2 * patience); time.Now().Before(end); <-time.After(200 * time.Millisecond) {
		p.visit(address)
		p.eval(`fetch(document.querySelector('script[src*="gjerdrum.js"]').src, { cache: 'reload', mode: 'no-cors' }).then(() => true)`, nil)
		p.visit(address)
		var now int
		if p.eval(`samtykke.get().notice`, &now); now == number {
			return
		}
	}
	p.t.Fatalf("the page never gets notice %d", number)
}

// TestA8PageWithoutScriptAsksNobody: the page can be read, and leads to the
// declaration.
func TestA8PageWithoutScriptAsksNobody(t *testing.T) {
	w := demo(t)
	p := openTab(t, "chromium")
	p.withoutScript()
	for _, path := range replicaPages {
		p.visit(w.Page + path)
		if text := p.text(`document.querySelector('main').textContent`); len(strings.TrimSpace(text)) < 40 {
			t.Errorf("%s cannot be read: %q", path, text)
		}
		if p.truth(`!!document.querySelector('#samtykke')`) {
			t.Fatal("scripts run")
		}
		if p.truth(`!document.querySelector('a[href$="/informasjonskapsler"]')`) {
			t.Errorf("%s does not lead to the declaration", path)
		}
	}
	p.visit(w.Page + "/informasjonskapsler")
	link := p.text(`document.querySelector('div[data-samtykke=declaration] a').href`)
	p.visit(link)
	if n := p.text(`String(document.querySelectorAll('tbody code').length)`); n != "29" {
		t.Errorf("the declaration shows %s rows", n)
	}
	w.nothingAsked(t, "without script")
}

// TestA10ServerDownMeansDenied: the replica's own pages, with the script at an
// address where nobody answers.
func TestA10ServerDownMeansDenied(t *testing.T) {
	w := demo(t)
	to, err := url.Parse(strings.Replace(w.Page, "kommune.localhost", "127.0.0.1", 1))
	if err != nil {
		t.Fatal(err)
	}
	dead := fmt.Sprintf("http://samtykke.localhost:%d/", freePort(t))
	proxy := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(to)
			r.Out.Host = strings.TrimPrefix(w.Page, "http://")
			r.Out.Header.Del("Accept-Encoding")
		},
		ModifyResponse: func(r *http.Response) error {
			return replaceIn(r, strings.TrimSuffix(w.Script, "gjerdrum.js"), dead)
		},
	})
	t.Cleanup(proxy.Close)
	site := strings.Replace(proxy.URL, "127.0.0.1", "kommune.localhost", 1)
	p := openTab(t, "chromium")
	p.beforeEveryPage(`window.__errors = []; addEventListener('error', (e) => e.message && window.__errors.push(e.message)); addEventListener('unhandledrejection', (e) => window.__errors.push(String(e.reason)))`)
	for _, path := range []string{"/", "/nn/", "/video", "/kart", "/billetter", "/informasjonskapsler"} {
		for _, width := range []int{1280, 320} {
			p.resize(width, 800)
			p.visit(site + path)
			p.settle()
			if p.truth(`document.querySelector('#samtykke') || window.samtykke || window.__errors.length`) {
				t.Errorf("%s: there is a banner, or an error: %s", path, p.text(`JSON.stringify(window.__errors)`))
			}
			if !p.truth(`document.querySelector('main').textContent.trim().length > 40 && !document.querySelector('iframe[src]')`) {
				t.Errorf("%s does not work", path)
			}
		}
	}
	if kept := p.keeps(); slices.ContainsFunc(kept, func(item string) bool {
		name := strings.TrimPrefix(item, "cookie ")
		return !necessaryHere(name) && !strings.HasPrefix(name, "fb") && name != "G_ENABLED_IDPS"
	}) {
		t.Errorf("the browser keeps %v", kept)
	}
	w.nothingAsked(t, "with the server down")
}

// replaceIn changes an address in the body of a page.
func replaceIn(r *http.Response, old, dead string) error {
	data, err := io.ReadAll(r.Body)
	_ = r.Body.Close()
	changed := strings.ReplaceAll(string(data), old, dead)
	r.Body = io.NopCloser(strings.NewReader(changed))
	r.ContentLength = int64(len(changed))
	r.Header.Set("Content-Length", strconv.Itoa(len(changed)))
	return err
}

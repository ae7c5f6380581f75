package main_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/samtykke/samtykke/examples/gjerdrum"
)

// stage is a site with markup of a test's own, on side.localhost, and every
// other *.localhost name as a third party. It notes each request.
type stage struct {
	page string // origin of the pages
	port string

	mu   sync.Mutex
	hits []string
}

// newStage serves pages by path; each gets the script tag first in its head.
func newStage(t *testing.T, script string, pages map[string]string) *stage {
	t.Helper()
	s := &stage{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		host, _, _ := strings.Cut(r.Host, ":")
		if host != "side.localhost" {
			s.mu.Lock()
			s.hits = append(s.hits, host)
			s.mu.Unlock()
			w.Header().Set("Content-Type", "text/javascript")
			_, _ = w.Write([]byte(`document.cookie = 'ran=1; path=/'`))
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		markup := strings.ReplaceAll(pages[r.URL.Path], "PORT", s.port)
		_, _ = fmt.Fprintf(w, `<!doctype html><html lang="nb"><head><script src="%s"></script><title>Side</title></head><body><main><h1>Side</h1>%s</main></body></html>`, script, markup)
	}))
	t.Cleanup(server.Close)
	_, s.port, _ = strings.Cut(strings.TrimPrefix(server.URL, "http://"), ":")
	s.page = "http://side.localhost:" + s.port
	return s
}

// asked gives the third parties that were asked, sorted.
func (s *stage) asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	hosts := slices.Clone(s.hits)
	slices.Sort(hosts)
	return slices.Compact(hosts)
}

// tagManagers stand for those that offer to be loaded before consent.
var tagManagers = []string{
	"www.googletagmanager", "www.google-analytics", "stats.g.doubleclick", "www.clarity", "bat.bing", "connect.facebook",
}

func TestA5NoTagManagerBeforeConsent(t *testing.T) {
	w := demo(t)
	var markup strings.Builder
	for i, name := range tagManagers {
		tag := fmt.Sprintf("http://%s.localhost:PORT/tag.js", name)
		switch i % 3 {
		case 0:
			fmt.Fprintf(&markup, `<script type="text/plain" data-category="statistics" async src="%s"></script>`, tag)
		case 1: // the vendor's loader, which adds the file
			fmt.Fprintf(&markup, `<noembed data-category="statistics"><script>(function(d){var s=d.createElement('script');s.async=true;s.src='%s';d.head.appendChild(s)})(document)</script><noscript><img src="%s"></noscript></noembed>`, tag, tag)
		default:
			fmt.Fprintf(&markup, `<script type="text/html" data-category="statistics"><script src="%s"><\/script><iframe src="%s"></iframe></script>`, tag, tag)
		}
	}
	inEveryEngine(t, func(t *testing.T, p *tab) {
		site := newStage(t, w.Script, map[string]string{"/": markup.String()})
		p.visit(site.page + "/")
		p.asks()
		p.eval(`fetch('/').then((r) => r.text())`, nil)
		if asked := site.asked(); len(asked) > 0 {
			t.Errorf("before consent %v were asked", asked)
		}
		p.accept()
		p.await("the tags", `document.cookie.includes('ran=1')`)
		for end := time.Now().Add(patience); len(site.asked()) < len(tagManagers) && time.Now().Before(end); <-time.After(50 * time.Millisecond) {
		}
		if asked := site.asked(); len(asked) != len(tagManagers) {
			t.Errorf("after consent only %v were asked", asked)
		}
	})
}

func TestA6EmbedsWaitBehindPlaceholders(t *testing.T) {
	w := demo(t)
	inEveryEngine(t, func(t *testing.T, p *tab) {
		w.forgetRequests(t)
		before := len(w.log(t))
		p.visit(w.Page + "/video")
		p.await("the placeholder", placeButton(0)+`?.getBoundingClientRect().width > 0`)
		p.settle()
		w.nothingAsked(t, "behind the placeholder")
		if !p.truth(`[...document.querySelector('[data-samtykke-place]').shadowRoot.querySelectorAll('h2,p,button')].length >= 4`) {
			t.Error("the placeholder lacks title, text or buttons")
		}
		p.pressPlaceButton(0)
		p.await("the film", `document.querySelector('iframe.embed').src.includes('video.localhost') && !document.querySelector('[data-samtykke-place]')`)
		p.await("focus in the film", `document.activeElement === document.querySelector('iframe.embed')`)
		p.await("the film's page", `performance.getEntriesByType('resource').some((e) => e.name.includes('video.localhost'))`)
		once := w.awaitLog(t, before, 1)[0]
		if once.Method != "placeholder_once" || once.Layer != "placeholder" {
			t.Errorf("the record of once is %+v", once)
		}
		p.visit(w.Page + "/video")
		p.await("the placeholder again", placeButton(1)+`?.getBoundingClientRect().width > 0`)
		w.forgetRequests(t)
		p.pressPlaceButton(1)
		p.await("the film", `document.querySelector('iframe.embed').src.includes('video.localhost')`)
		always := w.awaitLog(t, before, 2)[1]
		if always.Method != "placeholder_always" || !always.Choice.Services["marketing/youtube"] {
			t.Errorf("the record of always is %+v", always)
		}
		if asked := w.parties(t); !slices.Equal(asked, []string{"video"}) {
			t.Errorf("a yes to the film asked %v", asked)
		}
		p.visit(w.Page + "/video")
		p.await("the film at once", `document.querySelector('iframe.embed').src.includes('video.localhost')`)
		p.asks() // a yes to the film answers nothing else
	})
}

// placeButton is an expression for a button of the page's first placeholder.
func placeButton(n int) string {
	return fmt.Sprintf(`document.querySelector('[data-samtykke-place]')?.shadowRoot.querySelectorAll('button')[%d]`, n)
}

// pressPlaceButton presses a button of the page's first placeholder.
func (p *tab) pressPlaceButton(n int) {
	p.t.Helper()
	var at struct{ X, Y float64 }
	p.eval(fmt.Sprintf(`new Promise((resolve) => { const e = %s; e.scrollIntoView({ block: 'center', behavior: 'instant' })
		requestAnimationFrame(() => requestAnimationFrame(() => { const r = e.getBoundingClientRect(); resolve({ X: r.x + r.width / 2, Y: r.y + r.height / 2 }) })) })`, placeButton(n)), &at)
	if err := p.browser.click(p.ctx, at.X, at.Y); err != nil {
		p.t.Fatal(err)
	}
}

// inject adds gated content of every kind to the page, as its scripts might.
const inject = `(() => {
	const same = (text) => text
	const trust = window.trust ??= window.trustedTypes?.createPolicy('page', { createHTML: same, createScriptURL: same }) ?? { createHTML: same, createScriptURL: same }
	const made = (tag, attributes) => { const e = document.createElement(tag); for (const n in attributes) e.setAttribute(n, n === 'src' ? trust.createScriptURL(attributes[n]) : attributes[n]); return e }
	const at = 'http://siteimprove.localhost:' + location.port
	const mark = { 'data-category': 'statistics', 'data-service': 'siteimprove-analytics' }
	document.head.append(made('script', { type: 'text/plain', src: at + '/js/siteanalyze_000.js', ...mark }))
	document.body.append(made('img', { 'data-src': at + '/image.aspx', ...mark }), made('iframe', { 'data-src': at + '/image.aspx', ...mark }))
	const box = made('div', {})
	box.innerHTML = trust.createHTML('<noembed data-category="statistics" data-service="siteimprove-analytics"><img src="' + at + '/image.aspx"></noembed>')
	document.body.append(box)
	return true
})()`

func TestA9LateContentIsHeldBack(t *testing.T) {
	w := demo(t)
	inEveryEngine(t, func(t *testing.T, p *tab) {
		w.forgetRequests(t)
		p.visit(w.Page + "/personvern")
		p.eval(inject, nil)
		p.eval(`new Promise((resolve) => setTimeout(() => resolve(`+inject+`), 100))`, nil)
		p.eval(`history.pushState(null, '', '/annen-side')`, nil)
		p.eval(inject, nil)
		p.eval(`new Promise((resolve) => { addEventListener('popstate', resolve, { once: true }); history.back() }).then(() => true)`, nil)
		p.eval(inject, nil)
		p.settle()
		w.nothingAsked(t, "while undecided")
		p.reject()
		p.eval(inject, nil)
		p.settle()
		w.nothingAsked(t, "after a no")
		// The page as the browser kept it for going back.
		p.visit(w.Page + "/sok")
		p.eval(`void setTimeout(() => history.back())`, nil)
		p.await("the page before", `location.pathname === '/personvern' && document.readyState === 'complete'`)
		p.eval(inject, nil)
		p.settle()
		w.nothingAsked(t, "after going back")
		p.eval(`samtykke.open()`, nil)
		p.press("dialog [data-samtykke=accept], dialog .buttons button:nth-child(2)")
		p.await("what waited to start", `document.cookie.includes('nmstat=')`)
		if w.asked(t, gjerdrum.Siteimprove) == 0 {
			t.Error("what was held back never starts")
		}
	})
}

func TestD2WithdrawalWorks(t *testing.T) {
	w := demo(t)
	inEveryEngine(t, func(t *testing.T, p *tab) {
		before := len(w.log(t))
		p.visit(w.Page + "/")
		p.accept()
		p.await("the statistics", `document.cookie.includes('nmstat=')`)
		p.visit(w.Page + "/billetter")
		p.await("analytics", `document.cookie.includes('_ga=')`)
		// The same names in every scope that a vendor may have chosen.
		p.eval(`['/', '/billetter', '/billetter/'].forEach((path) => ['', '; domain=' + location.hostname].forEach((domain) => ['_ga', '_gat_UA-1', 'NMSTAT', 'siteimproveses'].forEach((name) => {
			document.cookie = name + '=x; max-age=9999; path=' + path + domain
		})))`, nil)
		p.eval(`window.__old = 1`, nil)
		p.press("[data-samtykke=withdraw]")
		p.await("the reload that ends what runs", `!window.__old && document.readyState === 'complete' && window.samtykke`)
		clean := func(where string) {
			for name := range p.cookies() {
				if name != answerCookie {
					t.Errorf("%s: %s is still there", where, name)
				}
			}
		}
		clean("after the withdrawal")
		p.settle()
		w.forgetRequests(t)
		for _, path := range []string{"/billetter", "/", "/video", "/kart"} {
			p.visit(w.Page + path)
			p.settle()
			clean(path)
		}
		w.nothingAsked(t, "after withdrawal")
		if _, ok := p.browser.(*chromium); ok {
			for _, cookie := range p.cookieStore() {
				if strings.Contains(cookie.Domain, "kommune.localhost") && cookie.Name != answerCookie && !necessaryHere(cookie.Name) {
					t.Errorf("the municipality's server still gets %s", cookie.Name)
				}
			}
		}
		// D4: the withdrawal is a record of its own, which names the one before.
		made := w.awaitLog(t, before, 2)
		if made[0].State != "given" || made[1].State != "withdrawn" || made[1].Previous != made[0].ID {
			t.Errorf("the log holds %+v", made)
		}
	})
}

// TestN5SiteimproveWaits: neither host is asked, neither cookie written, and
// both go at withdrawal (TestD2WithdrawalWorks looks at them in every engine).
func TestN5SiteimproveWaits(t *testing.T) {
	w := demo(t)
	p := openTab(t, "chromium")
	p.visit(w.Page + "/")
	p.reject()
	for range 4 { // its own banner once took the third page view for a yes
		p.visit(w.Page + "/")
		p.settle()
	}
	if n := w.asked(t, gjerdrum.Siteimprove); n > 0 {
		t.Errorf("Siteimprove was asked %d times after a no", n)
	}
	if kept := p.keeps(); slices.Contains(kept, "cookie nmstat") || slices.Contains(kept, "cookie siteimproveses") {
		t.Errorf("the browser keeps %v", kept)
	}
	p.eval(`samtykke.open()`, nil)
	p.press("dialog .buttons button:nth-child(2)")
	p.await("Siteimprove", `document.cookie.includes('nmstat=') && document.cookie.includes('siteimproveses=')`)
	p.next(func() { p.eval(`samtykke.withdraw()`, nil) })
	p.await("both to go", `!/nmstat|siteimproveses/.test(document.cookie)`)
}

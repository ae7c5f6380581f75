package main_test

import (
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

// replicaPages are all pages of the replica that a visitor can open by address.
var replicaPages = []string{
	"/", "/nn/", "/en/", "/se/", "/video", "/kart", "/chat", "/kommune-tv", "/billetter", "/tilbakemelding",
	"/skjema", "/minside", "/informasjonskapsler", "/personvern", "/sok",
}

// answerCookie is what the banner keeps the answer in.
const answerCookie = "samtykke-gjerdrum"

// settle waits for two frames and for the answer to a request of the page's
// own: whatever the page was about to ask for has been asked for by then.
func (p *tab) settle() {
	p.t.Helper()
	p.eval(`new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
		.then(() => fetch('/static/shield.svg', { cache: 'no-store' })).then((r) => r.text()).then(() => true)`, nil)
}

// nothingAsked fails when a third party has been asked for anything.
func (w *world) nothingAsked(t testing.TB, when string) {
	t.Helper()
	if hits := w.requests(t); len(hits) > 0 {
		t.Errorf("%s, third parties were asked: %+v", when, hits)
	}
}

// parties gives the third parties that were asked for anything, sorted.
func (w *world) parties(t testing.TB) []string {
	t.Helper()
	var hosts []string
	for _, h := range w.requests(t) {
		hosts = append(hosts, strings.TrimSuffix(h.Host, ".localhost"))
	}
	sort.Strings(hosts)
	return slices.Compact(hosts)
}

// keeps lists everything that this origin keeps in the browser and that page
// script can see: "cookie nmstat", "local samtykke-gjerdrum" and so on.
func (p *tab) keeps() []string {
	p.t.Helper()
	var found []string
	p.eval(`(async () => [
		...document.cookie.split('; ').filter(Boolean).map((c) => 'cookie ' + c.split('=')[0]),
		...Object.keys(localStorage).map((k) => 'local ' + k),
		...Object.keys(sessionStorage).map((k) => 'session ' + k),
		...(indexedDB.databases ? await indexedDB.databases() : []).map((d) => 'indexeddb ' + d.name),
		...(window.caches ? await caches.keys() : []).map((k) => 'cache ' + k),
	].sort())()`, &found)
	return found
}

// devtools gives the page as Chromium, for what only its protocol can do.
func (p *tab) devtools() *chromium {
	p.t.Helper()
	c, ok := p.browser.(*chromium)
	if !ok {
		p.t.Fatal("this needs Chromium")
	}
	return c
}

// onNetwork hands on what the page does on the network from here on. The calls
// come one after the other, beside the test.
func (p *tab) onNetwork(hear func(event any)) {
	p.t.Helper()
	c := p.devtools()
	if err := chromedp.Listen(c.ctx, hear); err != nil {
		p.t.Fatal(err)
	}
	if _, err := chromedp.Call(c.ctx, network.Enable, network.EnableParams{}); err != nil {
		p.t.Fatal(err)
	}
}

// cookieStore gives every cookie of the profile, on every host, HttpOnly ones too.
func (p *tab) cookieStore() []*network.Cookie {
	p.t.Helper()
	c := p.devtools()
	all, err := chromedp.CallBrowser(c.ctx, storage.GetCookies, storage.GetCookiesParams{
		BrowserContextID: chromedp.FromContext(c.ctx).BrowserContextID,
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return all.Cookies
}

// beforeEveryPage runs a script in each document, before its own scripts.
func (p *tab) beforeEveryPage(script string) {
	p.t.Helper()
	c := p.devtools()
	if _, err := chromedp.Call(c.ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: script}); err != nil {
		p.t.Fatal(err)
	}
}

// prefer sets a media feature, such as prefers-color-scheme: dark.
func (p *tab) prefer(feature, value string) {
	p.t.Helper()
	_, err := chromedp.Call(p.devtools().ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: feature, Value: value}},
	})
	if err != nil {
		p.t.Fatal(err)
	}
}

// withoutScript turns the page's scripts off; DevTools can look all the same.
func (p *tab) withoutScript() {
	p.t.Helper()
	_, err := chromedp.Call(p.devtools().ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	if err != nil {
		p.t.Fatal(err)
	}
}

// accept and reject press the banner's buttons and wait until it has gone.
func (p *tab) accept() { p.t.Helper(); p.press("[data-samtykke=accept]"); p.gone() }
func (p *tab) reject() { p.t.Helper(); p.press("[data-samtykke=reject]"); p.gone() }

// gone waits until the first layer no longer stands.
func (p *tab) gone() {
	p.t.Helper()
	p.await("the banner to go", "!"+deep("[data-samtykke=accept]"))
}

// asks waits until the first layer stands.
func (p *tab) asks() {
	p.t.Helper()
	p.await("the banner", deep("[data-samtykke=accept]")+"?.getBoundingClientRect().height > 0")
}

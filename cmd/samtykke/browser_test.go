package main_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"
)

// browser is one page of a real browser with a fresh profile. Every engine
// gives the same few primitives; clicks and keys are trusted input.
type browser interface {
	// visit opens an address and returns when the page has loaded.
	visit(ctx context.Context, url string) error
	// eval gives the JSON of an expression; a promise is awaited.
	eval(ctx context.Context, expression string) (json.RawMessage, error)
	// click presses the main mouse button at a point of the viewport.
	click(ctx context.Context, x, y float64) error
	// key presses one key: a character, "Tab", "Enter", "Escape" or " ".
	key(ctx context.Context, key string) error
	// resize sets the viewport's size in CSS pixels.
	resize(ctx context.Context, width, height int) error
	close()
}

// tab is a browser in a test: any failure ends the test.
type tab struct {
	t       testing.TB
	ctx     context.Context
	browser browser
}

// patience is how long a page may take to do what it was asked to. It bounds
// a broken run; nothing passes or fails by how fast it is.
const patience = 2 * time.Minute

// engines are the browsers that gating is proven in.
var engines = map[string]func(t testing.TB) browser{
	"chromium": newChromium,
	"firefox":  newFirefox,
	"webkit":   newWebKit,
}

// openTab starts a browser of an engine with a fresh profile.
func openTab(t testing.TB, engine string) *tab {
	t.Helper()
	b := engines[engine](t)
	t.Cleanup(b.close)
	return &tab{t: t, ctx: t.Context(), browser: b}
}

// inEveryEngine runs a test in real Chromium, Firefox and WebKit.
func inEveryEngine(t *testing.T, test func(t *testing.T, page *tab)) {
	t.Helper()
	for _, engine := range []string{"chromium", "firefox", "webkit"} {
		t.Run(engine, func(t *testing.T) { test(t, openTab(t, engine)) })
	}
}

func (p *tab) visit(url string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := p.browser.visit(ctx, url); err != nil {
		p.t.Fatalf("visit %s: %v", url, err)
	}
}

// eval evaluates an expression and decodes its value into out, which may be nil.
func (p *tab) eval(expression string, out any) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	raw, err := p.browser.eval(ctx, expression)
	if err != nil {
		p.t.Fatalf("eval %s: %v", expression, err)
	}
	if out == nil {
		return
	}
	if err := json.Unmarshal(raw, out); err != nil {
		p.t.Fatalf("eval %s gave %s: %v", expression, raw, err)
	}
}

func (p *tab) text(expression string) string {
	p.t.Helper()
	var s *string
	p.eval(expression, &s)
	if s == nil {
		return ""
	}
	return *s
}

func (p *tab) truth(expression string) bool {
	p.t.Helper()
	var b bool
	p.eval("!!("+expression+")", &b)
	return b
}

// await waits until an expression is true, also while pages come and go: one
// that is being left answers with an error, or not at all.
func (p *tab) await(what, expression string) {
	p.t.Helper()
	look := "!!(" + expression + ")"
	for end := time.Now().Add(patience); ; <-time.After(20 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(p.ctx, patience/3)
		answer, err := p.browser.eval(ctx, look)
		cancel()
		if err == nil && string(answer) == "true" {
			return
		}
		if time.Now().After(end) {
			p.t.Fatalf("waited in vain for %s: %s gives %s, %v\nbanner: %s", what, expression, answer, err, p.text(bannerText))
		}
	}
}

// deep is a JavaScript expression for the first visible-or-not element that
// matches a selector, in the banner's shadow root first, then in the page.
func deep(selector string) string {
	return fmt.Sprintf(`((s) => {
		const roots = [...document.querySelectorAll('#samtykke, [data-samtykke="declaration"], [data-samtykke-place]')].map((h) => h.shadowRoot).filter(Boolean)
		for (const r of [...roots, document]) { const e = r.querySelector(s); if (e) return e }
		return null
	})(%q)`, selector)
}

// bannerText is everything that the banner says, or nothing when it is away.
const bannerText = `(document.querySelector('#samtykke')?.shadowRoot?.textContent ?? '').slice(0, 2000)`

// press scrolls an element into view and clicks its middle with the mouse.
func (p *tab) press(selector string) {
	p.t.Helper()
	p.await("an element to press", deep(selector)+`?.getBoundingClientRect().width > 0`)
	var at struct{ X, Y float64 }
	p.eval(fmt.Sprintf(`new Promise((resolve) => {
		const e = %s
		e.scrollIntoView({ block: 'center', behavior: 'instant' })
		requestAnimationFrame(() => requestAnimationFrame(() => {
			const r = e.getBoundingClientRect()
			resolve({ X: r.x + r.width / 2, Y: r.y + r.height / 2 })
		}))
	})`, deep(selector)), &at)
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := p.browser.click(ctx, at.X, at.Y); err != nil {
		p.t.Fatalf("press %s: %v", selector, err)
	}
}

func (p *tab) key(key string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := p.browser.key(ctx, key); err != nil {
		p.t.Fatalf("key %s: %v", key, err)
	}
}

func (p *tab) resize(width, height int) {
	p.t.Helper()
	if err := p.browser.resize(p.ctx, width, height); err != nil {
		p.t.Fatalf("resize: %v", err)
	}
}

// cookies gives the cookies that page script can see, by name.
func (p *tab) cookies() map[string]string {
	p.t.Helper()
	jar := map[string]string{}
	p.eval(`Object.fromEntries(document.cookie.split('; ').filter(Boolean).map((c) => [c.split('=')[0], c.slice(c.indexOf('=') + 1)]))`, &jar)
	return jar
}

// shown says whether the first layer stands on the page.
func (p *tab) shown() bool {
	p.t.Helper()
	return p.truth(deep("[data-samtykke=accept]") + `?.getBoundingClientRect().height > 0`)
}

package main_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestEngines shows that the three engines are real and take trusted input.
func TestEngines(t *testing.T) {
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(`<!doctype html><title>x</title><button id=b onclick="this.dataset.n = event.isTrusted">press</button>`))
	}))
	defer page.Close()
	inEveryEngine(t, func(t *testing.T, p *tab) {
		p.visit(page.URL)
		p.press("#b")
		p.await("a trusted click", `document.getElementById('b').dataset.n === 'true'`)
		p.eval(`document.cookie = 'left=over'`, nil)
		p.key("Tab")
		t.Log(p.text(`navigator.userAgent`))
	})
}

// TestFreshProfile shows that a page of one test knows nothing of another's.
func TestFreshProfile(t *testing.T) {
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("x")) }))
	defer page.Close()
	inEveryEngine(t, func(t *testing.T, p *tab) {
		p.visit(page.URL)
		p.eval(`document.cookie = 'left=over; max-age=1000'`, nil)
		second := &tab{t: t, ctx: t.Context(), browser: engineOf(p)(t)}
		t.Cleanup(second.browser.close)
		second.visit(page.URL)
		if jar := second.cookies(); len(jar) != 0 {
			t.Errorf("a fresh profile has cookies: %v", jar)
		}
	})
}

// engineOf gives the maker of another page of the same engine.
func engineOf(p *tab) func(t testing.TB) browser {
	switch p.browser.(type) {
	case *firefox:
		return newFirefox
	case *webkit:
		return newWebKit
	}
	return newChromium
}

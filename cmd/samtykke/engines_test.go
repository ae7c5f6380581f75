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
		p.key("Tab")
		t.Log(p.text(`navigator.userAgent`))
	})
}

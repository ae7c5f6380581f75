package main_test

import (
	"strings"
	"testing"
)

// refusedHere is a JavaScript expression for what the page's policy has refused since
// it began to load.
const refusedHere = `new Promise((done) => {
	const watch = new ReportingObserver((reports) => done(reports.map(({ body }) => body.effectiveDirective + ' ' + body.blockedURL).join(', ')), { buffered: true, types: ['csp-violation'] })
	watch.observe()
	setTimeout(() => done(''))
})`

// TestDemoKeepsToItsPolicy: the replica's pages stand under a strict policy with
// Trusted Types, whatever the visitor has answered, and nothing on them is against it.
func TestDemoKeepsToItsPolicy(t *testing.T) {
	w := newWorld(t)
	p := openTab(t, "chromium")
	walk := func(when string) {
		t.Helper()
		for _, path := range strings.Fields("/ /kart /video /chat /kommune-tv /informasjonskapsler /personvern /skjema /billetter /tilbakemelding /en/") {
			p.visit(strings.TrimSuffix(w.Page, "/") + path)
			p.await("what waits for the parts", `document.readyState === 'complete' && [...document.querySelectorAll('iframe[data-src]')].every((frame) => frame.src || frame.previousElementSibling?.shadowRoot)`)
			p.eval(`[...document.querySelectorAll('[data-samtykke-place]')].forEach((place) => place.shadowRoot.querySelector('[data-samtykke=always]')?.click())`, nil)
			p.await("what was asked for in place", `[...document.querySelectorAll('iframe[data-src]')].every((frame) => frame.src)`)
			p.eval(`fetch('/static/now.js')`, nil)
			if refused := p.text(refusedHere); refused != "" {
				t.Errorf("%s, %s: against the policy: %s", when, path, refused)
			}
		}
	}
	walk("before an answer")
	p.visit(w.Page)
	p.accept()
	walk("after a yes")
	p.eval(`document.head.append(Object.assign(document.createElement('style'), { textContent: 'h1 { color: red }' }))`, nil)
	if refused := p.text(refusedHere); !strings.Contains(refused, "style-src-elem inline") {
		t.Errorf("what is against the policy was not seen: %q", refused)
	}
}

package main_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestPartsAreTriedAgain: a part that the network has lost is asked for again, by the
// next press or the next content, though browsers remember the address that failed.
func TestPartsAreTriedAgain(t *testing.T) {
	for _, engine := range everyEngine {
		t.Run(engine, func(t *testing.T) {
			runCases(t, []string{engine}, []trialCase{{41, "parts are tried again", func(c *caseOn) {
				c.showFront(videoFrame + gated)
				c.front.drop(func(r *http.Request) bool { return strings.Count(r.URL.Path, ".") > 1 })
				defer c.front.drop(nil)
				c.eval("localStorage.clear()", nil)
				c.visit(c.at("/"))
				c.lost("place")
				c.press("[data-samtykke=open]")
				c.lost("panel")
				c.eval(`document.body.insertAdjacentHTML('beforeend', trusted('<noembed data-category="statistics"><p id="lost">lost</p></noembed>'))`, nil)
				c.choose("accept")
				c.lost("rest")
				c.front.drop(nil)
				c.await("the placeholder after a change", `(document.body.append(''), `+videoPlace+`?.offsetHeight > 0)`)
				c.await("a block that comes later", `document.getElementById('found') || void document.body.insertAdjacentHTML('beforeend', trusted('<noembed data-category="statistics"><p id="found">found</p></noembed>'))`)
				c.await("the panel after a press", `(document.querySelector('#samtykke').shadowRoot.querySelector('[data-samtykke=open]')?.click(), `+deep("dialog")+`?.open)`)
			}}})
		})
	}
}

// lost waits until a part was asked for in vain.
func (c *caseOn) lost(part string) {
	c.t.Helper()
	for end := time.Now().Add(patience); !c.wasAsked("/trial/" + part + "."); <-time.After(20 * time.Millisecond) {
		if time.Now().After(end) {
			c.t.Fatalf("the part %q was never asked for", part)
		}
	}
}

package main_test

import (
	"fmt"
	"testing"
)

// TestNeverOnThesePages: a service that the site file keeps off some pages is not
// asked there, whatever the visitor has said, and goes on everywhere else.
func TestNeverOnThesePages(t *testing.T) {
	site := newTrial(t, "  - key: counter\n", "  - key: counter\n    never_on: [/min-side/, /s%C3%B8k]\n",
		"  - key: video\n", "  - key: video\n    never_on: [/min-side/]\n")
	const body = gated + `<iframe title="Film" data-category="marketing" data-service="video" data-src="{third}/frame.html"></iframe>`
	const film = "document.querySelector('iframe').src"
	for _, engine := range everyEngine {
		t.Run(engine, func(t *testing.T) {
			c := &caseOn{tab: openTab(t, engine), trial: site, T: t, host: fmt.Sprintf("never-%s.trial.localhost", engine)}
			for _, path := range []string{"/min-side/", "/min-side/post", "/søk", "/om/min-side/"} {
				c.put(path, body)
			}
			c.visit(c.put("/", body))
			c.choose("accept")
			c.eval("samtykke.grant('video')", nil)
			c.awaitAsked("frame.html")
			c.wantOrder("ads", "count")
			c.wantAsked("count.js", "frame.html")
			for _, path := range []string{"/min-side/post", "/min-side/"} {
				c.visit(c.at(path))
				c.eval("samtykke.grant('video')", nil)
				c.wantOrder("ads")
				c.want("no placeholder for what no press would bring", "!document.querySelector('[data-samtykke-place]')")
			}
			c.wantAsked("count.js", "frame.html")
			c.visit(c.at("/s%C3%B8k"))
			c.await("the film", film)
			c.wantOrder("ads")
			c.wantAsked("count.js", "frame.html", "frame.html")
			c.visit(c.at("/om/min-side/"))
			c.await("the film", film)
			c.await("both scripts", "order.length === 2")
			c.wantAsked("count.js", "count.js", "frame.html", "frame.html", "frame.html")
		})
	}
}

package main_test

import (
	"strings"
	"testing"
)

// TestForeignAddressIsTold: a page at an address that is none of the site's follows the
// answer, says why it is not recorded and where to mend that, and is counted. When the
// address has been added, what waits is recorded.
func TestForeignAddressIsTold(t *testing.T) {
	site := newTrial(t)
	c := &caseOn{tab: openTab(t, "chromium"), trial: site, T: t, host: "foreign.localhost"}
	page := `<!doctype html><html lang="nb"><head>` + first + `<script>window.warned = []; console.warn = (...said) => warned.push(said.join(' '))</script>
<script src="{script}"></script></head><body><h1>Page</h1>` + gated + `</body></html>`
	c.visit(c.putRaw("/", page, nil))
	c.choose("accept")
	c.await("the scripts", "order.length === 2")
	c.await("word of it", `warned.some((one) => one.startsWith('Samtykke: ' + location.origin + ' is not among the addresses of this site: add it under Settings > Addresses'))`)
	c.want("the answer waits", "Object.keys(JSON.parse(localStorage['"+own+"']).queue).length === 1")
	if n := len(site.decisions(t)); n != 0 {
		t.Errorf("%d decisions recorded", n)
	}
	if found := must(t, "findings", "trial", "--json", "--data", site.data); !strings.Contains(found, `"foreign"`) || !strings.Contains(found, `"http://foreign.localhost:`+site.port+`"`) {
		t.Errorf("found %s", found)
	}
	site.republish(t, "[ORIGINS]", `["http://foreign.localhost:`+site.port+`"]`, "heading_level: 3", "heading_level: 2")
	c.visit(c.at("/"))
	c.await("nothing waiting", "!Object.keys(JSON.parse(localStorage['"+own+"']).queue).length")
	if all := c.awaitDecisions(0, 1); all[0].Method != "accept_all" {
		t.Errorf("recorded %v", all)
	}
	c.want("nothing to tell any more", "!warned.some((one) => one.includes('not among'))")
}

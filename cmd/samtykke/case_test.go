package main_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// trialCase is one numbered case. The numbers are kept: see caseTable.
type trialCase struct {
	number int
	what   string
	test   func(c *caseOn)
}

// caseOn is a case on a host of its own.
type caseOn struct {
	*tab
	*trial
	T      *testing.T
	host   string
	strict bool // see keepsToPolicy
}

// runCases runs cases one after another in a page of each engine.
func runCases(t *testing.T, engines []string, cases []trialCase) {
	t.Helper()
	site := sharedTrial(t)
	for _, engine := range engines {
		t.Run(engine, func(t *testing.T) {
			shared := openTab(t, engine)
			for i, one := range cases {
				t.Run(fmt.Sprintf("%02d %s", one.number, one.what), func(t *testing.T) {
					one.test(&caseOn{
						tab: &tab{t: t, ctx: t.Context(), browser: shared.browser}, trial: site, T: t,
						host: fmt.Sprintf("c%d-%d-%s.trial.localhost", one.number, i, engine),
					})
				})
			}
		})
	}
}

var (
	everyEngine = []string{"chromium", "firefox", "webkit"}
	oneEngine   = []string{"chromium"}
)

// first is what every page of a case begins with: it notes what goes wrong, and makes
// of texts what a policy lets through.
const first = `<meta charset="utf-8"><title>Page</title><script{nonce}>
window.faults = []
window.order = []
function ran(name) { order.push(name) }
addEventListener('error', (e) => faults.push(e.message || 'error'))
addEventListener('unhandledrejection', (e) => faults.push(String(e.reason)))
document.addEventListener('securitypolicyviolation', (e) => faults.push(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample))
function trusted(text, made = 'createHTML') {
	if (!window.trustedTypes) return text
	window.trusting ??= trustedTypes.createPolicy('page', { createHTML: (text) => text, createScript: (text) => text, createScriptURL: (text) => text })
	return trusting[made](text)
}
</script>`

// fill puts the addresses of the trial into markup. {third} is a folder of this
// case at a third party.
func (c *caseOn) fill(html string) string {
	return strings.NewReplacer(
		"{script}", c.script, "{third}", "http://third.localhost:"+c.port+c.folder(), "{front}", "http://front.localhost:"+c.port+"/trial.js", "{nonce}", "",
	).Replace(html)
}

// folder is where this case's things are at third parties.
func (c *caseOn) folder() string { return "/" + strings.TrimSuffix(c.host, ".trial.localhost") }

// at gives the address of a path on the case's host.
func (c *caseOn) at(path string) string { return "http://" + c.host + ":" + c.port + path }

// put writes a page with the script first and gives its address.
func (c *caseOn) put(path, body string) string {
	return c.putRaw(path, `<!doctype html><html lang="nb"><head>`+first+`<script src="{script}"></script></head><body><h1>Page</h1>`+body+`</body></html>`, nil)
}

// putRaw writes a whole page.
func (c *caseOn) putRaw(path, html string, header map[string]string) string {
	html, header = c.strictly(c.fill(html), header)
	c.write(c.host+path, html, header)
	return c.at(path)
}

// show writes a page and opens it.
func (c *caseOn) show(body string) {
	c.t.Helper()
	c.visit(c.put("/", body))
}

// settle returns when everything that the page was going to do by itself has
// happened: it is loaded, drawn, and has had an answer from the network.
func (c *caseOn) settle() {
	c.t.Helper()
	c.await("the page to load", `document.readyState === 'complete'`)
	c.eval(`fetch('/marker').then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))))`, nil)
}

// wantAsked fails unless third parties were asked for exactly these things.
func (c *caseOn) wantAsked(want ...string) {
	c.t.Helper()
	slices.Sort(want)
	if got := c.asked(c.folder() + "/"); !slices.Equal(got, append([]string{}, want...)) {
		c.t.Errorf("third parties were asked for %q, want %q", got, want)
	}
}

// wantOrder waits until as many scripts ran as are named and checks their order.
func (c *caseOn) wantOrder(want ...string) {
	c.t.Helper()
	if got := c.ran(want...); !slices.Equal(got, append([]string{}, want...)) {
		c.t.Errorf("scripts ran: %q, want %q", got, want)
	}
}

// wantRan wants that just these scripts ran, in whatever order: where one of them
// comes over the network, the other waits for nothing.
func (c *caseOn) wantRan(want ...string) {
	c.t.Helper()
	got := c.ran(want...)
	if !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) {
		c.t.Errorf("scripts ran: %q, want %q in any order", got, want)
	}
}

// ran waits for as many scripts as are wanted, and gives what ran.
func (c *caseOn) ran(want ...string) []string {
	c.t.Helper()
	c.await("scripts to run: "+strings.Join(want, " "), fmt.Sprintf("order.length >= %d", len(want)))
	c.settle()
	var got []string
	c.eval("order", &got)
	return got
}

// wantNoFaults fails when anything went wrong in the page.
func (c *caseOn) wantNoFaults() {
	c.t.Helper()
	var faults []string
	c.eval("faults", &faults)
	if len(faults) > 0 {
		c.t.Errorf("in the page went wrong: %q", faults)
	}
}

func (c *caseOn) want(what, expression string) {
	c.t.Helper()
	if !c.truth(expression) {
		c.t.Errorf("not %s: %s", what, expression)
	}
}

// choose presses one of the banner's buttons and waits until the answer stands.
func (c *caseOn) choose(action string) {
	c.t.Helper()
	c.press("[data-samtykke=" + action + "]")
	c.await("the answer", "samtykke.get().answered")
	c.settle()
}

// withdraw takes everything back, and waits for the reload that follows when
// something has run.
func (c *caseOn) withdraw(reloads bool) {
	c.t.Helper()
	press := func() { c.press("[data-samtykke=withdraw]") }
	if reloads {
		c.next(press)
	} else {
		press()
	}
	c.await("no consent", `!JSON.stringify(samtykke.get()).includes('"statistics":true') && !Object.values(samtykke.get().services).includes(true)`)
	c.settle()
}

// own is the name of the banner's cookie and storage.
const own = "samtykke-trial"

// decisions gives the log of the site, oldest first.
func (s *trial) decisions(t *testing.T) []record {
	t.Helper()
	var all []record
	lines := bufio.NewScanner(strings.NewReader(must(t, "log", "export", "trial", "--format", "jsonl", "--data", s.data)))
	for lines.Scan() {
		var one record
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	return all
}

// awaitDecisions waits until the log holds a number of decisions more than
// before, and gives the new ones.
func (c *caseOn) awaitDecisions(before, more int) []record {
	c.t.Helper()
	end := time.Now().Add(patience)
	for {
		all := c.decisions(c.T)
		if len(all) >= before+more {
			return all[before:]
		}
		if time.Now().After(end) {
			c.t.Fatalf("the log has %d decisions, not %d", len(all), before+more)
		}
		<-time.After(100 * time.Millisecond)
	}
}

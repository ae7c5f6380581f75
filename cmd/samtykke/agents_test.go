package main_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"testing"
)

// TestConsentAgents: visitors who let a program refuse for them get what they
// asked for. Nothing is sent to anyone, and the refusal stays.
func TestConsentAgents(t *testing.T) {
	runCases(t, oneEngine, []trialCase{
		{0, "Consent-O-Matic's rule leads to the refusal", refusedByConsentOMatic},
		{0, "whoever reads texts and buttons can refuse", refusedByReading},
		{0, "DuckDuckGo autoconsent refuses", refusedByAutoconsent}, // last: it stays in the tab
	})
}

// refused says that a page on which an agent has acted is refused, now and later.
func (c *caseOn) refused() {
	c.t.Helper()
	c.gone()
	c.settle()
	c.delivered("reject_all")
	c.visit(c.at("/"))
	c.settle()
	c.want("a refusal that stays", `samtykke.get().answered && !Object.values(samtykke.get().services).includes(true)`)
	if c.shown() {
		c.t.Error("the next page asks again")
	}
	c.want("nothing to run", "order.join() === ''")
	c.wantAsked()
	c.wantNoFaults()
}

// putInFront writes a page whose decisions can be counted.
func (c *caseOn) putInFront() string {
	return c.putRaw("/", `<!doctype html><html lang="nb"><head>`+first+`<script src="{front}"></script></head><body><h1>Page</h1>`+gated+`</body></html>`, nil)
}

// agent runs autoconsent in every page with the given rule alone, as a browser
// that has it built in does, and notes what it reports.
func agent(t *testing.T, rule string) string {
	t.Helper()
	script, err := os.ReadFile("../../banner/node_modules/@duckduckgo/autoconsent/dist/autoconsent.cjs.js")
	if err != nil {
		t.Fatalf("autoconsent is not installed (run npm ci in banner/): %v", err)
	}
	return `(() => {
const module = { exports: {} };
(function (exports) {` + string(script) + `})(module.exports)
window.reported = []
window.agent = new module.exports.default(async (message) => { reported.push(message) },
  { enabled: true, autoAction: 'optOut', enablePrehide: true, enableHeuristicDetection: false, detectRetries: 20, isMainWorld: true, disabledCmps: [] },
  { autoconsent: [` + rule + `] })
})()`
}

func refusedByAutoconsent(c *caseOn) {
	address := c.putInFront()
	c.beforeEveryPage(agent(c.T, readFile(c.T, "../../examples/agents/autoconsent.json")))
	c.visit(address)
	said := func(message string) string {
		return fmt.Sprintf(`reported.some((m) => m.cmp === 'samtykke' && %s)`, message)
	}
	c.await("the agent to find the banner", said(`m.type === 'popupFound'`))
	c.await("the agent to refuse", said(`m.type === 'optOutResult' && m.result`))
	c.await("the agent to be done", said(`m.type === 'autoconsentDone'`))
	c.want("what the agent was to hide, and has, undone", `getComputedStyle(document.body).opacity === '1'`)
	c.eval(`agent.receiveMessageCallback({ type: 'selfTest' })`, nil)
	c.await("the agent to be content", said(`m.type === 'selfTestResult' && m.result`))
	c.refused()
	c.want("nothing for the agent to do any more", `!reported.some((m) => m.type === 'popupFound')`)
}

// selected follows a rule of Consent-O-Matic to its element: in the shadow root of
// the parent, when it has one.
const selected = `(({ parent, target }) => {
	const top = parent ? document.querySelector(parent.selector) : document
	const found = top && (top.shadowRoot ?? top).querySelector(target.selector)
	return found && !(target.displayFilter && found.offsetHeight === 0) ? found : null
})`

func refusedByConsentOMatic(c *caseOn) {
	var rules map[string]struct {
		Detectors []struct{ PresentMatcher, ShowingMatcher []json.RawMessage }
		Methods   []struct {
			Name   string
			Action json.RawMessage
		}
	}
	if err := json.Unmarshal([]byte(readFile(c.T, "../../examples/agents/consent-o-matic.json")), &rules); err != nil {
		c.T.Fatal(err)
	}
	rule := rules["samtykke"]
	if len(rule.Detectors) != 1 || len(rule.Methods) != 1 || rule.Methods[0].Name != "DO_CONSENT" {
		c.T.Fatalf("the rule is %+v", rule)
	}
	c.visit(c.putInFront())
	c.asks()
	matchers := slices.Concat(rule.Detectors[0].PresentMatcher, rule.Detectors[0].ShowingMatcher)
	for _, matcher := range matchers {
		c.want("found", selected+"("+string(matcher)+") !== null")
	}
	c.eval(selected+"("+string(rule.Methods[0].Action)+").click()", nil)
	c.refused()
	c.want("nothing to be found any more", selected+"("+string(matchers[len(matchers)-1])+") === null")
}

// refusedByReading: whoever knows nothing of us and reads what can be seen finds
// one button that refuses, in plain words, and nothing of the question is in
// the layout any more when it was pressed: an agent looks at once, without a wait.
func refusedByReading(c *caseOn) {
	c.visit(c.putInFront())
	c.asks()
	var labels []string
	c.eval(`(() => {
		const all = (root) => [...root.querySelectorAll('*')].flatMap((e) => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])])
		window.refusals = all(document).filter((e) => e.matches('button, [role=button], input[type=button]') && e.offsetHeight > 0
			&& /^(avvis|avslå|nei|bare nødvendige|kun nødvendige)(\s|,|$)/i.test(e.textContent.trim()))
		return refusals.map((e) => e.textContent.trim())
	})()`, &labels)
	if len(labels) != 1 {
		c.T.Fatalf("the page has these buttons that refuse: %q", labels)
	}
	c.want("gone at once", `(() => {
		const question = refusals[0].closest('section')
		refusals[0].click()
		return refusals[0].offsetHeight === 0 && question.offsetHeight === 0
	})()`)
	c.refused()
}

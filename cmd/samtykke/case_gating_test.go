package main_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestCasesC are the cases of gating, in every engine.
func TestCasesC(t *testing.T) {
	runCases(t, everyEngine, []trialCase{
		{27, "inline, external, module and json", case27},
		{28, "attributes are kept", case28},
		{29, "order among ordered scripts, async ones do not wait", case29},
		{30, "failing, blocked and hanging scripts stop nothing", case30},
		{31, "runs once, also after withdrawal and new consent", case31},
		{31, "a refusal script runs once without a reload", case31Refusal},
		{32, "refusal scripts run on refusal only", case32},
		{33, "unknown category stays asleep and is reported", case33},
		{34, "elements added at any time", case34},
		{35, "block with several children keeps its order", case35},
		{36, "nested containers", case36},
		{36, "what a page clones from a template", case36Clone},
		{36, "a service without its category", case36Alone},
		{36, "markup that is not held back is reported", case36Report}, // so is case 110
		{37, "every kind of element", case37},
		{38, "no request to third parties before consent", case38},
		{39, "two copies of the script", case39}, // case 107 is the same
		{108, "put away for going back", case108},
		{109, "a router swaps the body", case109},
		{42, "started when the page has been read", case42},
		{43, "strict policy with nonce", case43},
		{44, "Trusted Types", case44},
	})
}

func case27(c *caseOn) {
	c.show(`<script type="text/plain" data-category="statistics" data-service="counter">ran('inline')</script>
<script type="text/plain" data-category="statistics" src="{third}/ext.js"></script>
<script type="text/plain" data-type="module" data-category="statistics" src="{third}/mod.js"></script>
<script type="text/plain" data-type="module" data-category="marketing">ran('modular'); ran(import.meta ? 'meta' : '')</script>
<script type="text/plain" data-type="application/json" id="data" data-category="statistics">{"a": 1}</script>`)
	c.settle()
	c.wantOrder()
	c.choose("accept")
	c.await("five runs", "order.length >= 5")
	c.want("each of them", `[...order].sort().join() === 'ext,inline,meta,mod,modular'`)
	c.want("data as data", `document.getElementById('data').type === 'application/json' && JSON.parse(document.getElementById('data').text).a === 1`)
	c.wantAsked("ext.js", "mod.js")
	c.wantNoFaults()
}

func case28(c *caseOn) {
	c.show(`<script type="text/plain" data-category="statistics" data-more="kept" id="kept" class="x" nonce="abc" crossorigin="anonymous"
 referrerpolicy="no-referrer" integrity="` + integrity("whole") + `" src="{third}/whole.js"></script>
<script type="text/plain" data-category="statistics" data-service="survey" crossorigin integrity="` + integrity("other") + `" src="{third}/forged.js"></script>`)
	c.settle()
	c.eval("window.element = document.getElementById('kept')", nil)
	c.choose("accept")
	c.wantOrder("whole")
	c.want("the same element", `document.getElementById('kept') === element && element.parentNode === document.body`)
	c.want("every attribute", `element.dataset.more === 'kept' && element.className === 'x' && element.nonce === 'abc' && element.crossOrigin === 'anonymous' &&
		element.referrerPolicy === 'no-referrer' && element.integrity.startsWith('sha384-') && element.dataset.category === 'statistics'`)
	if header := c.header(c.folder() + "/whole.js"); header.Get("Referer") != "" || header.Get("Origin") == "" {
		c.t.Errorf("asked with %v", header)
	}
	c.wantAsked("whole.js", "forged.js")
}

func case29(c *caseOn) {
	c.show(`<script>window.warned = []; console.warn = (...said) => warned.push(said.join(' '))</script>
<script type="text/plain" data-category="statistics" src="{third}/after-free/one.js"></script>
<script type="text/plain" data-category="statistics">ran('two'); document.write(trusted('<p>')); document.writeln(trusted('<p>'))</script>
<script type="text/plain" data-category="statistics" src="{third}/three.js"></script>
<script type="text/plain" data-category="statistics" async src="{third}/told/free.js"></script>`)
	c.choose("accept")
	c.wantOrder("free", "one", "two", "three")
	c.want("the page still there, whatever a script writes", `document.querySelectorAll('script[data-category]').length === 4`)
	c.want("the editor told what is not shown", `warned.filter((one) => one === 'Samtykke: <p>').length === 2`)
}

func case30(c *caseOn) {
	c.show(`<script type="text/plain" data-category="functional" src="{third}/hang.js"></script>
<script type="text/plain" data-category="functional">ran('after a hanging one')</script>
<script type="text/plain" data-category="statistics" src="{third}/missing.js"></script>
<script type="text/plain" data-category="statistics" src="http://nowhere.invalid/x.js"></script>
<script type="text/plain" data-category="statistics">throw new Error('thrown by the page')</script>
<script type="text/plain" data-category="statistics">ran('after failing ones')</script>
<script type="text/plain" data-category="marketing">ran('of another service')</script>`)
	c.choose("accept")
	c.await("every other script", "order.length === 3")
	c.want("the hanging one last", `order[2] === 'after a hanging one'`)
	c.want("answered", "samtykke.get().answered")
}

func case31(c *caseOn) {
	body := gated + `<script type="text/plain" data-category="statistics" id="moved">ran('moved')</script>`
	c.show(body)
	c.choose("accept")
	c.await("three runs", "order.length === 3")
	c.eval(`document.body.append(document.getElementById('moved'))`, nil)
	c.eval(`samtykke.grant('map')`, nil)
	c.settle()
	c.want("not run again", "order.length === 3")
	c.withdraw(true)
	c.want("nothing after withdrawal", "order.length === 0")
	c.eval(`samtykke.open()`, nil)
	c.press("dialog [data-samtykke=accept]")
	c.await("three runs after new consent", "order.length === 3")
	c.settle()
	c.want("once each", "new Set(order).size === 3 && order.length === 3")
	c.wantAsked("count.js", "count.js")
}

func case32(c *caseOn) {
	c.show(gated + `<script type="text/plain" data-category="!statistics">ran('refused')</script>
<script type="text/plain" data-category="!marketing" data-service="ads" src="{third}/sorry.js"></script>`)
	c.settle()
	c.wantOrder()
	c.wantAsked()
	c.choose("reject")
	c.await("refusal scripts", "order.length === 2")
	c.wantAsked("sorry.js")
	c.eval("window.before = true", nil)
	c.press("[data-samtykke=open]")
	c.press("dialog [data-samtykke=accept]")
	c.await("the answer", "samtykke.get().categories.marketing || !window.before")
	c.settle()
	c.visit(c.at("/"))
	c.await("consented parts", "order.length >= 2")
	c.settle()
	c.want("no refusal", "[...order].sort().join() === 'ads,count'")
}

func case33(c *caseOn) {
	c.show(`<script type="text/plain" data-category="mystery" src="{third}/mystery.js"></script>
<script type="text/plain" data-category="statistics" data-service="nobody">ran('nobody')</script>
<iframe data-category="__proto__" data-src="{third}/frame.html"></iframe>` + gated)
	c.choose("accept")
	c.await("known scripts", "order.length === 2")
	c.settle()
	c.want("unknown ones asleep", "order.length === 2")
	c.wantAsked("count.js")
	for end := time.Now().Add(patience); ; <-time.After(100 * time.Millisecond) {
		found := must(c.T, "findings", "trial", "--json", "--data", c.data)
		if strings.Contains(found, `"mystery/"`) && strings.Contains(found, `"statistics/nobody"`) {
			return
		}
		if time.Now().After(end) {
			c.t.Fatalf("the findings are only %s", found)
		}
	}
}

// added puts scripts into the page in every way that scripts do.
const added = `(() => {
	const made = document.createElement('script')
	made.type = 'text/plain'; made.dataset.category = 'statistics'; made.nonce = 'strict'; made.text = trusted("ran('made')", 'createScript')
	const far = document.createElement('script')
	far.type = 'text/plain'; far.dataset.category = 'statistics'; far.src = trusted('{third}/far.js', 'createScriptURL')
	const box = document.createElement('div')
	box.innerHTML = trusted('<p><span><img data-category="statistics" data-src="{third}/deep.gif"></span></p><script nonce=strict type="text/plain" data-category="statistics">ran("inner")</' + 'script>')
	document.body.append(made, far, box)
})()`

func case34(c *caseOn) {
	page := `<!doctype html><html lang="nb"><head>` + first + `<script type="text/plain" data-category="statistics">ran('before')</script><script src="{script}"></script></head><body>
<script>document.write(trusted('<script type="text/plain" data-category="statistics">ran("written")</' + 'script>'))</script>
<div><div><script type="text/plain" data-category="statistics">ran('within')</script></div></div></body></html>`
	c.visit(c.putRaw("/", page, nil))
	c.eval(c.fill(added), nil)
	c.settle()
	c.wantOrder()
	c.wantAsked()
	c.choose("accept")
	c.await("all of them", "order.length === 6")
	c.want("each once", `[...order].sort().join() === 'before,far,inner,made,within,written'`)
	c.wantAsked("deep.gif", "far.js")
	c.eval(c.fill(strings.ReplaceAll(added, "{third}", "{third}/later")), nil)
	c.await("what comes after consent", "order.length === 9")
	c.settle()
	c.want("each once more", "order.length === 9")
	c.wantAsked("deep.gif", "far.js", "later/deep.gif", "later/far.js")
	c.wantNoFaults()
}

func case39(c *caseOn) {
	page := `<!doctype html><html lang="nb"><head>` + first + `<script src="{script}"></script><script src="{script}"></script></head><body>` + gated + `<script src="{front}"></script></body></html>`
	c.visit(c.putRaw("/", page, nil))
	before := len(c.decisions(c.T))
	c.choose("accept")
	c.await("both scripts", "order.length === 2")
	c.settle()
	c.want("run once each", "order.length === 2")
	c.want("one banner", `document.querySelectorAll('#samtykke').length === 1`)
	c.wantAsked("count.js")
	if all := c.awaitDecisions(before, 1); len(all) != 1 {
		c.t.Errorf("recorded %d times", len(all))
	}
	c.wantNoFaults()
}

func case42(c *caseOn) {
	c.visit(c.putRaw("/", `<!doctype html><html lang="nb"><head>`+first+`</head><body>`+gated+`</body></html>`, nil))
	c.settle()
	c.eval(c.fill(`(() => { const s = document.createElement('script'); s.src = trusted('{script}', 'createScriptURL'); document.head.append(s) })()`), nil)
	c.choose("accept")
	c.await("scripts", "order.length === 2")
	c.wantAsked("count.js")
	c.wantNoFaults()
}

// policied is a page that carries everything under a policy.
func (c *caseOn) policied(policy string) {
	c.t.Helper()
	head := strings.Replace(first, "{nonce}", ` nonce="n0nce"`, 1)
	html := `<!doctype html><html lang="nb"><head>` + head + `<script src="{script}"></script></head><body>` + strings.ReplaceAll(gated, "<script ", `<script nonce="n0nce" `) +
		`<noembed data-category="statistics"><p id="block">block</p><script src="{third}/block.js"></script></noembed>
<iframe width="300" height="200" data-category="marketing" data-service="video" data-src="{third}/frame.html"></iframe><img alt="" data-category="statistics" data-src="{third}/img.gif"></body></html>`
	origin := strings.TrimSuffix(c.script, "/trial.js")
	third := "http://third.localhost:" + c.port
	c.visit(c.putRaw("/", html, map[string]string{"Content-Security-Policy": "default-src 'none'; script-src 'self' 'nonce-n0nce' " + origin + " " + third +
		"; style-src 'self'; connect-src 'self' " + origin + "; img-src 'self' " + third + "; frame-src " + third + "; base-uri 'none'" + policy}))
	c.settle()
	c.wantNoFaults()
	c.press(`[data-samtykke=once]`)
	c.awaitAsked("frame.html")
	c.press("[data-samtykke=open]")
	c.await("the panel", deep("dialog")+"?.open")
	c.press("dialog [data-samtykke=accept]")
	c.await("scripts", "order.length === 3")
	c.awaitAsked("img.gif")
	c.want("the block", "document.getElementById('block')")
	c.want("styled", `getComputedStyle(document.querySelector('#samtykke')).display !== 'none' && document.querySelector('#samtykke').shadowRoot.adoptedStyleSheets.length > 0`)
	c.wantNoFaults()
}

func case43(c *caseOn) { c.policied("") }

func case44(c *caseOn) { c.policied("; require-trusted-types-for 'script'; trusted-types samtykke") }

// TestCasesCWithoutAnswer are the cases of a server that gives nothing usable.
func TestCasesCWithoutAnswer(t *testing.T) {
	runCases(t, oneEngine, []trialCase{
		{40, "no script, 404, invalid: everything off, page usable", case40},
		{41, "texts failing to load stop no consented script", case41},
	})
}

func case40(c *caseOn) {
	c.write(c.host+"/broken.js", "(() => { const half =", map[string]string{"Content-Type": "text/javascript"})
	c.write(c.host+"/garbage.js", "<html>502 Bad Gateway</html>", map[string]string{"Content-Type": "text/javascript"})
	server := strings.TrimSuffix(c.script, "/trial.js")
	c.front.drop(func(*http.Request) bool { return true })
	for _, src := range []string{server + "/nobody.js", "{front}", "/broken.js", "/garbage.js", "http://nowhere.invalid/trial.js"} {
		page := `<!doctype html><html lang="nb"><head>` + first + `<script src="` + src + `"></script></head><body>` + gated + `<button onclick="ran('usable')">press</button></body></html>`
		c.visit(c.putRaw("/", page, nil))
		c.press("button")
		c.wantOrder("usable")
		c.wantAsked()
	}
	c.front.drop(nil)
}

func case41(c *caseOn) {
	c.visit(c.putRaw("/", `<!doctype html><html lang="nb"><head>`+first+`<script src="{front}"></script></head><body>`+gated+`<div id="place" data-samtykke="declaration"></div>
<iframe data-service="video" data-category="marketing" data-src="{third}/frame.html"></iframe></body></html>`, nil))
	c.front.drop(func(r *http.Request) bool { return r.URL.Path != "/trial.js" })
	c.visit(c.at("/"))
	c.press("[data-samtykke=open]")
	c.choose("accept")
	c.await("scripts", "order.length === 2")
	c.front.drop(nil)
	c.wantAsked("count.js")
}

package main_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// gated is one script of each kind that a test of state needs.
const gated = `<script type="text/plain" data-category="statistics" data-service="counter" src="{third}/count.js"></script>
<script type="text/plain" data-category="marketing">ran('ads')</script>`

// TestCasesA are the cases of state and storage that the engines may see
// differently.
func TestCasesA(t *testing.T) {
	runCases(t, everyEngine, []trialCase{
		{1, "no cookie: the banner, and nothing gated runs", case01},
		{2, "valid cookie: no banner, consented parts run at once", case02},
		{3, "damaged cookies count as unanswered", case03},
		{4, "cookie of another format asks again", case04},
		{5, "unknown categories in the cookie are ignored", case05},
		{6, "category missing in the cookie counts as no", case06},
		{7, "storage blocked: the answer lasts for the page", case07},
		{8, "expiry is honoured, and renewed by a new answer only", case08},
		{9, "attributes of the cookie", case09},
		{12, "localhost and an IP address", case12},
		{14, "withdrawal leaves no yes and erasure no key", case14},
	})
}

func case01(c *caseOn) {
	c.show(gated)
	c.settle()
	if !c.shown() {
		c.t.Error("there is no banner")
	}
	c.wantAsked()
	c.wantOrder()
	c.want("without cookies", `document.cookie === ''`)
	c.want("without storage", `localStorage.length === 0`)
	c.wantNoFaults()
}

func case02(c *caseOn) {
	c.show("")
	c.choose("accept")
	c.visit(c.put("/second", gated))
	c.wantRan("ads", "count")
	if c.shown() {
		c.t.Error("the banner asks again")
	}
	c.wantNoFaults()
}

// answered gives the value of a whole yes, and leaves it in the page's cookie.
func (c *caseOn) answered() string {
	c.t.Helper()
	c.show(gated)
	c.choose("accept")
	return c.cookies()[own]
}

// with opens the page anew with another value of the cookie.
func (c *caseOn) with(value string) {
	c.t.Helper()
	c.eval(fmt.Sprintf("document.cookie = %q", own+"="+value+";path=/"), nil)
	c.visit(c.at("/"))
	c.settle()
	c.wantNoFaults()
}

// case03 tries some hundred values in frames of one page: what is nearly right,
// and what is any text at all.
func case03(c *caseOn) {
	good := c.answered()
	c.put("/frame", "")
	var bad []string
	c.eval(fmt.Sprintf(`(async (good) => {
		const values = ['', '1', '0', '1.', 'null', '%%', '%%E0%%A4%%A', '"1"', '{"categories":{"statistics":true}}', 'true', good.slice(1), '1' + good, good + '~',
			good.replaceAll('~', '-'), good.replace(/~1/g, '~9'), good.replace(/\.......[0-9a-z]+~/g, (m) => m.slice(0, 7) + 'zzzzzzzz~'), btoa(good), good.toUpperCase() + '%%', '1.AAAAAA1~' + '1'.repeat(3000)]
		let state = 42
		const random = (n) => (state = (state * 48271) %% 2147483647) %% n
		const letters = '1.~0abcXYZ_-{}[]":%%/\\é'
		for (let i = 0; i < 60; i++) values.push(Array.from({ length: random(40) }, () => letters[random(letters.length)]).join(''))
		for (let i = 0; i < good.length; i += 5) values.push(good.slice(0, i))
		const frame = document.createElement('iframe')
		document.body.append(frame)
		const wrong = []
		for (const value of values) {
			document.cookie = '%[2]s=' + value + ';path=/'
			await new Promise((done) => { frame.onload = done; frame.src = '/frame?' })
			const page = frame.contentWindow
			const state = page.samtykke?.get()
			// A value that ends after a whole answer is a shorter one: that answer holds, and the rest is asked for.
			const yes = !state || state.answered || !good.split('.').some((unit, i) => i && value.startsWith('1.') && value.split('.').includes(unit)) && Object.values({ ...state.categories, ...state.services }).includes(true)
			if (yes || page.faults.length || !page.document.querySelector('#samtykke')?.shadowRoot.querySelector('[data-samtykke=accept]')) wrong.push(value)
		}
		return wrong
	})(%[1]q)`, good, own), &bad)
	if len(bad) > 0 {
		c.t.Errorf("these damaged values do not just ask again (a good one is %s): %q", good, bad)
	}
}

func case04(c *caseOn) {
	good := c.answered()
	for _, version := range []string{"0", "2", "v1"} {
		c.with(version + good[1:])
		c.want("asked again", "!samtykke.get().answered")
		if !c.shown() {
			c.t.Errorf("version %s does not ask again", version)
		}
		c.wantOrder()
	}
}

// part is one unit of the answer cookie.
var part = regexp.MustCompile(`\.([\w-]{6})([0-9a-z]+)~(\d+)`)

func case05(c *caseOn) {
	good := c.answered()
	made := part.FindStringSubmatch(good)
	c.with(good + ".AAAAAA" + made[2] + "~111")
	c.want("answered", "samtykke.get().answered")
	c.wantRan("ads", "count")
	c.want("unknown names are not taken over", `Object.keys(samtykke.get().categories).join() === 'functional,statistics,marketing'`)
}

func case06(c *caseOn) {
	good := c.answered()
	for _, unit := range part.FindAllString(good, -1) {
		c.with(strings.Replace(good, unit, "", 1))
		c.want("asked again", "!samtykke.get().answered")
		c.want("one category denied", `Object.values(samtykke.get().categories).filter((yes) => !yes).length === 1`)
		if !c.shown() {
			c.t.Error("no banner")
		}
	}
}

// case07 takes cookies and storage away as a browser does: they throw.
func case07(c *caseOn) {
	html := `<!doctype html><html lang="nb"><head>` + first + `<script src="{script}"></script></head><body>` + gated + `</body></html>`
	c.visit(c.putRaw("/", html, map[string]string{"Content-Security-Policy": "sandbox allow-scripts"}))
	c.want("cookies throw", `(() => { try { document.cookie; return false } catch { return true } })()`)
	c.want("storage throws", `(() => { try { localStorage; return false } catch { return true } })()`)
	c.press("[data-samtykke=accept]")
	c.await("consented scripts", "order.length === 2")
	c.want("answered for the page", "samtykke.get().answered")
	c.wantNoFaults()
	c.visit(c.at("/"))
	c.await("the question again", deep("[data-samtykke=accept]")+"?.getBoundingClientRect().height > 0")
	c.want("not run", "order.length === 0")
}

func case08(c *caseOn) {
	good := c.answered()
	at := func(second int64) string {
		return part.ReplaceAllString(good, ".${1}"+strconv.FormatInt(second, 36)+"~$3")
	}
	now, year := time.Now().Unix(), int64(365*24*3600)
	c.with(at(now - year - 60))
	c.want("expired", "!samtykke.get().answered")
	old := at(now - year + 3600)
	c.with(old)
	c.want("still valid", "samtykke.get().answered")
	c.visit(c.at("/"))
	c.settle()
	if got := c.cookies()[own]; got != old {
		c.t.Errorf("a mere visit changed the cookie from %s to %s", old, got)
	}
	c.want("nothing written", `document.cookie.includes('`+own+`=')`)
}

// case09 writes down what the banner writes, since no engine tells SameSite.
func case09(c *caseOn) {
	spy := `<script>window.written = []
	const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')
	Object.defineProperty(document, 'cookie', { get: () => cookie.get.call(document), set: (text) => { if (text.startsWith('samtykke-trial=1')) written.push(text); cookie.set.call(document, text) } })</script>`
	c.visit(c.putRaw("/deep/page", `<!doctype html><html lang="nb"><head>`+first+spy+`<script src="{script}"></script></head><body></body></html>`, nil))
	c.choose("accept")
	var written []string
	c.eval("written", &written)
	if len(written) != 1 || !regexp.MustCompile(`^samtykke-trial=1[\w.~-]+;path=/;max-age=31536000;samesite=lax$`).MatchString(written[0]) {
		c.t.Errorf("written: %q", written)
	}
	var found []kept
	for _, one := range c.jar(c.at("/")) {
		if one.Name == own && one.Host == c.host {
			found = append(found, one)
		}
	}
	if len(found) != 1 || found[0].Domain || found[0].Path != "/" || found[0].HTTPOnly {
		c.t.Errorf("kept: %+v", found)
	}
	if len(found) == 1 {
		if left := time.Until(found[0].Expires); left < 364*24*time.Hour || left > 366*24*time.Hour {
			c.t.Errorf("kept for %s", left)
		}
	}
}

func case12(c *caseOn) {
	for _, host := range []string{"localhost", "127.0.0.1"} {
		c.write(host+c.folder(), c.fill(`<!doctype html><html lang="nb"><head>`+first+`<script src="{script}"></script></head><body>`+gated+`</body></html>`), nil)
		address := "http://" + host + ":" + c.port + c.folder()
		c.visit(address)
		c.choose("accept")
		c.visit(address)
		c.await("consented scripts on "+host, "order.length === 2")
		c.want("answered on "+host, "samtykke.get().answered")
		c.wantNoFaults()
	}
}

func case14(c *caseOn) {
	c.show(`<div data-samtykke="declaration"></div>`)
	c.choose("accept")
	c.withdraw(false)
	value := c.cookies()[own]
	for _, unit := range part.FindAllStringSubmatch(value, -1) {
		if strings.Contains(unit[3], "1") {
			c.t.Errorf("a yes is left: %s", value)
		}
	}
	c.want("a key before", `JSON.parse(localStorage['`+own+`']).token?.length === 30`)
	c.press("[data-samtykke=open]")
	c.await("the panel", deep("dialog")+"?.open")
	c.await("what is the visitor's", deep("dialog details:has(> button)"))
	c.eval(`(() => { const own = `+deep("dialog details:has(> button)")+`; own.open = true; own.querySelector('button').click() })()`, nil)
	c.await("no key", `!JSON.parse(localStorage['`+own+`']).token && !JSON.parse(localStorage['`+own+`']).last`)
}

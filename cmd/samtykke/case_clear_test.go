package main_test

import (
	"slices"
	"strings"
	"testing"
)

// TestCasesE are the cases of clearing, in every engine.
func TestCasesE(t *testing.T) {
	runCases(t, everyEngine, []trialCase{
		{54, "exact name, expression, prefix and special characters", case54},
		{55, "paths and parent domains", case55},
		{56, "what cannot be removed is given up", case56},
		{57, "localStorage, sessionStorage, IndexedDB and caches", case57},
		{58, "only what is withdrawn is cleared", case58},
		{59, "reload once, only when something that ran is withdrawn", case59},
		{60, "cleared again at the next start", case60},
		{61, "own and necessary cookies are never touched", case61},
	})
}

// bake sets cookies by page script.
func (c *caseOn) bake(cookies ...string) {
	c.t.Helper()
	for _, cookie := range cookies {
		c.eval("document.cookie = '"+cookie+"'", nil)
	}
}

// wantCookies fails unless the page sees exactly these, besides the banner's.
func (c *caseOn) wantCookies(want ...string) {
	c.t.Helper()
	got := []string{}
	for name := range c.cookies() {
		if name != own {
			got = append(got, name)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, append([]string{}, want...)) {
		c.t.Errorf("cookies are %q, want %q", got, want)
	}
}

func case54(c *caseOn) {
	c.show("")
	c.choose("accept")
	stay := []string{"counts", "acount", "a_b+c$", "a.b+cc$", "vis", "hit.", "hit.-", "ahit.x", "hit.keep", "sid", "xnmcount", "thema"}
	cookies := append([]string{"count", "a.b+c$", "visit[", "visit[1]", "hit.abc", "NmCount", "_NMCOUNT", "common", "survey", "ad_x", "theme"}, stay...)
	for _, name := range cookies {
		c.bake(name + "=1; max-age=1000")
	}
	c.wantCookies(cookies...)
	c.withdraw(false)
	c.wantCookies(stay...)
}

func case55(c *caseOn) {
	c.visit(c.put("/deep/er/page", ""))
	c.bake("count=1; path=/", "count=2; path=/deep", "count=3; path=/deep/er/", "count=4; path=/; domain="+c.host, "count=5; path=/deep/; domain=trial.localhost", "ad_x=6; path=/; domain=.trial.localhost", "survey=7")
	c.want("six of them", "document.cookie.split('; ').length >= 6")
	c.choose("reject")
	c.wantCookies()
	c.visit(c.put("/", ""))
	c.wantCookies()
}

// case56 holds a cookie that no page script can remove, and one that is
// HttpOnly: neither is tried again and again.
func case56(c *caseOn) {
	spy := `<script>window.tries = 0
	const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')
	Object.defineProperty(document, 'cookie', { get: () => cookie.get.call(document), set: (text) => { if (text.startsWith('count=;')) tries++; else cookie.set.call(document, text) } })</script>`
	page := `<!doctype html><html lang="nb"><head>` + first + spy + `<script src="{script}"></script></head><body></body></html>`
	c.visit(c.putRaw("/", page, map[string]string{"Set-Cookie": "sealed=1; Path=/; HttpOnly"}))
	c.bake("count=1; path=/")
	c.visit(c.at("/"))
	c.await("an attempt", "tries > 0")
	c.settle()
	c.eval("window.earlier = tries", nil)
	c.eval(`(async () => { for (let i = 0; i < 20; i++) { document.body.append(document.createElement('p')); await new Promise(requestAnimationFrame) } })()`, nil)
	c.want("not tried again", "tries === earlier")
	c.choose("accept")
	c.withdraw(false)
	c.await("both are named to the visitor", bannerText+`.includes('count') && `+bannerText+`.includes('sealed')`)
	c.want("not tried for ever", "tries <= 3 * earlier")
	c.wantNoFaults()
}

// fillStorage puts things of denied and of unknown services everywhere.
const fillStorage = `(async () => {
	localStorage['counter-visits-1'] = localStorage['page-own'] = localStorage['xcounter-visits'] = '1'
	sessionStorage['counter-tab'] = sessionStorage['counter-tabs'] = '1'
	const open = (name) => new Promise((done, fail) => { const r = indexedDB.open(name); r.onsuccess = () => done(r.result); r.onerror = fail })
	window.held = await open('counter-db-held')
	for (const name of ['counter-db-1', 'page-db']) (await open(name)).close()
	if (window.caches) { await caches.open('counter-cache'); await caches.open('page-cache') }
})()`

const storageNames = `(async () => [...Object.keys(localStorage).filter((k) => !k.startsWith('samtykke')), ...Object.keys(sessionStorage), ...(await indexedDB.databases()).map((d) => d.name), ...(window.caches ? await caches.keys() : [])].sort().join(' '))()`

func case57(c *caseOn) {
	c.show("")
	c.choose("accept")
	c.eval(fillStorage, nil)
	caches := ""
	if c.truth("window.caches") {
		caches = " page-cache"
	}
	c.withdraw(false)
	held := strings.TrimSpace("counter-db-held counter-tabs page-db page-own xcounter-visits")
	want := strings.Fields(held + caches)
	slices.Sort(want)
	c.awaitText("everything but what is held open", storageNames, strings.Join(want, " "))
	c.eval("held.close()", nil)
	c.awaitText("what was held open", storageNames, strings.Join(slices.DeleteFunc(want, func(name string) bool { return name == "counter-db-held" }), " "))
	c.wantNoFaults()
}

// awaitText waits until a promise gives a text.
func (c *caseOn) awaitText(what, promise, text string) {
	c.t.Helper()
	var got string
	c.eval(`(async () => { let got; for (let i = 0; i < 500; i++) { got = await (`+promise+`); if (got === '`+text+`') break; await new Promise((done) => setTimeout(done, 20)) } return got })()`, &got)
	if got != text {
		c.t.Errorf("%s: %q, want %q", what, got, text)
	}
}

func case58(c *caseOn) {
	c.show("")
	c.choose("accept")
	c.bake("theme=1", "count=1", "survey=1", "common=1", "ad_1=1")
	c.openPanel()
	c.press(`dialog [name="statistics/survey"]`)
	c.press("dialog [data-samtykke=save]")
	c.await("the answer", "!samtykke.get().categories.statistics")
	c.wantCookies("theme", "count", "common", "ad_1") // the counter has "common" too
	c.openPanel()
	c.press(`dialog [name="statistics/counter"]`)
	c.press("dialog [data-samtykke=save]")
	c.await("the answer", "!samtykke.get().services['statistics/counter']")
	c.wantCookies("theme", "ad_1")
}

func case59(c *caseOn) {
	address := c.host + "/"
	c.show(gated)
	c.choose("reject")
	if n := c.visits(address); n != 1 {
		c.t.Errorf("a first no loads the page %d times", n)
	}
	c.openPanel()
	c.press("dialog [data-samtykke=accept]")
	c.await("scripts", "order.length === 2")
	c.withdraw(true)
	c.settle()
	if n := c.visits(address); n != 2 {
		c.t.Errorf("a withdrawal of what ran loads the page %d times", n-1)
	}
	c.openPanel()
	c.press("dialog [name=functional]")
	c.press("dialog [data-samtykke=save]")
	c.await("the answer", "samtykke.get().categories.functional")
	c.press("[data-samtykke=withdraw]")
	c.await("the answer", "!samtykke.get().categories.functional")
	c.settle()
	if n := c.visits(address); n != 2 {
		c.t.Error("a withdrawal of what never ran loads the page again")
	}
}

func case60(c *caseOn) {
	c.show(`<script type="text/plain" data-category="statistics" data-service="counter">ran('cookies: ' + document.cookie.includes('ad_'))</script>`)
	c.press("input[name=statistics]")
	c.choose("save")
	c.bake("ad_late=1", "theme=1", "count=1")
	c.visit(c.at("/"))
	c.wantOrder("cookies: false")
	c.wantCookies("count")
}

func case61(c *caseOn) {
	c.show("")
	c.bake("sid=1", "hit.keep=1", "unknown=1")
	c.choose("accept")
	c.withdraw(false)
	c.visit(c.at("/"))
	c.settle()
	c.wantCookies("sid", "hit.keep", "unknown")
	c.want("the answer is there", "samtykke.get().answered")
	c.want("the key is there", "localStorage['"+own+"']")
}

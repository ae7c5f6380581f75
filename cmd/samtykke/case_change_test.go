package main_test

import (
	"net/http"
	"slices"
	"testing"
)

// TestCasesChange are cases of minds that change, and of what must end with it.
func TestCasesChange(t *testing.T) {
	runCases(t, oneEngine, []trialCase{
		{47, "shown once, and taken back", caseOnceWithdrawn},
		{47, "shown once, and declined in the panel", caseOnceDeclined},
		{59, "what waits for its turn never starts", caseWithdrawnWhileWaiting},
		{59, "a page that a form was sent for", caseSentForm},
		{7, "storage is full", caseStorageFull},
		{14, "erasure removes the answer", caseErased},
		{40, "the panel does not come", caseNoPanel},
		{104, "the press is answered before the work", casePressAnswered},
	})
}

func casePressAnswered(c *caseOn) {
	c.show(`<script type="text/plain" data-category="statistics" data-service="counter">ran('work')</script>`)
	c.want("the question gone, and nothing done yet", `(() => {
		const button = `+deep("[data-samtykke=accept]")+`
		button.click()
		return !button.isConnected && order.length === 0
	})()`)
	c.wantOrder("work")
}

func caseOnceWithdrawn(c *caseOn) {
	c.showPlaces(videoFrame)
	c.choose("reject")
	c.press("[data-samtykke=always]")
	c.awaitAsked("video.html")
	c.withdraw(true)
	for range 2 {
		before := len(c.decisions(c.T))
		c.await("the placeholder", videoPlace+"?.offsetHeight > 0")
		c.press("[data-samtykke=once]")
		c.await("the video", "document.getElementById('video').src")
		c.withdraw(true)
		all := c.awaitDecisions(before, 2)
		if all[0].Method == "withdraw" { // it left with the page, while the other was on its way
			slices.Reverse(all)
		}
		if all[0].Method != "placeholder_once" || all[1].Method != "withdraw" || all[1].Previous != all[0].ID {
			c.t.Errorf("recorded: %+v", all)
		}
	}
	c.await("the placeholder", videoPlace+"?.offsetHeight > 0")
	c.wantAsked("video.html", "video.html", "video.html")
}

func caseOnceDeclined(c *caseOn) {
	c.showPlaces(videoFrame)
	c.press("[data-samtykke=once]")
	c.awaitAsked("video.html")
	c.choose("reject")
	c.want("a no to the banner's question leaves it", "document.getElementById('video').src")
	c.openPanel()
	c.next(func() { c.press("dialog [data-samtykke=reject]") })
	c.await("the placeholder again", videoPlace+"?.offsetHeight > 0")
	c.wantAsked("video.html")
}

// caseWithdrawnWhileWaiting withdraws while the first of three scripts is on its
// way, and keeps the page that follows back, so that the old one lives on.
func caseWithdrawnWhileWaiting(c *caseOn) {
	address := c.put("/", `<script>
const tell = (name) => { new Image().src = '{third}/ran/' + name + '.gif' }
document.addEventListener('samtykke:change', () => { if (!samtykke.get().categories.statistics) tell('go') })
const noted = ran
ran = (name) => { noted(name); setTimeout(() => tell('later'), 200) }
</script>
<script type="text/plain" data-category="statistics" data-service="counter" src="{third}/after-go/slow.js"></script>
<script type="text/plain" data-category="statistics" data-service="counter" src="{third}/second.js"></script>
<script type="text/plain" data-category="statistics" data-service="counter">tell('third')</script>`)
	release := c.holdNext(c.host + "/")
	defer release()
	c.visit(address)
	c.choose("accept")
	c.awaitAsked("after-go/slow.js")
	c.press("[data-samtykke=withdraw]")
	c.awaitAsked("ran/later.gif")
	c.wantAsked("after-go/slow.js", "ran/go.gif", "ran/later.gif") // what was on its way came
}

// caseSentForm withdraws on the page that answers a form: what was sent is not sent
// again.
func caseSentForm(c *caseOn) {
	c.put("/sent", gated)
	c.show(gated + `<form id="form" method="post" action="/sent#answer"></form>`)
	c.choose("accept")
	c.next(func() { c.eval(`void setTimeout(() => document.getElementById('form').submit())`, nil) })
	c.wantRan("count", "ads")
	c.withdraw(true)
	c.wantOrder()
	c.want("the same place", `location.hash === '#answer'`)
	if posts, visits := c.posts(c.host+"/sent"), c.visits(c.host+"/sent"); posts != 1 || visits != 2 {
		c.t.Errorf("asked for %d times, %d of them with the form", visits, posts)
	}
}

func caseStorageFull(c *caseOn) {
	before := len(c.decisions(c.T))
	c.show("")
	// Few bytes are left, and what is there can still be read.
	c.eval(`(() => { for (let size = 1 << 22; size; size >>= 1) try { for (let i = 0; ; i++) localStorage.setItem('fill' + size + '-' + i, 'x'.repeat(size)) } catch {} })()`, nil)
	c.want("full", `(() => { try { localStorage.setItem('more', 'x'.repeat(64)) } catch { return true } })()`)
	c.choose("reject")
	if one := c.awaitDecisions(before, 1)[0]; one.Method != "reject_all" {
		c.t.Errorf("recorded: %+v", one)
	}
	c.eval("localStorage.clear()", nil)
	c.wantNoFaults()
}

func caseErased(c *caseOn) {
	c.show(gated)
	c.choose("accept")
	c.await("scripts", "order.length === 2")
	c.await("nothing waiting", "!Object.keys(JSON.parse(localStorage['"+own+"']).queue).length")
	second := c.secondTab()
	second.visit(c.at("/"))
	second.await("scripts", "order.length === 2")
	c.openPanel()
	c.await("what is the visitor's", deep("dialog details:has(> button)"))
	c.eval(deep("dialog details:has(> button)")+".open = true", nil)
	c.next(func() { c.press("dialog details:has(> button) > button") })
	second.await("nothing answered in the other tab either", "window.samtykke && !samtykke.get().answered && !order.length")
	c.asks()
	c.want("no answer", "!samtykke.get().answered && !document.cookie.includes('"+own+"')")
	c.want("no key", "!JSON.parse(localStorage['"+own+"']).token")
	c.wantOrder()
	c.wantAsked("count.js", "count.js")
	// What one grants next is not joined to what was erased.
	second.eval("samtykke.grant('video')", nil)
	second.want("one yes, and none from before", "samtykke.get().services['marketing/video'] && !samtykke.get().categories.statistics && document.cookie.split('~').length === 2")
}

func caseNoPanel(c *caseOn) {
	c.showFront("")
	c.front.drop(func(r *http.Request) bool { return r.Method == http.MethodGet })
	defer c.front.drop(nil)
	c.choose("reject")
	c.press("[data-samtykke=open]")
	c.asks()
	c.eval(`new Promise((done) => { document.body.append('more'); requestAnimationFrame(() => requestAnimationFrame(done)) })`, nil)
	if !c.shown() {
		c.t.Error("the question goes away by itself")
	}
	c.press("[data-samtykke=accept]")
	c.gone()
	c.want("answered anew", "samtykke.get().categories.statistics")
}

// TestQuestionShrinks has a visitor answer one of several questions elsewhere on
// the page: what is asked then is what is left, and what was ticked stays so.
func TestQuestionShrinks(t *testing.T) {
	p := openTab(t, "chromium")
	w := demoAskAll(t)
	p.visit(w.Page + "/video")
	p.asks()
	p.await("the placeholder", `document.querySelector('[data-samtykke-place]')`)
	p.press("section input[name=statistics]")
	p.pressPlace("youtube")
	p.await("marketing to be answered", "!"+deep("section input[name=marketing]")+" && samtykke.get().categories.marketing")
	if !p.truth(deep("section input[name=statistics]") + ".checked") {
		t.Error("what was ticked is not ticked any more")
	}
	p.press("section [data-samtykke=save]")
	p.gone()
	if !p.truth(`(({ functional, statistics, marketing }) => !functional && statistics && marketing)(samtykke.get().categories)`) {
		t.Errorf("stored: %s", p.text("JSON.stringify(samtykke.get())"))
	}
}

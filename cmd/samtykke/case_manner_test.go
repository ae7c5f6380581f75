package main_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// TestCasesManner are cases of pages that are not built as one might expect.
func TestCasesManner(t *testing.T) {
	runCases(t, oneEngine, []trialCase{
		{33, "a wrong name is let through by no category", caseNecessaryWithWrongName},
		{37, "what is not seen has no placeholder", caseUnseen},
		{46, "a box of padding", casePaddedBox},
		{46, "the content's own display", caseOwnDisplay},
		{50, "content that begins with a style", caseFocusBehindStyle},
		{50, "the pressed button is gone", caseFocusOnStatus},
		{53, "a declaration where none can be", caseImpossibleDeclaration},
		{16, "nothing left to press is no region", caseNoEmptyRegion},
		{16, "a header over the question", caseHeaderOverQuestion},
		{16, "letters of the reader's size", caseReadersLetters},
		{42, "a tag that nothing waits for", caseAsyncTag},
		{23, "another tab, and a page that comes back", caseOtherTab},
		{23, "another tab, in which a letter is being written", caseWrittenIn},
		{16, "a page whose body is a grid", caseGrid},
		{16, "equal buttons in a narrow panel", caseNarrowPanel},
	})
}

func caseNecessaryWithWrongName(c *caseOn) {
	c.show(`<script type="text/plain" data-category="necessary" data-service="login">ran('login')</script>
<script type="text/plain" data-category="necessary" data-service="ads">ran('ads')</script>
<script type="text/plain" data-category="necessary" data-service="nobody" src="{third}/nobody.js"></script>
<iframe data-category="necessary" data-service="video" data-src="{third}/video.html"></iframe>`)
	c.wantOrder("login")
	c.choose("accept")
	c.wantOrder("login")
	c.wantAsked()
}

func caseUnseen(c *caseOn) {
	c.show(`<img width="1" height="1" alt="" data-category="marketing" data-service="video" data-src="{third}/pixel.gif">
<link rel="stylesheet" data-category="marketing" data-service="video" data-href="{third}/style.css">` + mapFrame)
	c.await("the placeholder of the map", `document.querySelector('[data-samtykke-place=map]')`)
	c.settle()
	c.want("no other", `document.querySelectorAll('[data-samtykke-place]').length === 1`)
	c.wantAsked()
}

func casePaddedBox(c *caseOn) {
	c.resize(320, 700)
	defer c.resize(1280, 900)
	c.showPlaces(`<div id="box" style="position:relative;height:0;padding-bottom:56.25%;overflow:hidden">
<iframe id="video" title="Video" style="position:absolute;inset:0;width:100%;height:100%;border:0" data-category="marketing" data-service="video" data-src="{third}/video.html"></iframe></div>`)
	c.want("as large as the box", `(({ width: w, height: h }, b) => w === b.width && h === b.height)(`+videoPlace+`.getBoundingClientRect(), document.getElementById('box').getBoundingClientRect())`)
	c.press("[data-samtykke=always]")
	c.awaitAsked("video.html")
	c.want("the video in its place", `(({ width: w, height: h }, b) => w === b.width && h === b.height)(document.getElementById('video').getBoundingClientRect(), document.getElementById('box').getBoundingClientRect())`)
}

func caseOwnDisplay(c *caseOn) {
	c.showPlaces(`<style>iframe { display: none }</style>` + strings.Replace(videoFrame, "<iframe", `<iframe style="display: block !important"`, 1))
	c.want("hidden", `getComputedStyle(document.getElementById('video')).display === 'none'`)
	c.press("[data-samtykke=once]")
	c.await("shown as its author wanted", `getComputedStyle(document.getElementById('video')).display === 'block' && document.getElementById('video').style.getPropertyPriority('display') === 'important'`)
}

func caseFocusBehindStyle(c *caseOn) {
	c.showPlaces(`<noembed data-category="marketing" data-service="video"><style>p { color: green }</style><script>ran('block')</script>
<p id="content">content</p></noembed><p>after</p>`)
	c.eval(videoPlace+`.shadowRoot.querySelector('[data-samtykke=once]').focus()`, nil)
	c.key("Enter")
	c.await("focus on the content", `document.activeElement?.id === 'content'`)
	c.wantOrder("block")
}

// onStatus says that focus is on the words that tell what has happened.
const onStatus = `document.querySelector('#samtykke').shadowRoot.activeElement?.getAttribute('role') === 'status'`

func caseFocusOnStatus(c *caseOn) {
	c.show(`<a href="/" data-samtykke="open">Cookies</a> <button data-samtykke="withdraw">Withdraw</button>`)
	for _, press := range []string{"[data-samtykke=reject]", "[data-samtykke=accept]"} {
		c.eval(`document.cookie = '`+own+`=;max-age=0;path=/'`, nil)
		c.visit(c.at("/"))
		c.asks()
		c.eval(deep("[data-samtykke=open]")+".focus()", nil) // of the question
		c.key("Enter")
		c.await("the panel", deep("dialog")+"?.open")
		c.eval(deep("dialog "+press)+".focus()", nil)
		c.key("Enter")
		c.await("focus after "+press, "!"+deep("dialog")+" && "+onStatus)
	}
	c.eval(`document.cookie = '`+own+`=;max-age=0;path=/'`, nil)
	c.visit(c.at("/"))
	c.asks()
	c.eval(deep("[data-samtykke=reject]")+".focus()", nil)
	c.key("Enter")
	c.await("focus after a press in the question", onStatus)
}

func caseImpossibleDeclaration(c *caseOn) {
	c.show(`<table data-samtykke="declaration"></table><div id="good" data-samtykke="declaration"></div>`)
	c.await("the one that can be", `document.getElementById('good').shadowRoot?.querySelector('table')`)
	c.settle()
	c.wantNoFaults()
}

func caseNoEmptyRegion(c *caseOn) {
	c.show(`<a href="/" data-samtykke="open">Cookies</a>`)
	c.choose("reject")
	c.want("no region without content", `![...document.querySelector('#samtykke').shadowRoot.querySelectorAll('section')].some((s) => !s.textContent.trim())`)
}

func caseHeaderOverQuestion(c *caseOn) {
	c.show(`<header style="position:absolute;top:0;left:0;width:100%;height:400px;background:pink">Header</header>`)
	c.asks()
	c.want("the question on top", `((r) => document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)?.id === 'samtykke')(`+deep("[data-samtykke=accept]")+`.getBoundingClientRect())`)
}

func caseReadersLetters(c *caseOn) {
	c.show(`<style>html { font-size: 62.5% }</style>` + videoFrame)
	c.asks()
	c.await("the placeholder", videoPlace+"?.offsetHeight > 0")
	c.want("16 px, and more for the heading", `[`+deep("p")+`, `+deep("[data-samtykke=accept]")+`].every((e) => getComputedStyle(e).fontSize === '16px') && parseFloat(getComputedStyle(`+deep("#title")+`).fontSize) >= 20`)
	c.want("buttons and boxes large enough", `[`+deep("[data-samtykke=accept]")+`, `+videoPlace+`.shadowRoot.querySelector('button')].every((e) => e.getBoundingClientRect().height >= 44) && `+deep("input")+`.getBoundingClientRect().height >= 24`)
	c.openPanel()
	c.want("in the panel too", `[...`+deep("dialog")+`.querySelectorAll('h4, p, td')].every((e) => parseFloat(getComputedStyle(e).fontSize) >= 16) && [...`+deep("dialog")+`.querySelectorAll('input[type=checkbox]')].every((e) => e.getBoundingClientRect().height >= 24)`)
}

// secondTab opens another tab of the same visitor.
func (c *caseOn) secondTab() *caseOn {
	return &caseOn{tab: &tab{t: c.t, ctx: c.ctx, browser: c.devtools().another(c.t)}, trial: c.trial, T: c.T, host: c.host}
}

// caseWrittenIn has a visitor withdraw while another tab holds half a letter: that tab
// hears of it, and the letter stays. What comes next is asked for as in any other.
func caseWrittenIn(c *caseOn) {
	c.show(gated + `<textarea></textarea><script>document.body.addEventListener('beforeinput', (event) => event.stopPropagation())</script>`)
	c.choose("accept")
	c.await("scripts", "order.length === 2")
	second := c.secondTab()
	second.visit(c.at("/"))
	second.await("scripts", "order.length === 2")
	second.press("textarea")
	second.key("h")
	second.want("a letter", `document.querySelector('textarea').value === 'h'`)
	c.withdraw(true)
	second.await("word of it", "samtykke.get().categories.statistics === false")
	second.settle()
	second.want("the letter still there", `document.querySelector('textarea').value === 'h'`)
	second.next(func() { second.eval("void setTimeout(() => location.reload())", nil) })
	second.wantOrder()
}

// caseNarrowPanel has a window in which the panel's buttons do not fit into one row.
func caseNarrowPanel(c *caseOn) {
	c.show("")
	c.resize(260, 700)
	defer c.resize(1280, 900)
	c.openPanel()
	c.want("more than one row of equal buttons", `((all) => all.length === 3 && new Set(all.map((one) => one.offsetTop)).size > 1 && new Set(all.map((one) => one.offsetHeight)).size === 1 && new Set(all.map((one) => one.offsetWidth)).size === 1)([...`+deep("dialog")+`.querySelectorAll('.buttons button')])`)
}

// caseGrid has a body that lays the page's parts out itself.
func caseGrid(c *caseOn) {
	c.show(`<style>body { display: grid; grid-template-columns: 200px 1fr; margin: 0 }</style><nav>Menu</nav><main>Main</main>`)
	c.asks()
	c.want("the question above the page, in its whole width", `((question) => question.width === document.body.offsetWidth && ['h1', 'nav', 'main'].every((part) => document.querySelector(part).getBoundingClientRect().top >= question.bottom))(document.querySelector('#samtykke').getBoundingClientRect())`)
}

func caseOtherTab(c *caseOn) {
	c.show(gated + `<p style="height:4000px">long</p>`)
	second := c.secondTab()
	second.visit(c.at("/"))
	second.asks()
	second.eval("scrollTo(0, 2000)", nil)
	c.choose("accept")
	second.await("the yes of the other tab", "order.length === 2")
	second.want("the reader left where they were", "scrollY > 1500")
	second.await("its question to go", "!"+deep("[data-samtykke=accept]"))
	c.next(func() { second.withdraw(true) })
	c.await("the banner again", "window.samtykke")
	c.wantOrder()
	// A page that the browser had put away hears nothing of what happened meanwhile.
	value := c.cookies()[own]
	c.eval(`document.cookie = '`+own+`=' + '`+value+`'.replace(/~[012]+/g, (s) => s.replaceAll(/[02]/g, '1')) + ';path=/'`, nil)
	c.eval(`dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`, nil)
	c.await("the answer of meanwhile", "order.length === 2")
}

// caseAsyncTag has a page that does not wait for Samtykke: it stands although the
// answer is held back, nothing gated leaves, and all of it comes in the end.
func caseAsyncTag(c *caseOn) {
	held := make(chan struct{})
	c.front.drop(func(r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/trial.js") {
			select {
			case <-held:
			case <-r.Context().Done():
			}
		}
		return false
	})
	defer c.front.drop(nil)
	address := c.putRaw("/", `<!doctype html><html lang="nb"><head>`+first+`<script async src="{front}"></script></head><body>`+gated+`<p id="end">end</p></body></html>`, nil)
	c.eval(`void setTimeout(() => { location.href = '`+address+`' })`, nil)
	c.await("the page", `document.readyState === 'interactive' && document.getElementById('end')?.offsetHeight > 0`)
	c.wantAsked()
	close(held)
	c.await("the question", deep("[data-samtykke=accept]"))
	c.wantOrder()
	c.choose("accept")
	c.await("both scripts", "[...order].sort().join() === 'ads,count'")
	c.wantAsked("count.js")
	c.wantNoFaults()
}

// TestCaseBeacon92 has a page go while an earlier decision is still on its way:
// the later one leaves with the page.
func TestCaseBeacon92(t *testing.T) {
	runCases(t, oneEngine, []trialCase{{92, "what has not been tried leaves with the page", func(c *caseOn) {
		c.showFront("")
		c.choose("accept")
		c.await("nothing waiting", "!Object.keys(JSON.parse(localStorage['"+own+"']).queue).length")
		c.write(c.host+"/elsewhere", "<!doctype html><title>Elsewhere</title>", nil)
		var first atomic.Bool
		c.front.drop(func(r *http.Request) bool { // no answer comes to what is posted first
			if r.Method == http.MethodPost && first.CompareAndSwap(false, true) {
				<-r.Context().Done()
				return true
			}
			return false
		})
		c.eval(`samtykke.grant('video')`, nil)
		c.eval(`samtykke.grant('map')`, nil)
		c.await("two waiting, and what cares for them", "Object.keys(JSON.parse(localStorage['"+own+"']).queue).length === 2 && performance.getEntriesByType('resource').some(({ name, responseEnd }) => name.includes('/rest.') && responseEnd)")
		c.eval(`import(performance.getEntriesByType('resource').find(({ name }) => name.includes('/rest.')).name).then(() => 0)`, nil)
		c.eval(`void setTimeout(() => { location.href = '/elsewhere' })`, nil)
		for end := time.Now().Add(patience); ; <-time.After(50 * time.Millisecond) {
			var methods []string
			for _, one := range c.front.sent("POST") {
				if strings.Contains(one.Body, "functional/map") && strings.HasPrefix(strings.ToLower(one.Type), "text/plain") {
					methods = append(methods, one.Path)
				}
			}
			if len(methods) == 1 {
				return
			}
			if time.Now().After(end) {
				c.t.Fatalf("what was decided last was sent %d times", len(methods))
			}
		}
	}}})
}

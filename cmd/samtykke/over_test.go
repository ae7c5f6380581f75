package main_test

import (
	"fmt"
	"strings"
	"testing"
)

// overPage is a page that a question may lie over: longer than the window, with
// a list that scrolls by itself, a bar of its own at the lower edge, and a button
// that had focus before the banner came. {script} comes last, as a tag manager
// would put it in.
const overPage = `<!doctype html><html lang="LANG" dir="DIR"><head>` + first + `<meta name="viewport" content="width=device-width"><style>
body { margin: 0 0 50px } li { margin: 9px }
ul { height: 300px; overflow: auto }
footer { position: fixed; inset: auto 0 0; height: 44px; background: #eee }
@media (prefers-color-scheme: dark) { :root { color-scheme: dark; background: #121212 } footer { background: #222 } a { color: #9cf } }
</style>SCRIPT</head><body><header><button id="mine">Mine</button></header><main><h1>Page</h1><p>PARAGRAPH</p>LINKS<p>PARAGRAPH</p><h2>List</h2><ul>ITEMS</ul><p>PARAGRAPH</p>LINKS</main><footer><a id="bar" href="#bar">Bar</a></footer>LATE</body></html>`

// putOver writes the page; with late, the script comes after the page's own focus.
func (c *caseOn) putOver(path, language, dir string, late bool) string {
	var links, items strings.Builder
	for i := range 9 {
		fmt.Fprintf(&links, `<p><a href="#%d">Link %d</a></p>`, i, i)
		fmt.Fprintf(&items, `<li><a href="#i%d">Item %d</a></li>`, i, i)
	}
	script, later := `<script src="{script}"></script>`, ""
	if late {
		script, later = "", `<script>mine.focus(); document.head.append(Object.assign(document.createElement('script'), { src: trusted('{script}', 'createScriptURL') }))</script>`
	}
	return c.putRaw(path, strings.NewReplacer("LANG", language, "DIR", dir, "SCRIPT", script, "LATE", later, "LINKS", links.String(), "ITEMS", items.String(),
		"PARAGRAPH", strings.Repeat("Text that somebody came here to read. ", 30)).Replace(overPage), nil)
}

// placedAt are replacements that give the trial a placement and a whole look.
func placedAt(placement string) []string {
	return append([]string{"radius: 4 }", "radius: 4, placement: " + placement + `, font: "DejaVu Serif, serif", background: "#f4f1e8", text: "#222222",
    dark: { accent: "#8fd3b0", background: "#10221a", text: "#f0f0f0" },
    logo: { svg: '<svg viewBox="0 0 40 20"><path fill="currentColor" d="M0 0h40v20z"/></svg>', text: { nb: Skjold, nn: Skjold, en: Shield, ar: شعار } } }`}, arabic...)
}

// strictStyle is a page whose style sheet wants to undo what others say, and whose
// policy lets it load nothing but the banner.
func (c *caseOn) strictStyle(geometry string) {
	c.t.Helper()
	origin := c.script[:strings.LastIndex(c.script, "/")]
	c.asksOver(c.putRaw("/strict", `<!doctype html><html lang="nb"><head>`+strings.Replace(first, "{nonce}", ` nonce="n"`, 1)+`<style nonce="n">
* { all: unset !important }
body > div { display: none; opacity: 1 }
header { position: fixed; inset: auto 0 0; height: 300px; background: black }
</style><script src="{script}"></script></head><body><header>Menu</header><p>Text</p></body></html>`, map[string]string{
		"Content-Security-Policy": "default-src 'none'; script-src 'nonce-n' " + origin + "; connect-src 'self' " + origin + "; style-src 'nonce-n'; require-trusted-types-for 'script'; trusted-types samtykke",
	}))
	c.want("in its place on a page against everything", geometry)
	c.want("buttons to press", `[...document.querySelector('#samtykke').shadowRoot.querySelectorAll('.buttons button')].every((one) => { const r = one.getBoundingClientRect(); return r.height >= 36 && r.width > 100 && document.querySelector('#samtykke').shadowRoot.elementFromPoint(r.x + 9, r.y + 9) === one })`)
	c.want("the logo drawn", `(({ width, height }) => width > 80 && height > 40)(`+deep("svg")+`.getBoundingClientRect())`)
	c.wantNoFaults()
}

// dressedIn wants the look's colours and font on light and on dark pages.
func (c *caseOn) dressedIn(element string) {
	c.t.Helper()
	is := func(ground, button string) string {
		return fmt.Sprintf(`getComputedStyle(%s).backgroundColor === 'rgb(%s)' && getComputedStyle(%s).backgroundColor === 'rgb(%s)' && getComputedStyle(%s).fontFamily.includes('DejaVu Serif')`,
			element, ground, deep("[data-samtykke=accept]"), button, deep("p"))
	}
	c.want("light", is("244, 241, 232", "20, 83, 45"))
	c.prefer("prefers-color-scheme", "dark")
	c.want("dark", is("16, 34, 26", "143, 211, 176"))
	c.axe(c.T, "dark")
	c.prefer("prefers-color-scheme", "light")
}

const (
	hostIs = `document.querySelector('#samtykke')`
	// inSight names what has focus, and says whether the question hides it.
	inSight = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
		const host = document.querySelector('#samtykke')
		const e = host.shadowRoot.activeElement ?? document.activeElement
		const { left, top, width, height } = e.getBoundingClientRect()
		const seen = host.shadowRoot.contains(e) ? host.shadowRoot.elementFromPoint(left + width / 2, top + height / 2) : document.elementFromPoint(left + width / 2, top + height / 2)
		const name = e.dataset.samtykke ?? (e.id || e.name || e.textContent)
		done(e === document.body ? '' : name + (e.contains(seen) ? '' : ' is hidden'))
	})))`
	// sameButtons gives the properties in which accept and decline differ.
	sameButtons = `(() => {
		const [yes, no] = ['accept', 'reject'].map((action) => getComputedStyle(document.querySelector('#samtykke').shadowRoot.querySelector('[data-samtykke=' + action + ']')))
		return [...yes].filter((name) => yes[name] !== no[name])
	})()`
)

// asksOver visits as somebody who has not answered, and waits for the question.
func (c *caseOn) asksOver(address string) {
	c.t.Helper()
	c.eval(`document.cookie = '`+own+`=; path=/; max-age=0', localStorage.clear()`, nil)
	c.visit(address)
	c.asks()
	c.settle()
}

func (c *caseOn) alike() {
	c.t.Helper()
	var differ []string
	c.eval(sameButtons, &differ)
	if len(differ) > 0 {
		c.t.Errorf("accept and decline differ in %q", differ)
	}
}

// TestPlacements75 has the question at the lower edge, in the corner, and as a dialog:
// nothing that has focus is hidden by it (WCAG 2.2, 2.4.11), nothing moves, and
// where the window is low the page can still be read.
func TestPlacements75(t *testing.T) {
	site := newTrial(t, placedAt("bottom")...)
	c := &caseOn{tab: openTab(t, "chromium"), trial: site, T: t, host: "over.trial.localhost"}
	c.visit(c.put("/empty", ""))
	c.overEdge(t, "bottom", func() {
		c.want("the whole edge", `(({ left, right, bottom, height }) => left === 0 && right === document.documentElement.clientWidth && bottom === innerHeight && height <= innerHeight / 2)(`+hostIs+`.getBoundingClientRect())`)
	})
	site.republish(t, placedAt("corner")...)
	site.script += "?corner" // the browser keeps the one before
	c.overEdge(t, "corner", func() {
		c.want("a card at the left", `(({ left, right, bottom }) => left === 16 && right - left === 384 && bottom === innerHeight - 16)(`+hostIs+`.getBoundingClientRect())`)
		c.asksOver(c.putOver("/ar", "ar", "rtl", false))
		c.want("a card at the right", `(({ right }) => right === document.documentElement.clientWidth - 16)(`+hostIs+`.getBoundingClientRect())`)
		c.axe(t, "corner, Arabic")
	})
	site.republish(t, placedAt("dialog")...)
	site.script += "?dialog" // the browser keeps the one before
	c.overDialog(t)
	c.strictStyle(deep("dialog.ask") + `.matches(':modal') && ` + deep("dialog.ask") + `.offsetWidth > 300`)
}

// overEdge goes through a question that lies over an edge of the window.
func (c *caseOn) overEdge(t *testing.T, where string, geometry func()) {
	t.Helper()
	before := len(c.decisions(t))
	c.resize(1280, 800)
	page := c.putOver("/", "nb", "ltr", false)
	c.comesStill(t, where, func() { c.asksOver(page) })
	c.want("over the page, first in it, without focus", `getComputedStyle(`+hostIs+`).position === 'fixed' && document.body.firstElementChild === `+hostIs+` && document.activeElement === document.body`)
	c.alike()
	c.axe(t, where)
	c.dressedIn(hostIs)
	c.tabThrough(t, where)
	c.eval(`scrollTo({ top: 1e6, behavior: 'instant' })`, nil)
	c.want("room below the page", `scrollY > 100 && [...document.querySelectorAll('main a')].at(-1).getBoundingClientRect().bottom < `+hostIs+`.getBoundingClientRect().top`)
	geometry()

	c.asksOver(page)
	c.eval(`scrollTo({ top: 200, behavior: 'instant' })`, nil)
	c.press("[data-samtykke=reject]")
	c.await("word of it, with focus", `document.querySelector('#samtykke').shadowRoot.activeElement?.role === 'status'`)
	c.want("the page where it was, and word of it in sight", `scrollY === 200 && getComputedStyle(`+hostIs+`).position === 'fixed'`)
	c.axe(t, where+", answered")
	if got := c.awaitDecisions(before, 1); got[0].Method != "reject_all" {
		t.Errorf("recorded %q", got[0].Method)
	}
	c.eval(`[...document.querySelectorAll('main a')][3].focus({ preventScroll: true })`, nil)
	c.await("the way back at the end of the page", `document.body.lastElementChild === `+hostIs+` && getComputedStyle(`+hostIs+`).position === 'relative' && `+deep("[data-samtykke=open]"))
	c.await("no room any more", `getComputedStyle(document.documentElement).paddingBottom === '0px'`)
	c.want("nothing said", deep("[role=status]")+`.textContent === '' && scrollY === 200`)

	c.resize(320, 568)
	c.comesStill(t, where+", phone", func() { c.asksOver(page) })
	c.want("the buttons in sight, in the lower part of the window", `[...document.querySelector('#samtykke').shadowRoot.querySelectorAll('.buttons button')].every((b) => { const r = b.getBoundingClientRect(); return r.bottom <= innerHeight && r.top > innerHeight / 2 && document.querySelector('#samtykke').shadowRoot.elementFromPoint(r.x + 9, r.y + 9) === b }) && `+hostIs+`.offsetHeight <= Math.ceil(innerHeight * 0.6)`)
	c.resize(320, 256)
	c.asksOver(page)
	c.want("in the page where the window is low", `getComputedStyle(`+hostIs+`).position === 'relative' && document.documentElement.scrollWidth <= innerWidth`)
	c.eval(`document.querySelector('h1').scrollIntoView({ behavior: 'instant' })`, nil)
	c.want("the page in sight", `document.elementFromPoint(20, 10).closest('main')`)
	c.resize(1280, 800)
	c.asksOver(c.put("/app", `<style>body { margin: 0; height: 100vh; overflow: hidden } main { height: 100vh; overflow: auto }</style><main>`+strings.Repeat("<p><a href=#>Link</a></p>", 60)+`</main>`))
	c.eval(`document.querySelectorAll('main a')[18].focus()`, nil)
	if at := c.text(inSight); at != "Link" {
		t.Errorf("%s: on a page that scrolls within, %s", where, at)
	}
	c.want("the question still to be seen", "!"+hostIs+".hasAttribute('data-away')")
	c.strictStyle(`getComputedStyle(` + hostIs + `).position === 'fixed' && ` + hostIs + `.getBoundingClientRect().bottom > innerHeight - 20`)
}

// tabThrough goes through the page with the Tab key, and back.
func (c *caseOn) tabThrough(t *testing.T, where string) {
	t.Helper()
	var order []string
	ends := map[string]string{"Tab": "bar", "Shift+Tab": "functional"}
	for _, key := range []string{"Tab", "Shift+Tab"} {
		for range 50 {
			c.key(key)
			at := c.text(inSight)
			if at == "" {
				break
			}
			if strings.Contains(at, "hidden") {
				t.Errorf("%s: with %s, %s", where, key, at)
			}
			order = append(order, at)
			if at == ends[key] {
				break
			}
		}
	}
	if len(order) < 60 || order[0] != "functional" || order[len(order)-1] != "functional" {
		t.Errorf("%s: Tab goes through %q", where, order)
	}
}

// overDialog goes through a question for which the page waits.
func (c *caseOn) overDialog(t *testing.T) {
	t.Helper()
	before := len(c.decisions(t))
	c.resize(1280, 800)
	page := c.putOver("/", "nb", "ltr", true)
	ask := deep("dialog.ask")
	mine := `document.activeElement?.id === 'mine'`
	c.asksOver(page)
	c.stood(t, "dialog")
	c.want("the page waits, and the dialog is read from its heading on", ask+`.matches(':modal') && document.querySelector('#samtykke').shadowRoot.activeElement.id === 'title'`)
	c.want("no room taken", `document.querySelector('header').getBoundingClientRect().top === 0 && getComputedStyle(document.documentElement).paddingBottom === '0px'`)
	c.alike()
	c.axe(t, "dialog")
	c.dressedIn(ask)
	for range 14 {
		c.key("Tab")
		c.want("focus not behind the dialog", `document.activeElement === `+hostIs+` || document.activeElement === document.body`)
	}
	for _, leave := range []func(){func() { c.key("Escape") }, func() { c.press("[data-samtykke=leave]") }} {
		c.asksOver(page)
		leave()
		c.await("the dialog to close", "!"+ask)
		c.want("focus where it was, and no answer", mine+` && !samtykke.get().answered && !Object.values(samtykke.get().categories).includes(true)`)
		c.want("the way back at the end", `document.body.lastElementChild === `+hostIs+` && `+deep("[data-samtykke=open]"))
		c.axe(t, "dialog, closed")
	}
	c.openPanelOver()
	c.press("dialog:not(.ask) .buttons [data-samtykke=reject]")
	c.await("the answer", "samtykke.get().answered")

	c.resize(320, 256)
	c.asksOver(page)
	c.want("within a low window", `(({ top, bottom, left, right }) => top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth)(`+ask+`.getBoundingClientRect()) && `+ask+`.scrollWidth <= `+ask+`.clientWidth`)
	c.openPanelOver()
	c.key("Escape")
	c.await("the question again, with focus on what opened the panel", `!`+deep("dialog:not(.ask)")+` && document.querySelector('#samtykke').shadowRoot.activeElement?.dataset.samtykke === 'open'`)
	c.press("[data-samtykke=reject]")
	c.await("the dialog to close", "!"+ask)
	c.want("focus where it was", mine)
	c.await("word of it in sight", `(({ bottom, height }) => height > 20 && bottom <= innerHeight)(`+deep("[role=status]")+`.getBoundingClientRect())`)
	if got := c.awaitDecisions(before, 2); len(got) != 2 || got[1].Method != "reject_all" {
		t.Errorf("recorded %v; closing without an answer is none", got)
	}
	c.resize(1280, 800)
}

func (c *caseOn) openPanelOver() {
	c.t.Helper()
	c.press("[data-samtykke=open]")
	c.await("the panel", deep("dialog:not(.ask)")+"?.open")
}

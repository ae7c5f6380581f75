package main_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// TestCasesH are the cases of accessibility and language that other tests have not.
func TestCasesH(t *testing.T) {
	runCases(t, oneEngine, []trialCase{
		{78, "text spacing", caseTextSpacing},
		{79, "forced colours", caseForcedColours},
		{80, "a page in a language that the site does not speak", caseUnknownLanguage},
		{83, "print", casePrint},
		{84, "a pointer that is let go elsewhere", casePointerLetGo},
	})
}

// caseTextSpacing: with the spacing of WCAG 2.2, 1.4.12, on a phone, the question
// fits and nothing in the panel is cut off.
func caseTextSpacing(c *caseOn) {
	c.resize(320, 900)
	defer c.resize(1280, 900)
	c.show("")
	c.asks()
	c.eval(`(() => {
		window.spaced = new CSSStyleSheet()
		spaced.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }')
		document.adoptedStyleSheets = [spaced]
		const root = document.querySelector('#samtykke').shadowRoot
		root.adoptedStyleSheets = [...root.adoptedStyleSheets, spaced]
	})()`, nil)
	c.want("spacing", `parseFloat(getComputedStyle(`+deep("[data-samtykke=accept]")+`).letterSpacing) > 1`)
	var found []string
	c.eval(misfits, &found)
	for _, fault := range found {
		c.T.Errorf("the question: %s", fault)
	}
	c.openPanel()
	c.eval(`(() => {
		const cut = (e) => e.textContent.trim() && getComputedStyle(e).overflow !== 'visible' && (e.scrollWidth > e.clientWidth + 1 || !e.matches('dialog') && e.scrollHeight > e.clientHeight + 1)
		const dialog = document.querySelector('#samtykke').shadowRoot.querySelector('dialog')
		return [dialog, ...dialog.querySelectorAll('*')].filter((e) => e.offsetHeight && (cut(e) || e.getBoundingClientRect().right > innerWidth + 1)).map((e) => e.localName + ' ' + e.textContent.slice(0, 40))
	})()`, &found)
	for _, what := range found {
		c.T.Errorf("the panel cuts off: %s", what)
	}
}

// caseForcedColours: where the system's colours rule, buttons keep a border and
// what has focus an outline.
func caseForcedColours(c *caseOn) {
	c.prefer("forced-colors", "active")
	defer c.prefer("forced-colors", "none")
	c.show("")
	c.asks()
	c.want("forced colours", `matchMedia('(forced-colors: active)').matches`)
	bordered := func(selector string) string {
		return `(() => {
			const style = getComputedStyle(` + deep(selector) + `)
			return parseFloat(style.borderTopWidth) >= 1 && style.borderTopStyle === 'solid' && style.borderTopColor !== style.backgroundColor && style.color !== style.backgroundColor
		})()`
	}
	for _, action := range []string{"accept", "reject"} {
		c.want("a border around "+action, bordered("[data-samtykke="+action+"]"))
	}
	c.key("Tab")
	c.want("an outline around what has focus", `(() => {
		const style = getComputedStyle(document.querySelector('#samtykke').shadowRoot.activeElement)
		return style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2
	})()`)
}

// caseUnknownLanguage: a page in a language that the site does not speak is asked
// in the site's first, and screen readers are told so.
func caseUnknownLanguage(c *caseOn) {
	c.visit(c.putRaw("/", `<!doctype html><html lang="xx"><head>`+first+`<script src="{script}"></script></head><body><h1>Page</h1></body></html>`, nil))
	c.asks()
	c.want("asked in bokmål", `document.querySelector('#samtykke').lang === 'nb' && `+deep("[data-samtykke=reject]")+`.textContent.startsWith('Avslå')`)
	c.want("the page's own language kept", `document.documentElement.lang === 'xx'`)
}

// casePrint: a page is printed whole, without the question, and the question is
// still there afterwards.
func casePrint(c *caseOn) {
	c.show(`<p id="text">What people print.</p>`)
	c.asks()
	top := "document.querySelector('h1').getBoundingClientRect().top"
	var asked, printed, without float64
	c.eval(top, &asked)
	media := func(name string) {
		if _, err := chromedp.Call(c.devtools().ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: name}); err != nil {
			c.T.Fatal(err)
		}
	}
	media("print")
	c.eval(top, &printed)
	c.want("no question on paper", `document.querySelector('#samtykke').getClientRects().length === 0`)
	c.eval(`(() => { const host = document.querySelector('#samtykke'); host.hidden = true; const at = `+top+`; host.hidden = false; return at })()`, &without)
	media("")
	if printed != without || printed >= asked {
		c.T.Errorf("the text begins at %v on paper, at %v without a banner, and at %v on the screen", printed, without, asked)
	}
	c.asks()
}

// casePointerLetGo: pressing somewhere and letting go elsewhere does nothing
// (WCAG 2.2, 2.5.2): neither answers, nor closes the panel with what was ticked.
func casePointerLetGo(c *caseOn) {
	c.show("")
	c.asks()
	drag := func(from, to string) {
		c.T.Helper()
		at := func(point string) (x, y float64) {
			var p struct{ X, Y float64 }
			c.eval(point, &p)
			return p.X, p.Y
		}
		type kind = input.DispatchMouseEventType
		for _, step := range []struct {
			kind  kind
			point string
		}{{input.DispatchMouseEventTypeMouseMoved, from}, {input.DispatchMouseEventTypeMousePressed, from}, {input.DispatchMouseEventTypeMouseMoved, to}, {input.DispatchMouseEventTypeMouseReleased, to}} {
			x, y := at(step.point)
			if err := chromedp.Do(c.devtools().ctx, chromedp.MouseEvent(step.kind, x, y, chromedp.ButtonLeft)); err != nil {
				c.T.Fatal(err)
			}
		}
	}
	middle := func(selector string) string {
		return fmt.Sprintf(`(() => { const r = %s.getBoundingClientRect(); return { X: r.left + r.width / 2, Y: r.top + r.height / 2 } })()`, deep(selector))
	}
	outside := `({ X: innerWidth - 5, Y: innerHeight - 5 })`
	for _, action := range []string{"accept", "reject"} {
		drag(middle("[data-samtykke="+action+"]"), outside)
		drag(outside, middle("[data-samtykke="+action+"]"))
	}
	c.want("no answer", "!samtykke.get().answered")
	c.asks()
	c.openPanel()
	drag(middle("dialog h2, dialog h3, dialog h4"), `({ X: 2, Y: 2 })`)
	c.want("the panel open", `document.querySelector('#samtykke').shadowRoot.querySelector('dialog').open`)
	c.want("no answer", "!samtykke.get().answered")
}

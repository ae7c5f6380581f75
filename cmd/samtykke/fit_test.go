package main_test

import (
	"fmt"
	"testing"
)

// everyPage are the replica's pages that a visitor sees without doing anything.
var everyPage = []string{
	"/", "/nn/", "/en/", "/se/", "/sok", "/kart", "/video", "/chat", "/kommune-tv", "/skjema",
	"/minside", "/billetter", "/tilbakemelding", "/informasjonskapsler", "/personvern",
	"/en/kart", "/nn/informasjonskapsler", "/en/chat", "/billetter?sprak=en", "/nosuch",
}

// misfits gives, in words, what does not fit on the screen: sideways scrolling,
// buttons of the question out of sight, covered, or over each other, and parts
// of the question that stick out of it or lie over the page.
const misfits = `(() => {
	const found = []
	const page = document.documentElement
	if (page.scrollWidth > innerWidth) {
		const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3)
		found.push('scrolls sideways: ' + page.scrollWidth + ' px; ' + wide.map((e) => e.localName + '.' + e.className).join(', '))
	}
	const host = document.querySelector('#samtykke')
	const root = host?.shadowRoot
	const buttons = ['accept', 'reject'].map((action) => root?.querySelector('[data-samtykke=' + action + ']'))
	if (!buttons.every(Boolean)) return [...found, 'the question is not there']
	const over = (a, b) => a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5
	const rects = buttons.map((b) => b.getBoundingClientRect())
	for (const [i, r] of rects.entries()) {
		const name = buttons[i].dataset.samtykke
		if (r.top < 0 || r.left < 0 || r.bottom > innerHeight || r.right > innerWidth) found.push(name + ' is out of sight: ' + JSON.stringify(r) + ' on ' + innerWidth + '×' + innerHeight)
		const points = [[r.left + 3, r.top + 3], [r.right - 3, r.top + 3], [r.left + 3, r.bottom - 3], [r.right - 3, r.bottom - 3], [r.left + r.width / 2, r.top + r.height / 2]]
		if (!points.every(([x, y]) => root.elementFromPoint(x, y) === buttons[i])) found.push(name + ' is covered')
		if (buttons[i].scrollWidth > buttons[i].clientWidth + 1) found.push(name + ' is wider than its button')
	}
	if (over(...rects)) found.push('the buttons lie over each other')
	if (Math.abs(rects[0].width - rects[1].width) > 1 || Math.abs(rects[0].height - rects[1].height) > 1) found.push('the buttons differ in size: ' + rects.map((r) => r.width + '×' + r.height).join(', '))
	const section = root.querySelector('section').getBoundingClientRect()
	for (const e of root.querySelectorAll('section *')) {
		const r = e.getBoundingClientRect()
		if (r.width && (r.left < section.left - 1 || r.right > section.right + 1 || r.bottom > section.bottom + 1)) found.push('sticks out: ' + e.localName + ' ' + e.textContent.slice(0, 30))
	}
	for (const e of document.body.children) {
		if (e !== host && e.getBoundingClientRect().height && over(section, e.getBoundingClientRect())) found.push('lies over ' + e.localName)
	}
	const parts = [...root.querySelectorAll('section h2, section h3, section p, section label, section button, section a')]
	for (const a of parts) for (const b of parts) {
		if (a !== b && !a.contains(b) && !b.contains(a) && over(a.getBoundingClientRect(), b.getBoundingClientRect())) found.push('overlap: ' + a.textContent.slice(0, 30) + ' / ' + b.textContent.slice(0, 30))
	}
	return [...new Set(found)]
})()`

// TestQuestionFits shows that the question fits on every page, from a small
// phone (320×568) to a wide screen, whatever its language; with several
// questions, on a phone of 320×900.
func TestQuestionFits(t *testing.T) {
	p := openTab(t, "chromium")
	for _, many := range []bool{false, true} {
		w, small := demo(t), 568
		if many {
			// Three questions with their purposes are taller than the smallest
			// phones: there the buttons come after what they are about.
			w, small = demoAskAll(t), 900
		}
		for _, size := range [][2]int{{320, small}, {1920, 1080}} {
			t.Run(fmt.Sprintf("%d px, several questions %v", size[0], many), func(t *testing.T) {
				p.resize(size[0], size[1])
				for _, path := range everyPage {
					p.visit(w.Page + path)
					p.await("the question", deep("[data-samtykke=accept]"))
					var found []string
					p.eval(misfits, &found)
					for _, fault := range found {
						t.Errorf("%s: %s", path, fault)
					}
				}
			})
		}
	}
}

// shifts gives the sum of all layout shifts so far, and what moved.
const shifts = `new Promise((resolve) => {
	const entries = []
	const observer = new PerformanceObserver((list) => entries.push(...list.getEntries()))
	observer.observe({ type: 'layout-shift', buffered: true })
	requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
		entries.push(...observer.takeRecords())
		resolve({
			Sum: entries.reduce((sum, e) => sum + e.value, 0),
			Moved: entries.flatMap((e) => e.sources.map((s) => s.node?.localName + '.' + (s.node?.className ?? '') + ' ' + s.previousRect.x + ',' + s.previousRect.y + '→' + s.currentRect.x + ',' + s.currentRect.y)).slice(0, 5),
		})
	})))
})`

// moved gives how much on the page has moved since it came, and what.
func (p *tab) moved() (sum float64, what []string) {
	var seen struct {
		Sum   float64
		Moved []string
	}
	p.eval(shifts, &seen)
	return seen.Sum, seen.Moved
}

// stood fails when anything on the page has moved since it came.
func (p *tab) stood(t *testing.T, where string) {
	t.Helper()
	if sum, what := p.moved(); sum != 0 {
		t.Errorf("%s: layout shift %.4f: %v", where, sum, what)
	}
}

// comesStill fails when something moves each time that the page is loaded. What a
// banner moves, it moves always; on a loaded machine a page is read in pieces, and may
// then move a box of its own.
func (p *tab) comesStill(t *testing.T, where string, load func()) {
	t.Helper()
	for range 2 {
		load()
		sum, what := p.moved()
		if sum == 0 {
			return
		}
		t.Logf("%s: layout shift %.4f: %v; loaded anew", where, sum, what)
	}
	load()
	p.stood(t, where)
}

// TestNoLayoutShift shows that nothing on any page moves because of the
// banner: neither the question nor placeholders.
func TestNoLayoutShift(t *testing.T) {
	p := openTab(t, "chromium")
	for _, size := range [][2]int{{320, 568}, {1280, 1200}} {
		t.Run(fmt.Sprintf("%d px", size[0]), func(t *testing.T) {
			w := demo(t)
			p.resize(size[0], size[1])
			for _, path := range everyPage {
				p.comesStill(t, path, func() {
					p.visit(w.Page + path)
					p.await("the question", deep("[data-samtykke=accept]"))
					p.await("the placeholder, where one belongs", `!document.querySelector('iframe[data-src]') || document.querySelector('[data-samtykke-place]')`)
				})
			}
		})
	}
}

// TestNoLayoutShiftAfterWithdrawal looks at the page that is loaded anew because
// something that ran has lost its consent: what is said there stands at once.
func TestNoLayoutShiftAfterWithdrawal(t *testing.T) {
	p := openTab(t, "chromium")
	w := demo(t)
	for _, width := range []int{320, 1280} {
		p.resize(width, 900)
		p.visit(w.Page + "/video")
		p.eval(`document.cookie = 'samtykke-gjerdrum=; path=/; max-age=0'`, nil)
		p.visit(w.Page + "/video")
		p.accept()
		p.pressPlace("youtube")
		p.await("the embed", `document.querySelector('iframe[src]')`)
		p.next(func() { p.press("[data-samtykke=withdraw]") })
		p.await("word of what remains", `document.querySelector('#samtykke').shadowRoot.querySelector('[role=status]').textContent.includes('YSC')`)
		p.settle()
		p.stood(t, fmt.Sprintf("%d px", width))
	}
}

// TestLayoutShiftIsSeen shows that the measure sees a shift when there is one.
func TestLayoutShiftIsSeen(t *testing.T) {
	p := openTab(t, "chromium")
	w := demo(t)
	p.visit(w.Page + "/personvern")
	p.await("the question", deep("[data-samtykke=accept]"))
	p.settle()
	p.eval(`new Promise((done) => { // what was never painted does not shift
		const late = document.createElement('div')
		late.style.height = '200px'
		requestAnimationFrame(() => requestAnimationFrame(() => {
			document.body.prepend(late)
			done()
		}))
	})`, nil)
	p.await("the shift by a block that was put in late", `(await (`+shifts+`)).Sum > 0`)
}

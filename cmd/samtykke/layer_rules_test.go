package main_test

import (
	"fmt"
	"math"
	"testing"
)

// weigh gives what makes one button weigh more than another.
const weigh = `((root) => {
	const rgb = (text) => { const c = document.createElement('canvas').getContext('2d', { willReadFrequently: true }); c.fillStyle = text; c.fillRect(0, 0, 1, 1); return [...c.getImageData(0, 0, 1, 1).data] }
	const light = (c) => { const [r, g, b] = c.map((v) => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b }
	const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05) }
	const back = (e) => { for (; e; e = e.parentElement ?? e.getRootNode().host) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c } return rgb('Canvas') }
	return [...root.querySelectorAll('.buttons button')].map((e) => {
		const s = getComputedStyle(e), r = e.getBoundingClientRect()
		return { Label: e.textContent, Width: r.width, Height: r.height, Font: parseFloat(s.fontSize), Weight: +s.fontWeight, Border: parseFloat(s.borderTopWidth),
			Text: contrast(rgb(s.color), back(e)), Ground: contrast(back(e), back(e.parentElement)), Look: [s.fontFamily, s.borderTopStyle, s.textDecorationLine, s.borderRadius, s.opacity].join('|') }
	})
})`

func TestB2ButtonsHaveEqualWeight(t *testing.T) {
	type weight struct {
		Label                                             string
		Width, Height, Font, Weight, Border, Text, Ground float64
		Look                                              string
	}
	check := func(t *testing.T, where string, p *tab, root string) {
		t.Helper()
		var all []weight
		p.eval(weigh+"("+root+")", &all)
		if len(all) < 2 {
			t.Fatalf("%s: buttons %+v", where, all)
		}
		first := all[0]
		for _, b := range all {
			if b.Text < 4.5 {
				t.Errorf("%s: %q has a contrast of %.2f", where, b.Label, b.Text)
			}
			for what, pair := range map[string][2]float64{"text": {b.Text, first.Text}, "ground": {b.Ground, first.Ground}} {
				if math.Abs(pair[0]-pair[1]) >= .1*max(pair[0], pair[1]) {
					t.Errorf("%s: contrasts of %s differ: %.2f and %.2f", where, what, pair[0], pair[1])
				}
			}
			for what, pair := range map[string][2]float64{"width": {b.Width, first.Width}, "height": {b.Height, first.Height}, "font": {b.Font, first.Font}, "border": {b.Border, first.Border}} {
				if math.Abs(pair[0]-pair[1]) > 1 {
					t.Errorf("%s: %s of %q is %.1f, of %q %.1f", where, what, b.Label, pair[0], first.Label, pair[1])
				}
			}
			if b.Weight != first.Weight || b.Look != first.Look {
				t.Errorf("%s: %q looks unlike %q: %+v %+v", where, b.Label, first.Label, b, first)
			}
		}
	}
	w, all := demo(t), demoAskAll(t)
	p := openTab(t, "chromium")
	const root = `document.querySelector('#samtykke').shadowRoot`
	for _, scheme := range []string{"light", "dark"} {
		p.prefer("prefers-color-scheme", scheme)
		for _, width := range []int{320, 1280} {
			p.resize(width, 900)
			for _, page := range []string{w.Page + "/", w.Page + "/se/", all.Page + "/nn/"} {
				p.visit(page)
				p.asks()
				check(t, fmt.Sprintf("%s, %s, %d px", page, scheme, width), p, root+`.querySelector('section')`)
			}
			p.eval(`samtykke.open()`, nil)
			p.await("the panel", deep("dialog .buttons button")+"?.getBoundingClientRect().width > 0")
			check(t, fmt.Sprintf("panel, %s, %d px", scheme, width), p, root+`.querySelector('dialog')`)
		}
	}
}

func TestK6NothingMovesOrCloses(t *testing.T) {
	w := demo(t)
	p := openTab(t, "chromium")
	// An hour of timers passes at once: nothing may have been waiting for it.
	p.beforeEveryPage(`(() => { const later = window.setTimeout; window.__waits = []; window.setTimeout = (f, ms, ...a) => { if (ms > 1000) window.__waits.push([f, a]); return later(f, ms, ...a) } })()`)
	p.prefer("prefers-reduced-motion", "reduce")
	p.visit(w.Page + "/")
	p.asks()
	moving := `(() => { const all = [...document.querySelector('#samtykke').shadowRoot.querySelectorAll('*'), document.querySelector('#samtykke')]
		return all.filter((e) => { const s = getComputedStyle(e); return s.animationName !== 'none' || s.transitionDuration.split(',').some((d) => parseFloat(d) > 0) || s.scrollBehavior === 'smooth' }).length + document.getAnimations().length })()`
	if p.truth(moving) {
		t.Error("something of the banner moves")
	}
	before := p.text(bannerText)
	p.eval(`window.__waits.forEach(([f, a]) => typeof f === 'function' && f(...a))`, nil)
	p.settle()
	if p.text(bannerText) != before || !p.shown() {
		t.Error("the banner changes by itself")
	}
	p.eval(`samtykke.open()`, nil)
	p.await("the panel", deep("dialog")+"?.open")
	if p.truth(moving) {
		t.Error("something of the panel moves")
	}
	p.eval(`window.__waits.forEach(([f, a]) => typeof f === 'function' && f(...a))`, nil)
	p.settle()
	if !p.truth(deep("dialog") + "?.open") {
		t.Error("the panel closes by itself")
	}
}

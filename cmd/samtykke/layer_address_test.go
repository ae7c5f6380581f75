package main_test

import "testing"

// TestAddressOpensTheChoice follows addresses that end in "#samtykke", as the
// declaration names one.
func TestAddressOpensTheChoice(t *testing.T) {
	w := demo(t)
	p := openTab(t, "chromium")
	opened := func(when string) {
		t.Helper()
		p.await("the panel "+when, deep("dialog")+"?.open")
		p.key("Escape")
		p.await("it to close", "!"+deep("dialog"))
	}
	p.visit(w.Page + "/personvern#samtykke")
	opened("when the page is loaded")
	p.reject()
	p.eval(`location.hash = 'samtykke'`, nil)
	opened("after a refusal")
	p.eval(`location.hash = 'samtykke'`, nil)
	opened("a second time")
	p.visit(w.Page + "/sok#samtykke")
	p.await("the panel", deep("dialog")+"?.open")
	p.press("dialog .buttons button:nth-child(2)")
	p.await("the yes", `samtykke.get().categories.statistics && !`+deep("dialog"))
	p.eval(`location.hash = 'samtykke'`, nil)
	p.await("the panel", deep("dialog")+"?.open")
	p.next(func() { p.press("dialog .buttons button:nth-child(3)") })
	p.await("word of it", `document.querySelector('#samtykke')?.shadowRoot.querySelector('[role=status]').textContent`)
	p.settle()
	if p.truth(deep("dialog")) {
		t.Error("the panel opens again after the choice")
	}
}

// TestBannerCoversItsPlace: what is behind the banner shows nowhere through it.
func TestBannerCoversItsPlace(t *testing.T) {
	w := demo(t)
	p := openTab(t, "chromium")
	p.visit(w.Page + "/")
	p.asks()
	if !p.truth(`(() => { const host = document.querySelector('#samtykke').getBoundingClientRect()
		return host.top === 0 && document.querySelector('#samtykke').nextElementSibling.getBoundingClientRect().top === host.bottom })()`) {
		t.Error("the banner's ground does not fill its place in the page")
	}
	p.reject()
	if !p.truth(`(() => { const root = document.querySelector('#samtykke'), said = root.shadowRoot.querySelector('[role=status]').getBoundingClientRect(), r = root.getBoundingClientRect()
		return said.top - r.top >= 8 && r.bottom - said.bottom >= 8 })()`) {
		t.Error("what is said sticks to an edge")
	}
}

// TestPanelKeepsItsButtons scrolls and tabs through the panel.
func TestPanelKeepsItsButtons(t *testing.T) {
	w := demo(t)
	p := openTab(t, "chromium")
	open := func() {
		t.Helper()
		p.visit(w.Page + "/")
		p.asks()
		p.eval(`samtykke.open()`, nil)
		p.await("the panel", deep("dialog")+"?.open")
	}
	const covered = `(() => {
		const root = document.querySelector('#samtykke').shadowRoot, e = root.activeElement
		if (!e) return ''
		const r = e.getBoundingClientRect(), y = Math.min(Math.max(r.top + r.height / 2, 0), innerHeight - 1)
		const at = root.elementFromPoint(r.left + Math.min(r.width / 2, 20), y)
		return e === at || e.contains(at) || at?.contains(e) && at.localName === 'label' || at === e ? '' : e.localName + ' ' + e.textContent.slice(0, 30) + ' under ' + at?.localName + '.' + at?.className
	})()`
	for _, size := range [][2]int{{320, 568}, {1280, 800}, {320, 200}} {
		p.resize(size[0], size[1])
		open()
		if size[1] > 480 {
			for _, part := range []string{"0", "0.5", "1"} {
				p.eval(`((d) => d.scrollTo({ top: `+part+` * d.scrollHeight, behavior: 'instant' }))(`+deep("dialog")+`)`, nil)
				if !p.truth(`[...document.querySelector('#samtykke').shadowRoot.querySelectorAll('.top .link, dialog .buttons button')].every((e) => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight && r.right <= innerWidth && e.scrollWidth <= e.clientWidth + 1 })`) {
					t.Errorf("%v: a button is out of sight, scrolled by %s", size, part)
				}
			}
		} else if !p.truth(`getComputedStyle(` + deep("dialog .buttons") + `).position === 'static'`) {
			t.Errorf("%v: buttons stand over what little there is room for", size)
		}
		p.eval(deep("#panel")+`.focus()`, nil)
		for range 30 {
			p.key("Tab")
			if fault := p.text(covered); fault != "" {
				t.Errorf("%v: focus is hidden: %s", size, fault)
			}
		}
	}
	if !p.truth(`getComputedStyle(` + deep("dialog input[type=checkbox]") + `).accentColor === 'rgb(20, 83, 45)'`) {
		t.Error("the boxes are not of the site's colour")
	}
	p.resize(1280, 800)
	if !p.truth(`(() => { const [h, b] = ['#panel', '.top .link'].map((s) => document.querySelector('#samtykke').shadowRoot.querySelector(s).getBoundingClientRect()); return h.top < b.bottom && b.top < h.bottom })()`) {
		t.Error("the way out has a line of its own")
	}
}

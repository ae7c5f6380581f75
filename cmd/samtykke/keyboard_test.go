package main_test

import (
	"slices"
	"strings"
	"testing"
)

// focused names what has focus: an action of the banner, a link of the banner,
// "page" for the page itself, or "" for nothing. An outline must be seen.
const focused = `(() => {
	const root = document.querySelector('#samtykke')?.shadowRoot
	const e = root?.activeElement
	if (!e) return document.activeElement && document.activeElement !== document.body ? 'page' : ''
	const s = getComputedStyle(e)
	const seen = parseFloat(s.outlineWidth) >= 1 && s.outlineStyle !== 'none' || s.boxShadow !== 'none'
	return (e.dataset.samtykke ?? e.localName) + (seen ? '' : ' without an outline')
})()`

func TestK2KeyboardReachesEverything(t *testing.T) {
	w := demo(t)
	p := openTab(t, "chromium")
	p.visit(w.Page + "/")
	p.asks()
	var order []string
	for range 12 {
		p.key("Tab")
		order = append(order, p.text(focused))
		if order[len(order)-1] == "page" {
			break
		}
	}
	want := []string{"accept", "reject", "open", "a", "a", "page"}
	if !slices.Equal(order, want) {
		t.Errorf("Tab goes through %q, want %q", order, want)
	}
	for p.text(focused) != "open" {
		p.key("Shift+Tab")
	}
	p.key("Enter")
	p.await("the panel", deep("dialog")+"?.open")
	inside := map[string]bool{}
	for range 8 {
		p.key("Tab")
		inside[p.text(focused)] = true
		if p.truth(`document.activeElement !== document.querySelector('#samtykke') && document.activeElement !== document.body`) {
			t.Fatal("focus leaves the open dialog for the page behind it")
		}
	}
	for what := range inside {
		if strings.Contains(what, "without") {
			t.Errorf("in the panel: %s", what)
		}
	}
	p.key("Escape")
	p.await("the panel to close", "!"+deep("dialog"))
	p.await("focus to return", focused+` === 'open'`)
	p.key("Shift+Tab")
	if at := p.text(focused); at != "reject" {
		t.Errorf("before the opener stands %q", at)
	}
	p.key("Enter")
	p.gone()
	if p.truth(`samtykke.get().categories.statistics`) || !p.truth(`samtykke.get().answered`) {
		t.Error("Enter on the refusal did not refuse")
	}
}

// TestB5NoQuestionWithoutNeed: a site whose services are all necessary.
// TestD5LeftOversGoInEveryState plants what switched-off services left.

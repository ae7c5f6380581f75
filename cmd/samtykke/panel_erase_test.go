package main_test

import (
	"fmt"
	"testing"
)

// inPanel finds what bears a label in the panel: of two, the inner one.
func inPanel(label string) string {
	return fmt.Sprintf(`[...%s.querySelectorAll('button, summary')].filter((e) => e.textContent === %q).at(-1)`, deep("dialog"), label)
}

// pressInPanel presses it with the keyboard.
func (p *tab) pressInPanel(label string) {
	p.t.Helper()
	p.await(label, inPanel(label))
	p.eval(inPanel(label)+`.focus(), true`, nil)
	p.key("Enter")
}

// TestPanelErasesAndSaysSo: whoever erases everything in the panel while something
// runs is told so on the page that comes, where they look.
func TestPanelErasesAndSaysSo(t *testing.T) {
	w := newWorld(t)
	p := openTab(t, "chromium")
	p.visit(w.Page)
	p.asks()
	p.accept()
	w.awaitLog(t, 0, 1)
	p.openPanel()
	for _, label := range []string{"Slett alt om meg", "Ja, slett alt"} {
		p.pressInPanel(label)
	}
	p.await("word of it where it is seen", `document.readyState === 'complete' && !`+deep("dialog")+` && /^Alt er slettet\./.test(`+bannerText+`) && scrollY === 0`)
	if left := w.log(t); len(left) != 0 {
		t.Errorf("left: %+v", left)
	}
	if p.truth(`JSON.parse(localStorage.getItem("samtykke-gjerdrum")).token`) {
		t.Error("the browser keeps the key")
	}
}

package main_test

import (
	"fmt"
	"testing"
)

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
	button := func(label string) string {
		return fmt.Sprintf(`[...%s.querySelectorAll('button, summary')].find((e) => e.textContent === %q)`, deep("dialog"), label)
	}
	for _, label := range []string{"Slett alt om meg", "Ja, slett alt"} {
		p.await(label, button(label))
		p.eval(button(label)+`.focus(), true`, nil)
		p.key("Enter")
	}
	p.await("word of it where it is seen", `document.readyState === 'complete' && !`+deep("dialog")+` && /^Alt er slettet\./.test(`+bannerText+`) && scrollY === 0`)
	if left := w.log(t); len(left) != 0 {
		t.Errorf("left: %+v", left)
	}
	if p.truth(`JSON.parse(localStorage.getItem("samtykke-gjerdrum")).token`) {
		t.Error("the browser keeps the key")
	}
}

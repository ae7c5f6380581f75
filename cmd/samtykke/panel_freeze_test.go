package main_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestPanelFreezes: the panel freezes what is recorded of the visitor and releases
// it, by keyboard, and its list says which choices are frozen.
func TestPanelFreezes(t *testing.T) {
	w := newWorld(t)
	p := openTab(t, "chromium")
	p.decideTwice(w.Page)
	p.openPanel()
	frozen := func() int {
		return strings.Count(w.samtykke(t, "log", "list", "gjerdrum", "--json"), `"frozen":true`)
	}
	press := func(label, says string) {
		p.pressInPanel(label)
		if says != "" {
			p.await(says, fmt.Sprintf(`%s.textContent === %q`, deep("dialog [role=status]"), says))
		}
	}
	p.await("my choice", inPanel("Frys valgene"))
	p.eval(`[...`+deep("dialog")+`.querySelectorAll('summary')].find((e) => e.textContent === 'Frys valgene').focus(), true`, nil)
	p.key("Enter")
	press("Frys valgene", "Valgene er fryst.")
	if n := frozen(); n != 2 {
		t.Errorf("%d decisions are frozen", n)
	}
	press("Vis tidligere valg", "")
	p.await("the list to say so", fmt.Sprintf(`[...%s.querySelectorAll('li')].filter((e) => e.textContent.includes(', fryst (')).length === 2`, deep("dialog")))
	press("Opphev frysingen", "Frysingen er opphevet.")
	if n := frozen(); n != 0 {
		t.Errorf("%d decisions are frozen still", n)
	}
}

package main_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// TestF8CountedRefusal (requirement F8) in a real browser: with "refusals: count"
// a first no leaves no token in the browser, no decision in the log, and one
// more in the day's number; a yes and what follows it are decisions as ever.
func TestF8CountedRefusal(t *testing.T) {
	w := newWorld(t)
	number := w.publishChanged(t, "retention: P2Y", "retention: P2Y\n  refusals: count")
	for n := 1; n <= 5; n++ {
		p := openTab(t, "chromium")
		p.awaitNotice(w.Page+"/", number)
		p.reject()
		p.await("an empty queue", emptyQueue)
		memory := p.text(`localStorage.getItem('samtykke-gjerdrum')`)
		if strings.Contains(memory, "token") || strings.Contains(memory, "last") || strings.Contains(p.text("document.cookie"), "token") {
			t.Fatalf("the browser keeps %s", memory)
		}
		p.visit(w.Page + "/nn/")
		if p.shown() {
			t.Error("the no is not remembered")
		}
		if n < 5 {
			continue
		}
		if log := w.samtykke(t, "log", "export", "gjerdrum", "--format", "jsonl"); log != "" {
			t.Errorf("the log holds %s", log)
		}
		w.wantCounted(t, number, n)
		if said := w.samtykke(t, "log", "refusals", "gjerdrum", "--json"); said != "" {
			t.Errorf("of a day that goes on is told %s", said)
		}
		p.openPanel()
		if says := p.text(deep("dialog p") + ".textContent"); !strings.Contains(says, "berre talt") {
			t.Errorf("to whoever said no the panel says %q", says)
		}
		if !p.truth(deep("dialog") + `.textContent.includes('kva du har samtykt til. Er eit nei til alt')`) {
			t.Error("what the panel says is logged makes no exception for what is counted")
		}
	}
	p := openTab(t, "chromium")
	p.awaitNotice(w.Page+"/", number)
	p.accept()
	w.awaitLog(t, 0, 1)
	p.eval(`samtykke.withdraw()`, nil)
	w.awaitLog(t, 1, 1)
	if log := w.samtykke(t, "log", "export", "gjerdrum", "--format", "jsonl"); strings.Contains(log, `"visitor":""`) || !strings.Contains(log, `"withdraw"`) {
		t.Errorf("the log holds %s", log)
	}
}

// wantCounted asserts how many refusals of a notice are counted, all of them today.
func (w *world) wantCounted(t *testing.T, number, want int) {
	t.Helper()
	store := installation{data: w.Data}.open(t)
	counts, err := store.Refusals(t.Context(), "gjerdrum")
	if err := errors.Join(err, store.Close()); err != nil {
		t.Fatal(err)
	}
	counted := 0
	for _, each := range counts {
		if counted += each.Count; int(each.Notice) != number || !each.Day.Equal(consent.MidnightOf(time.Now())) {
			t.Errorf("counted is %+v", each)
		}
	}
	if counted != want {
		t.Errorf("%d are counted, want %d", counted, want)
	}
}

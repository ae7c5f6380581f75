package admin_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// decided is some decisions that are alike.
type decided struct {
	n        int
	ago      int // days before today
	notice   consent.NoticeNumber
	language consent.Language
	method   consent.Method
	layer    consent.Layer
	state    consent.State
	yes      string // "sm": statistics, marketing
	services map[consent.ServiceRef]bool
}

// answers appends decisions to Skogen. Fields that are not given are those of a
// visitor who says yes to all.
func (h *house) answers(t *testing.T, all ...decided) {
	t.Helper()
	work := make(chan *consent.Decision)
	var wg sync.WaitGroup
	for range 32 {
		wg.Go(func() {
			for d := range work {
				if _, err := h.store.Append(t.Context(), d); err != nil {
					t.Error(err)
				}
			}
		})
	}
	next := h.nextDecision
	for _, one := range all {
		for range one.n {
			work <- one.decision(next, h.clock())
			next++
		}
	}
	h.nextDecision = next
	close(work)
	wg.Wait()
}

func (one decided) decision(number int, now time.Time) *consent.Decision {
	d := &consent.Decision{
		ID: storagetest.ID(number), Visitor: storagetest.Visitor(number), Site: "skogen", Notice: one.notice, Bundle: "bundle-one",
		Language: one.language, Method: one.method, Layer: one.layer, State: one.state, Time: now.AddDate(0, 0, -one.ago),
	}
	if d.Notice == 0 {
		d.Notice = 1
	}
	if d.Language == "" {
		d.Language = consent.Bokmaal
	}
	if d.Method == "" {
		d.Method, d.Layer, d.State = consent.AcceptAll, consent.LayerFirst, consent.StateGiven
		one.yes = "sm"
	}
	if d.Layer == "" {
		d.Layer = consent.LayerFirst
	}
	d.Choice = consent.Choice{Categories: map[consent.CategoryKey]bool{
		consent.Statistics: strings.Contains(one.yes, "s"), consent.Marketing: strings.Contains(one.yes, "m"),
	}, Services: one.services}
	return d
}

// The usual ways of deciding.
func no(n, ago int) decided {
	return decided{n: n, ago: ago, method: consent.RejectAll, state: consent.StateRefused}
}

func partly(n, ago int) decided {
	return decided{n: n, ago: ago, method: consent.Save, layer: consent.LayerSecond, state: consent.StatePartlyGiven, yes: "s"}
}

// figuresFixture is a site with some weeks behind it.
func figuresFixture(t *testing.T, h *house) {
	t.Helper()
	for ago := range 45 {
		busy := 6 + (ago*7)%5
		h.answers(t, decided{n: busy, ago: ago}, no(5+ago%3, ago), partly(ago%2*5, ago),
			decided{n: ago % 9 / 8 * 6, ago: ago, language: consent.English})
		day := consent.MidnightOf(h.clock()).AddDate(0, 0, -ago)
		must(t, h.store.AddTallies(t.Context(), []consent.Tally{{Site: "skogen", Day: day, Shown: 60, Decided: 18, Acknowledged: 18 - ago/44*15, Took: [7]int{0, 2, 4, 3, 1, 0, 1}}}))
	}
	h.answers(t, decided{n: 2, ago: 3, method: consent.Withdraw, layer: consent.LayerPage, state: consent.StateWithdrawn},
		decided{n: 7, ago: 4, method: consent.PlaceholderOnce, layer: consent.LayerPlaceholder, state: consent.StatePartlyGiven, yes: ""})
	today := consent.MidnightOf(h.clock())
	must(t, h.store.AddFindings(t.Context(), []consent.Finding{
		{Site: "skogen", Day: today, Kind: consent.FoundUnknown, Name: "statistics/hotjar", Count: 412, Last: h.clock()},
		{Site: "skogen", Day: today.AddDate(0, 0, -1), Kind: consent.FoundStuck, Name: "film/_film", Count: 3, Last: h.clock().AddDate(0, 0, -1)},
		{Site: "skogen", Day: today.AddDate(0, 0, -1), Kind: consent.FoundResidual, Name: "counter/_counter", Count: 8, Last: h.clock().AddDate(0, 0, -1)},
		{Site: "skogen", Day: today.AddDate(0, 0, -1), Kind: consent.FoundMarkup, Name: hostileName, Count: 1, Last: h.clock().AddDate(0, 0, -1)},
	}))
}

// hostileName is as long as a finding's name may be, and means harm.
var hostileName = "<script>alert(1)</script>\u202e\"'=HYPERLINK(1)🙂" + strings.Repeat("x", 150)

package admin_test

import (
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/samtykke/samtykke/consent"
)

// A row about too few says so where the other rows have their numbers, and no further.
func TestHiddenRowEndsWithTheOthers(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	h.answers(t, decided{n: 100, ago: 2}, no(30, 2), decided{n: 3, ago: 2, method: consent.Save, layer: consent.LayerSecond, state: consent.StatePartlyGiven, yes: "m"})
	ctx := kari.chromium()
	must(t, chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(kari.url+"/sites/skogen/figures")))
	var hidden, others []int
	const ends = `.map((row) => row.lastElementChild).map((cell) => Math.round(cell.getBoundingClientRect().right - parseFloat(getComputedStyle(cell).paddingRight)))`
	const rows = `[...document.querySelectorAll('#chart-categories ~ table tr')].filter((row) => !!row.querySelector('[colspan]') === `
	eval(ctx, t, rows+`true)`+ends, &hidden)
	eval(ctx, t, rows+`false)`+ends, &others)
	if len(hidden) != 2 || len(others) == 0 || slices.Max(append(others, hidden...)) != slices.Min(append(others, hidden...)) {
		t.Errorf("the row about too few ends at %v, the others at %v", hidden, others)
	}
}

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
	h.answers(t, decided{n: 4, ago: 1})
	ctx := kari.chromium()
	must(t, chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(kari.url+"/sites/skogen/figures")))
	var hidden, others []int
	const ends = `.map((row) => row.lastElementChild).map((cell) => Math.round(cell.getBoundingClientRect().right - parseFloat(getComputedStyle(cell).paddingRight)))`
	const rows = `[...document.querySelectorAll('#chart-visits ~ table tr')].filter((row) => !!row.querySelector('[colspan]') === `
	eval(ctx, t, rows+`true)`+ends, &hidden)
	eval(ctx, t, rows+`false)`+ends, &others)
	if len(hidden) != 1 || len(others) != 4 || slices.Max(others) != hidden[0] || slices.Min(others) != hidden[0] {
		t.Errorf("the row about too few ends at %v, the others at %v", hidden, others)
	}
}

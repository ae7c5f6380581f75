package admin_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/samtykke/samtykke/consent"
)

// In a narrow window, where each number stands on a line, the lines say what was
// answered and not what nobody did.
func TestNarrowChartsLeaveOutWhatNobodyDid(t *testing.T) {
	h := open(t)
	knownMonth(t, h)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	ctx := kari.chromium()
	for width, want := range map[int64]int{320: 0, 1280: 5} {
		must(t, chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(kari.url+"/sites/skogen/figures?"+month)))
		var zeroes int
		eval(ctx, t, `[...document.querySelectorAll('#chart-methods ~ table td.number')].filter((cell) => cell.innerText.trim() === '0' && cell.checkVisibility()).length`, &zeroes)
		if zeroes < want || want == 0 && zeroes > 0 {
			t.Errorf("%d px wide, the ways of answering show %d zeroes, want %d", width, zeroes, want)
		}
	}
}

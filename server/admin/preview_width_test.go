package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/samtykke/samtykke/consent"
)

// Whoever chooses no width sees the banner as wide as the window lets it be: on a
// telephone it is that of a telephone, and all of it is there.
func TestPreviewIsAsWideAsTheWindow(t *testing.T) {
	h := open(t)
	ctx := h.member("kari@example.no", consent.RoleViewer, skogen).chromium()
	for window, width := range map[int64]string{320: `innerWidth <= 320`, 1280: `innerWidth > 700`} {
		must(t, chromedp.Do(ctx, chromedp.EmulateViewport(window, 900), chromedp.Navigate(h.url+"/sites/skogen/preview")))
		becomes(inFrame(ctx, t), t, "the width", width)
		if hidden := number(ctx, t, `(() => { const stage = document.querySelector('.stage'); return stage.scrollWidth - stage.clientWidth })()`); hidden > 0 {
			t.Errorf("in a window of %d, %v pixels of the frame are out of sight", window, hidden)
		}
	}
}

// A state in which nothing is asked says so beside the frame, and how a visitor comes
// back to the choice.
func TestPreviewTellsOfTheWayBack(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	const way = `href="/help/script-tag?site=skogen#back"`
	kari.get("/sites/skogen/preview?state=answered").shows(t, http.StatusOK, "Etter et nei er spørsmålet borte", "der åpner den besøkende valget på nytt", way)
	kari.get("/sites/skogen/preview?state=accepted").shows(t, http.StatusOK, "Etter et ja er spørsmålet borte", "trekke samtykket tilbake", way)
	if first := kari.get("/sites/skogen/preview"); strings.Contains(first.body, way) {
		t.Error("a first visit tells of what comes after an answer")
	}
}

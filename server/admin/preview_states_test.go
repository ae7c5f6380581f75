package admin_test

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/samtykke/samtykke/consent"
)

// filmInPlace has the films of a site asked for where they stand.
func filmInPlace(d *consent.Draft) { d.Services[1].Ask = consent.AskInPlace }

const (
	// banner is the first layer, and place a placeholder of the films.
	bannerRoot = `document.getElementById('samtykke')?.shadowRoot`
	placeRoot  = `document.querySelector('[data-samtykke-place=film]')?.shadowRoot`
	// opened says that the film's picture is there to see, and that it is ours.
	opened  = `[...document.images].some((i) => i.checkVisibility() && i.complete && i.naturalWidth > 9 && i.src.startsWith('data:'))`
	wayBack = bannerRoot + `?.querySelector('[data-samtykke=open]') && !` + bannerRoot + `.querySelector('[data-samtykke=accept]') && samtykke.get().answered`
)

// lightness is how light a colour of an element is, from 0 to 1.
func lightness(of, property string) string {
	return `(getComputedStyle(` + of + `).` + property + `.match(/[\d.]+/g).slice(0, 3).reduce((a, b) => a + Number(b), 0) / 765)`
}

// Each state of the preview shows what it is called, in each language, narrow and
// wide, on light pages and dark ones; and nothing is asked for but the banner's files.
func TestPreviewShowsEachState(t *testing.T) {
	h := open(t)
	h.redraft(t, filmInPlace)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	ctx := kari.chromium()
	for _, look := range []struct {
		lang                               consent.Language
		width, scheme                      string
		question, film, withdrawn, content string
	}{
		{consent.Bokmaal, "wide", "light", "Vi teller besøk.", "Filmviseren", "trukket tilbake", "Innholdet fra Filmviseren"},
		{consent.English, "narrow", "dark", "We count visits.", "The Film Viewer", "withdrawn", "The content from The Film Viewer"},
	} {
		standing := placeRoot + `?.textContent.includes('` + look.film + `') && document.querySelector('[data-samtykke-place]').checkVisibility() && !(` + opened + `)`
		for state, shows := range map[string]string{
			"first":       bannerRoot + `?.textContent.includes('` + look.question + `') && ` + bannerRoot + `.querySelector('[data-samtykke=accept]') && !samtykke.get().answered`,
			"panel":       inAll + `.some((r) => r.querySelector('dialog[open]')?.textContent.includes('` + look.question + `'))`,
			"accepted":    wayBack + ` && ` + bannerRoot + `.querySelector('[data-samtykke=withdraw]') && ` + opened + ` && samtykke.get().categories.statistics && document.images[0].alt === '` + look.content + `'`,
			"answered":    wayBack + ` && !samtykke.get().categories.statistics && !document.images.length`,
			"placeholder": standing + ` && ` + wayBack,
			"withdrawn":   standing + ` && ` + wayBack + ` && ` + bannerRoot + `.querySelector('[role=status]').textContent.includes('` + look.withdrawn + `') && !samtykke.get().categories.statistics`,
		} {
			page := "lang=" + string(look.lang) + "&scheme=" + look.scheme + "&state=" + state
			must(t, chromedp.Do(ctx, chromedp.Navigate(kari.url+"/sites/skogen/preview?"+page+"&width="+look.width)))
			frame := inFrameAt(ctx, t, page)
			becomes(frame, t, state, shows)
			becomes(frame, t, "the language", `document.getElementById('samtykke').lang === '`+string(look.lang)+`'`)
			dark := look.scheme == "dark"
			if got := number(frame, t, lightness("document.body", "color")); (got > .5) != dark {
				t.Errorf("%s: on a %s page words are of lightness %v", page, look.scheme, got)
			}
			if got := number(frame, t, lightness(bannerRoot+".querySelector('section, dialog')", "color")); (got > .5) != dark {
				t.Errorf("%s: in a %s banner words are of lightness %v", page, look.scheme, got)
			}
			if narrow := number(frame, t, `innerWidth`) <= 320; narrow != (look.width == "narrow") {
				t.Errorf("%s: the frame is narrow: %v", page, narrow)
			}
			if wide := number(frame, t, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
				t.Errorf("%s: the page in the frame is %v pixels wider than it", page, wide)
			}
			onlyFiles(frame, t, kari.url)
		}
	}
	if entries, err := h.store.Read(t.Context(), consent.LogQuery{Site: "skogen"}); err != nil || len(entries) > 0 {
		t.Errorf("a decision was stored: %v %v", entries, err)
	}
}

func number(ctx context.Context, t *testing.T, script string) (n float64) {
	t.Helper()
	eval(ctx, t, script, &n)
	return n
}

// onlyFiles fails when a frame has asked for anything but the files of its banner.
func onlyFiles(frame context.Context, t *testing.T, url string) {
	t.Helper()
	var asked []string
	eval(frame, t, `performance.getEntriesByType('resource').map((e) => e.name)`, &asked)
	files := 0
	for _, address := range asked {
		switch {
		case strings.HasPrefix(address, url+"/frames/"):
			files++
		case !strings.HasPrefix(address, "data:"):
			t.Errorf("the frame asked for %s", address)
		}
	}
	if files == 0 {
		t.Errorf("the frame runs no file of ours, but %v", asked)
	}
}

// A banner that blocks by a policy has its page come anew after each answer, and any
// banner does so after content is withdrawn. A frame without a login could not: it
// shows what would come.
func TestPreviewStaysInItsFrame(t *testing.T) {
	h := open(t)
	h.redraft(t, filmInPlace)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	ctx := kari.chromium()
	stays := func(state string) context.Context {
		must(t, chromedp.Do(ctx, chromedp.Navigate(kari.url+"/sites/skogen/preview?state="+state)))
		frame := inFrameAt(ctx, t, "state="+state)
		eval(frame, t, `(() => { window.stays = true; return true })()`, nil)
		return frame
	}
	accepted := `samtykke.get().categories.statistics && samtykke.get().services['marketing/film'] && ` + opened
	withdrawn := `!samtykke.get().categories.statistics && ` + placeRoot + ` && !(` + opened + `)`
	frame := stays("accepted")
	becomes(frame, t, "the film", accepted)
	eval(frame, t, `samtykke.withdraw()`, nil)
	becomes(frame, t, "the end of the film", withdrawn+` && window.stays`)

	h.redraft(t, func(d *consent.Draft) { d.Site.PolicyMode = true })
	for state, shows := range map[string]string{"accepted": accepted, "withdrawn": withdrawn} {
		frame := stays(state)
		becomes(frame, t, state, shows)
		// The banner waits a second at most before it would have the page come anew.
		eval(frame, t, `new Promise((done) => setTimeout(done, 1500))`, nil)
		becomes(frame, t, state+" still", shows+` && window.stays`)
		onlyFiles(frame, t, kari.url)
	}
}

// A state that nobody can come to is not offered.
func TestPreviewOffersWhatCanBe(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	page := kari.get("/sites/skogen/preview")
	page.shows(t, 200, "Har godtatt", "Har trukket tilbake", "Mørke")
	if strings.Contains(page.body, "Møter en plassholder") {
		t.Error("a placeholder is offered where nothing is asked in place")
	}
	if got := kari.get("/sites/skogen/preview/frame?state=placeholder"); got.status != 200 || strings.Contains(got.body, "data-service=") {
		t.Errorf("a frame for what cannot be: %d %s", got.status, got.body)
	}
	h.redraft(t, filmInPlace)
	kari.get("/sites/skogen/preview?state=placeholder").shows(t, 200, "Møter en plassholder")
	h.redraft(t, func(d *consent.Draft) {
		d.Services[1].Name = consent.Text{consent.Bokmaal: `"><script>alert(1)</script>`, consent.English: "Film"}
	})
	got := kari.get("/sites/skogen/preview/frame?lang=nb&state=placeholder")
	got.shows(t, 200, "data-service=\"film\"", "&lt;script&gt;alert(1)")
	if policy := got.header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "connect-src 'none'") ||
		!strings.Contains(policy, "img-src data:;") || strings.Contains(policy, "unsafe") || strings.Contains(got.body, "<script>alert") {
		t.Errorf("the frame may do more than it needs: %s", policy)
	}
}

// A window of 320 pixels shows all of the narrow banner.
func TestPreviewFitsTheNarrowWindow(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	ctx := kari.chromium()
	must(t, chromedp.Do(ctx, chromedp.EmulateViewport(320, 900)))
	must(t, chromedp.Do(ctx, chromedp.Navigate(kari.url+"/sites/skogen/preview?width=narrow")))
	var edges struct{ Left, Right, Clipped, Page float64 }
	eval(ctx, t, `(() => {
		const stage = document.querySelector('.stage'), box = stage.querySelector('iframe').getBoundingClientRect()
		return { Left: box.left, Right: box.right, Clipped: stage.scrollWidth - stage.clientWidth, Page: document.documentElement.scrollWidth - innerWidth }
	})()`, &edges)
	if edges.Left < 0 || edges.Right > 320 || edges.Clipped > 0 || edges.Page > 0 {
		t.Errorf("the banner is clipped: %+v", edges)
	}
	becomes(inFrame(ctx, t), t, "the width", `innerWidth === 320`)
}

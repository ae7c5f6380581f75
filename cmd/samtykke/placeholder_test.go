package main_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// spilled gives what of a placeholder sticks out of it, and broken words.
const spilled = `(() => {
	const found = []
	for (const place of document.querySelectorAll('[data-samtykke-place]')) {
		const r = place.getBoundingClientRect()
		for (const e of place.shadowRoot.querySelectorAll('*')) {
			const s = e.getBoundingClientRect()
			if (s.width && (s.bottom > r.bottom + 1 || s.right > r.right + 1)) found.push(e.localName + ' sticks out: ' + e.textContent.slice(0, 40))
		}
		const buttons = place.shadowRoot.querySelector('.buttons'), words = buttons.previousElementSibling
		if (words && buttons.getBoundingClientRect().top < words.getBoundingClientRect().bottom - 1) found.push('the buttons lie over its words')
		const next = place.nextElementSibling?.nextElementSibling?.getBoundingClientRect()
		if (next?.height && next.top < r.bottom - 1 && next.left < r.right - 1) found.push('lies over what follows')
	}
	if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways')
	return found
})()`

func (p *tab) spills(t *testing.T, where string) {
	t.Helper()
	var found []string
	p.eval(spilled, &found)
	for _, fault := range found {
		t.Errorf("%s: %s", where, fault)
	}
}

// TestPlaceholderHoldsItsWords has placeholders in place of content that the
// page gives every kind of size.
func TestPlaceholderHoldsItsWords(t *testing.T) {
	p := openTab(t, "chromium")
	w := demo(t)
	p.resize(320, 568)
	for _, path := range []string{"/chat", "/video", "/kart", "/kommune-tv", "/skjema", "/tilbakemelding"} {
		p.visit(w.Page + path)
		p.await("the placeholder", `document.querySelector('[data-samtykke-place]')?.offsetHeight > 100`)
		p.spills(t, path)
		p.eval(`scrollTo(0, document.querySelector('[data-samtykke-place]').getBoundingClientRect().top + scrollY - innerHeight + 60)`, nil)
		p.spills(t, path+", of which the window shows the beginning")
	}
}

// TestPlaceholderFitsItsPlace has sizes that a page may give its content.
func TestPlaceholderFitsItsPlace(t *testing.T) {
	runCases(t, everyEngine, []trialCase{{46, "as high as its words, and as its content", func(c *caseOn) {
		c.resize(320, 568)
		const embed = `<iframe data-category="marketing" data-service="video" data-src="{third}/video.html" class="embed"`
		for name, style := range map[string]string{
			"least":  `.embed{display:block;aspect-ratio:16/9;min-height:6rem;width:100%}`,
			"fixed":  `.embed{display:block;height:90px;width:100%}`,
			"most":   `.embed{display:block;max-height:90px;width:100%}`,
			"frame":  `.embed{display:block;border:9px solid;padding:9px;min-height:30rem;width:100%;box-sizing:border-box}`,
			"narrow": `body>div{display:flex}.embed{width:200px}`,
		} {
			c.visit(c.put("/"+name, `<style>`+style+`</style><div>`+embed+`></iframe><p>after</p></div>`))
			c.await("the placeholder", videoPlace+"?.offsetHeight > 100")
			c.spills(c.T, name)
			if name == "frame" {
				c.want("as high as the content", videoPlace+`.offsetHeight === 480 && `+videoPlace+`.shadowRoot.querySelector('.place').offsetHeight === 480`)
			}
			if name == "narrow" {
				c.want("words whole", videoPlace+`.offsetWidth >= 200`)
			}
		}
	}}})
}

// TestLowPlaceholderShowsItsButtons: over a box whose height is all padding, which
// cannot grow, what is pressed is seen without scrolling.
func TestLowPlaceholderShowsItsButtons(t *testing.T) {
	runCases(t, oneEngine, []trialCase{{46, "over a box that cannot grow", func(c *caseOn) {
		for _, width := range []int{320, 375, 414} {
			c.resize(width, 800)
			c.showPlaces(`<meta name="viewport" content="width=device-width"><style>body{margin:8px}.ratio{position:relative;padding-top:56.25%;overflow:hidden}.ratio iframe{position:absolute;inset:0;width:100%;height:100%}</style><div class="ratio">` + videoFrame + `</div>`)
			c.await("the placeholder", videoPlace+"?.offsetHeight > 100")
			c.want(fmt.Sprintf("both buttons at %d pixels", width), `(() => { const box = `+videoPlace+`.getBoundingClientRect()
return [...`+videoPlace+`.shadowRoot.querySelectorAll('button')].every((b) => { const r = b.getBoundingClientRect(); return r.height >= 24 && r.top >= box.top && r.bottom <= box.bottom }) })()`)
		}
	}}})
}

// TestPlaceholderSaysWhatItIsFor has two videos of one service, one of them with
// a picture and an address of its own.
func TestPlaceholderSaysWhatItIsFor(t *testing.T) {
	runCases(t, oneEngine, []trialCase{{53, "title, purpose, picture and link", func(c *caseOn) {
		c.write(c.host+"/still.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="160" height="90"/>`, map[string]string{"Content-Type": "image/svg+xml"})
		c.showPlaces(videoFrame + `<p></p><iframe aria-label="Another" data-category="marketing" data-service="video" data-src="{third}/second.html" data-link="{third}/watch" data-thumbnail="/still.svg"></iframe><p></p><iframe title="Third" data-category="marketing" data-service="video" data-src="{third}/third.html" data-link="javascript:alert(1)"></iframe>`)
		c.await("all of them", `document.querySelectorAll('[data-samtykke-place]').length === 3`)
		var names [][]string
		c.eval(`[...document.querySelectorAll('[data-samtykke-place]')].map((p) => [...p.shadowRoot.querySelectorAll('h3')].map((h) => h.textContent).concat([...p.shadowRoot.querySelectorAll('button')].map((b) => b.ariaLabel)))`, &names)
		for i, title := range []string{"Video", "Another", "Third"} {
			for _, name := range names[i] {
				if !strings.HasSuffix(name, title) {
					c.t.Errorf("%q does not say which video: %q", name, title)
				}
			}
		}
		c.want("names that begin with what is seen", `[...`+videoPlace+`.shadowRoot.querySelectorAll('button')].every((b) => b.ariaLabel.startsWith(b.textContent + ': '))`)
		second := `document.querySelectorAll('[data-samtykke-place]')[1].shadowRoot`
		c.await("its picture", second+`.querySelector('img')?.naturalWidth === 160`)
		c.want("no words for it", second+`.querySelector('img').getAttribute('alt') === ''`)
		c.want("its own address", second+`.querySelector('a').href.endsWith('/watch')`)
		c.want("no script as a link", `!document.querySelectorAll('[data-samtykke-place]')[2].shadowRoot.querySelector('a[href^=javascript]')`)
		c.settle()
		c.wantAsked()
	}}})
	w := demo(t)
	p := openTab(t, "chromium")
	for path, words := range map[string][]string{
		"/kommune-tv": {"Viser kommunestyremøter direkte", "Du sier da ja til: Funksjonelle og Statistikk."},
		"/video":      {"Film: Slik sorterer du avfallet", "Videoavspilling (YouTube): Spiller av videoer"},
	} {
		p.visit(w.Page + path)
		p.await("the placeholder", `document.querySelector('[data-samtykke-place]')`)
		said := p.text(`document.querySelector('[data-samtykke-place]').shadowRoot.textContent`)
		for _, word := range words {
			if !strings.Contains(said, word) {
				t.Errorf("%s lacks %q: %s", path, word, said)
			}
		}
	}
}

// TestBlockSaysThatItIsOn has content that shows nothing by itself.
func TestBlockSaysThatItIsOn(t *testing.T) {
	w := demo(t)
	p := openTab(t, "chromium")
	for _, path := range []string{"/tilbakemelding", "/skjema"} {
		p.visit(w.Page + path)
		p.await("the placeholder", `document.querySelector('[data-samtykke-place]')?.offsetHeight > 0`)
		p.eval(`document.querySelector('[data-samtykke-place]').shadowRoot.querySelector('[data-samtykke=once]').focus()`, nil)
		p.key("Enter")
		p.await("word that it is on", `document.querySelector('.held > div')?.shadowRoot.querySelector('[role=status]')?.textContent.endsWith('er slått på.')`)
		if !p.truth(`document.querySelector('.held > div').shadowRoot.activeElement?.getAttribute('role') === 'status' && document.querySelector('.held > div').offsetHeight > 0`) {
			t.Errorf("%s: the word is not where the focus is", path)
		}
	}
}

// TestRemainsAreNamedThoughNecessary: what a third party set, which was asked
// only after the yes, stays in the browser whatever it was for.
func TestRemainsAreNamedThoughNecessary(t *testing.T) {
	w := demo(t)
	p := openTab(t, "chromium")
	p.visit(w.Page + "/")
	p.accept()
	p.visit(w.Page + "/sok")
	p.next(func() { p.press("[data-samtykke=withdraw]") })
	p.await("word of what remains", `document.querySelector('#samtykke').shadowRoot.querySelector('[role=status]').textContent.includes('_cfduid')`)
}

// TestThumbnailOfAnotherHost: before there is an answer no host hears of a picture of
// its own.
func TestThumbnailOfAnotherHost(t *testing.T) {
	runCases(t, oneEngine, []trialCase{{38, "a thumbnail of another host is not asked for", func(c *caseOn) {
		c.write(c.host+"/still.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="160" height="90"/>`, map[string]string{"Content-Type": "image/svg+xml"})
		var body strings.Builder
		samtykke := strings.TrimSuffix(c.script, ".js")
		for _, thumbnail := range []string{"{third}/thumb.gif", "//third.localhost:" + c.port + c.folder() + "/relative.gif", "/still.svg", samtykke + "/receipts/none.svg", "data:image/gif;base64,R0lGODlhAQABAAAAACw="} {
			body.WriteString(`<p></p><iframe data-category="marketing" data-service="video" data-src="{third}/film.html" data-thumbnail="` + thumbnail + `"></iframe>`)
		}
		c.showPlaces(body.String())
		var shown []int
		c.eval(`[...document.querySelectorAll('[data-samtykke-place]')].map((place) => place.shadowRoot.querySelectorAll('img').length)`, &shown)
		if !slices.Equal(shown, []int{0, 0, 1, 1, 1}) {
			c.t.Errorf("pictures: %v", shown)
		}
		c.settle()
		c.wantAsked()
	}}})
}

// TestHiddenContentHasNoPlaceholder: what nobody sees sleeps, and says nothing; nor
// does a placeholder show within what is hidden.
func TestHiddenContentHasNoPlaceholder(t *testing.T) {
	runCases(t, oneEngine, []trialCase{{45, "hidden content", func(c *caseOn) {
		var body strings.Builder
		for i, hidden := range []string{
			`width="0" height="0"`, `width="1" height="1"`, `style="width:1px;height:1px"`, `style="width: 0; height: 0; border: 0"`,
			`style="display:none"`, `hidden`, `class="away"`, `height="0" width="0" style="display:none;visibility:hidden"`,
		} {
			fmt.Fprintf(&body, `<iframe %s data-category="marketing" data-service="video" data-src="{third}/%d.html"></iframe>`, hidden, i)
		}
		body.WriteString(`<div style="display:none"><iframe data-category="marketing" data-service="video" data-src="{third}/8.html"></iframe></div>
<div style="visibility:hidden" id="tab"><iframe data-category="marketing" data-service="video" data-src="{third}/9.html"></iframe></div>`)
		c.showPlaces(videoFrame + `<style>.away { display: none }</style>` + body.String())
		c.want("one placeholder that is seen", `[...document.querySelectorAll('[data-samtykke-place]')].filter((place) => place.checkVisibility({ visibilityProperty: true })).length === 1`)
		c.want("none that is for what is hidden itself", `document.querySelectorAll('body > [data-samtykke-place]:not(.away)').length === 1`) // that of a class is hidden by it, too
		c.settle()
		c.wantAsked()
		c.eval(`document.getElementById('tab').style.visibility = ''`, nil)
		c.want("one in what is shown later", `[...document.querySelectorAll('[data-samtykke-place]')].filter((place) => place.checkVisibility({ visibilityProperty: true })).length === 2`)
		c.eval(`samtykke.grant('video')`, nil)
		c.awaitAsked("0.html")
		c.awaitAsked("9.html")
	}}})
}

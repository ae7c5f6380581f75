package main_test

import (
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

package main_test

import (
	"slices"
	"strings"
	"testing"
)

func TestA11NothingIsWithheld(t *testing.T) {
	w := demo(t)
	p := openTab(t, "chromium")
	content := func() map[string]string {
		texts := map[string]string{}
		for _, path := range []string{"/", "/nn/", "/personvern", "/billetter", "/skjema", "/video"} {
			p.visit(w.Page + path)
			p.settle()
			texts[path] = p.text(`(() => { const m = document.querySelector('main').cloneNode(true); m.querySelectorAll('noembed,noscript,script,iframe').forEach((e) => e.remove()); return m.textContent.replace(/\s+/g, ' ') })()`)
		}
		return texts
	}
	fresh := content()
	p.visit(w.Page + "/")
	p.asks()
	if !p.truth(`(() => { const m = document.querySelector('main'); scrollTo(0, 400)
		return !m.closest('[inert],[aria-hidden]') && getComputedStyle(m).visibility === 'visible' && getComputedStyle(document.body).overflowY !== 'hidden' && scrollY > 0 })()`) {
		t.Error("the page behind the banner cannot be read or scrolled")
	}
	p.press("main #ord")
	p.await("a field behind the banner", `document.activeElement.id === 'ord'`)
	p.reject()
	refused := content()
	p.visit(w.Page + "/")
	p.eval(`samtykke.open()`, nil)
	p.press("dialog .buttons button:nth-child(2)")
	p.await("the yes", `samtykke.get().categories.statistics`)
	given := content()
	for path, text := range given {
		if refused[path] != text || fresh[path] != text || len(text) < 100 {
			t.Errorf("%s says something else to those who refuse", path)
		}
	}
}

func TestB1RefuseStandsBesideAccept(t *testing.T) {
	w := demo(t)
	all := demoAskAll(t)
	p := openTab(t, "chromium")
	for _, page := range []string{w.Page + "/", w.Page + "/nn/", w.Page + "/se/", all.Page + "/"} {
		for _, width := range []int{320, 1920} {
			p.resize(width, 900)
			p.visit(page)
			p.asks()
			var fault string
			p.eval(`(() => {
				const [yes, no] = ['accept', 'reject'].map((a) => `+"document.querySelector('#samtykke').shadowRoot.querySelector(`[data-samtykke=${a}]`)"+`)
				const fault = []
				if (yes.parentElement !== no.parentElement || yes.localName !== 'button' || no.localName !== 'button') fault.push('no sibling buttons')
				for (const e of [yes, no]) {
					const r = e.getBoundingClientRect()
					if (!(r.width > 44 && r.height >= 24 && r.left >= 0 && r.right <= innerWidth)) fault.push('not wholly visible ' + JSON.stringify(r))
					if (!e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || e.disabled || !e.textContent.trim()) fault.push('hidden')
					for (let up = e.parentElement ?? e.getRootNode().host; up; up = up.parentElement ?? up.getRootNode().host) {
						if (up.scrollHeight > up.clientHeight + 1 && /auto|scroll|hidden/.test(getComputedStyle(up).overflowY) && up !== document.documentElement && up !== document.body) fault.push('the banner must be scrolled')
						if (up.getAttribute('aria-hidden') || up.inert) fault.push('out of the accessibility tree')
					}
				}
				if (document.documentElement.scrollWidth > innerWidth) fault.push('scrolls sideways')
				return fault.join('; ')
			})()`, &fault)
			if fault != "" {
				t.Errorf("%s at %d px: %s", page, width, fault)
			}
		}
	}
}

func TestB3FirstLayerSaysWhatIsAsked(t *testing.T) {
	w := demo(t)
	p := openTab(t, "chromium")
	for path, slots := range map[string][]string{
		"/":    {"Gjerdrum kommune", "Lar oss se hva som virker", "Hvem får opplysninger? (", "ombestemme deg", "Alt som lagres", "lagre og lese informasjon på enheten din"},
		"/nn/": {"Gjerdrum kommune", "Lèt oss sjå kva som verkar", "(", "ombestemme deg", "Alt som blir lagra", "lagre og lese informasjon på eininga di"},
		"/en/": {"Gjerdrum kommune", "Lets us see what works", "(", "change your mind", "Everything we store", "store and read information on your device"},
	} {
		p.visit(w.Page + path)
		p.asks()
		said := p.text(`document.querySelector('#samtykke').shadowRoot.querySelector('section').textContent`)
		for _, slot := range slots {
			if !strings.Contains(said, slot) {
				t.Errorf("%s lacks %q: %s", path, slot, said)
			}
		}
		if !p.truth(`[...document.querySelector('#samtykke').shadowRoot.querySelectorAll('section a')].every((a) => a.href.startsWith('http')) && document.querySelector('#samtykke').shadowRoot.querySelectorAll('section a').length >= 2`) {
			t.Errorf("%s lacks a link to the declaration or the statement", path)
		}
	}
	i := installation{t.TempDir()}
	for _, emptied := range [][]string{
		{"      nn: Lèt oss sjå kva som verkar, så vi kan gjere sidene betre.\n", ""},
		{"      en: Lets us see what works, so that we can improve the pages.\n", ""},
		{"  name: Gjerdrum kommune\n  number", "  name: \"\"\n  number"},
	} {
		if done := i.edit(t, emptied...); done.code == 0 {
			if done := invoke(t, "notice", "publish", "--no-pictures", "gjerdrum", "--data", i.data); done.code == 0 {
				t.Errorf("published without %q", emptied[0])
			}
		}
	}
}

func TestL3OneLanguageThroughout(t *testing.T) {
	w := newWorld(t)
	p := openTab(t, "chromium")
	p.visit(w.Page + "/nn/")
	p.asks()
	speaks := func(where, expression, word string) {
		t.Helper()
		var said struct{ Lang, Text string }
		p.eval(`(() => { const e = `+expression+`; return { Lang: e.closest('[lang]')?.lang ?? e.getRootNode().host?.closest('[lang]')?.lang, Text: e.textContent } })()`, &said)
		if said.Lang != "nn" || !strings.Contains(said.Text, word) || slices.ContainsFunc([]string{" ikke ", "hvordan", "hvilke"}, func(b string) bool { return strings.Contains(said.Text, b) }) {
			t.Errorf("%s speaks %q: %.3000s", where, said.Lang, said.Text)
		}
	}
	speaks("the banner", `document.querySelector('#samtykke').shadowRoot.querySelector('section')`, "eininga di")
	p.eval(`samtykke.open()`, nil)
	p.await("the panel", deep("dialog")+"?.open")
	speaks("the panel", deep("dialog"), "korleis")
	link := p.text(`[...document.querySelector('#samtykke').shadowRoot.querySelectorAll('dialog a')].map((a) => a.href).find((h) => h.includes('/cookies'))`)
	if !strings.Contains(link, "lang=nn") {
		t.Errorf("the panel leads to %q", link)
	}
	p.press("dialog .buttons button:nth-child(3)")
	if made := w.awaitLog(t, 0, 1)[0]; made.Language != "nn" {
		t.Errorf("the record says %q", made.Language)
	}
	p.visit(w.Cookies + "?lang=nn")
	speaks("the declaration", `document.querySelector('main')`, "korleis")
}

package main_test

import (
	"slices"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// spokenTexts gives every text that the banner, the panel and placeholders say, and
// what stands empty where a text belongs.
const spokenTexts = `[...document.querySelectorAll('#samtykke, [data-samtykke-place]')].flatMap(({ shadowRoot }) =>
	[...shadowRoot.querySelectorAll('h2, h3, h4, p:not([role=status]), button, a, label, summary, th, td, li, b, strong')].map((e) => e.textContent.trim()))`

// TestLanguagesOfAPage holds cases 87 and 88: case 87, a text that a language lacks
// is lent by the site's first, marked as such, and no key is ever shown; case 88, a
// page that changes its language while it stands keeps the question as it is, with
// what was ticked and with the focus, and the next page is met in its own.
func TestLanguagesOfAPage(t *testing.T) {
	site := newTrial(t, arabic...)
	c := &caseOn{tab: openTab(t, "chromium"), trial: site, T: t, host: "languages.trial.localhost"}
	page := func(lang string) string {
		return `<!doctype html><html lang="` + lang + `"><head>` + first + `<script src="{script}"></script></head><body><h1>Page</h1>` + videoFrame + `</body></html>`
	}
	c.visit(c.putRaw("/", page("ar"), nil))
	c.await("the placeholder", videoPlace+"?.offsetHeight > 0")
	c.asks()
	c.openPanel()
	c.wantNoKeys(t)
	lent := `[...` + deep("dialog") + `.querySelectorAll('td span[lang]')]`
	c.want("purposes of cookies in bokmål, and marked so", lent+`.length > 3 && `+lent+`.every((e) => e.lang === 'nb' && e.textContent === 'Kjenner igjen nettleseren din.')`)
	c.want("the rest in Arabic", deep("dialog h2")+`.lang !== 'nb' && /[\u0600-\u06ff]/.test(`+deep("dialog h2")+`.textContent)`)
	c.key("Escape")

	c.visit(c.putRaw("/", page("nb"), nil))
	c.asks()
	c.press("[name=statistics]")
	asked := c.text(deep("#title") + ".textContent")
	c.eval(deep("[name=marketing]")+`.focus()`, nil)
	c.eval(`(document.documentElement.lang = 'en', document.body.append(document.createElement('p')))`, nil)
	c.settle()
	c.want("ticked as it was", deep("[name=statistics]")+`.checked && !`+deep("[name=marketing]")+`.checked`)
	c.want("the focus where it was", `document.querySelector('#samtykke').shadowRoot.activeElement === `+deep("[name=marketing]"))
	c.want("its language named", `document.querySelector('#samtykke').lang === 'nb'`)
	if now := c.text(deep("#title") + ".textContent"); now != asked {
		t.Errorf("asked %q, and now %q", asked, now)
	}
	c.press("[data-samtykke=save]")
	c.await("what was ticked", `samtykke.get().categories.statistics && !samtykke.get().categories.marketing`)
	c.visit(c.putRaw("/", page("en"), nil))
	c.await("the next page in its language", `document.querySelector('#samtykke')?.lang === 'en'`)
	c.want("the answer stands", `samtykke.get().answered`)
	c.wantNoFaults()
}

// wantNoKeys fails where the banner says a text's key, or nothing.
func (c *caseOn) wantNoKeys(t *testing.T) {
	t.Helper()
	var said []string
	c.eval(spokenTexts, &said)
	if len(said) < 50 {
		t.Fatalf("only %d texts", len(said))
	}
	nb := consent.Shipped()[consent.Bokmaal]
	for _, text := range said {
		_, banner := nb.Banner[text]
		_, panel := nb.Panel[text]
		if text == "" || banner || panel {
			t.Errorf("%q is said, between %q", text, said[max(0, slices.Index(said, text)-1):][:3])
		}
	}
}

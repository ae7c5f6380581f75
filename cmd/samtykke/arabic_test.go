package main_test

import (
	"strings"
	"testing"
)

// arabic are the replacements that make the trial's site speak Arabic, too. The
// purposes of single cookies, which stand apart, stay without.
var arabic = []string{
	"languages: [nb, nn, en]", "languages: [nb, nn, en, ar]",
	"name: { nb: ", "name: { ar: اسم, nb: ",
	"  purpose: { nb: ", "  purpose: { ar: هذا هو الغرض من ذلك., nb: ",
	"      - { nb: ", "      - { ar: بيانات, nb: ",
	"security: { nb: ", "security: { ar: بيانات, nb: ",
	"reason: { nb: ", "reason: { ar: سبب, nb: ",
	"    nb: https://www.example.no/personvern", "    ar: https://www.example.no/personvern\n    nb: https://www.example.no/personvern",
	"address: Storgata 1, 0001 Oslo", "address: Storgata 1, 0001 Oslo\n    phone: \"+47 66 10 60 00\"",
}

// mirrored gives, in words, what is not written from right to left in a root.
const mirrored = `((root) => {
	const found = []
	const space = (e) => {
		const range = document.createRange()
		range.selectNodeContents(e)
		const words = [...range.getClientRects()]
		const { left, right } = e.getBoundingClientRect()
		return { left: Math.min(...words.map((w) => w.left)) - left, right: right - Math.max(...words.map((w) => w.right)) }
	}
	for (const e of root.querySelectorAll('p, h2, h3, h4, li, td, summary')) {
		if (getComputedStyle(e).direction !== 'rtl') found.push('is not from right to left: ' + e.textContent.slice(0, 40))
		const { left, right } = space(e)
		if (right > left + 8) found.push('begins at the left: ' + e.textContent.slice(0, 40))
	}
	const buttons = [...root.querySelectorAll('.buttons button')].map((b) => b.getBoundingClientRect())
	for (const [i, b] of buttons.entries()) {
		const before = buttons[i - 1]
		if (before && before.top === b.top && before.left < b.right) found.push('button ' + i + ' stands to the right of the one before')
	}
	return found
})`

// TestRightToLeft81 has the banner, the panel and a placeholder speak Arabic on a page in
// it, and on one that is written the other way.
func TestRightToLeft81(t *testing.T) {
	site := newTrial(t, arabic...)
	c := &caseOn{tab: openTab(t, "chromium"), trial: site, T: t, host: "arabic.trial.localhost"}
	none := func(what, script string) {
		t.Helper()
		var found []string
		c.eval(script, &found)
		for _, fault := range found {
			t.Errorf("%s: %s", what, fault)
		}
	}
	for _, opening := range []string{`<html lang="ar" dir="rtl">`, `<html lang="ar">`} {
		c.putRaw("/", `<!doctype html>`+opening+`<head><title>صفحة</title>`+first+`<script src="{script}"></script></head><body><main><h1>صفحة</h1></main></body></html>`, nil)
		for _, size := range [][2]int{{320, 900}, {1280, 900}} {
			c.resize(size[0], size[1])
			c.visit(c.at("/"))
			c.asks()
			none(opening, misfits)
			none(opening, mirrored+`(document.querySelector('#samtykke').shadowRoot)`)
			c.axe(t, opening)
			c.openPanel()
			none(opening+" panel", mirrored+`(`+deep("dialog")+`)`)
			c.want("nothing sticks out", deep("dialog")+`.scrollWidth <= `+deep("dialog")+`.clientWidth`)
			c.want("the close button at the left", deep(".top button")+`.getBoundingClientRect().right < `+deep(".top h2")+`.getBoundingClientRect().left + 1`)
			c.want("what is lent in its own language", `[...`+deep("dialog")+`.querySelectorAll('td span[lang=nb]')].every((e) => getComputedStyle(e).direction === 'ltr') && `+deep("dialog")+`.querySelectorAll('td span[lang=nb]').length > 3`)
			c.want("telephone numbers as they are dialled", `/\u2068\+47 66 10 60 00\u2069/.test(`+deep("dialog")+`.textContent)`)
			c.want("names of cookies as they are", `[...`+deep("dialog")+`.querySelectorAll('code')].every((e) => getComputedStyle(e).direction === 'ltr')`)
			c.axe(t, opening+" panel")
			c.key("Escape")
		}
	}
}

// TestLeftToRightOnAnArabicPage: a page that is written from right to left is met in
// Norwegian by a site that speaks Arabic too, and the words stand as Norwegian does.
func TestLeftToRightOnAnArabicPage(t *testing.T) {
	site := newTrial(t, arabic...)
	c := &caseOn{tab: openTab(t, "chromium"), trial: site, T: t, host: "arabic.trial.localhost"}
	c.putRaw("/", `<!doctype html><html lang="nb" dir="rtl"><head>`+first+`<script src="{script}"></script></head><body><h1>Side</h1></body></html>`, nil)
	c.visit(c.at("/"))
	c.asks()
	c.want("from left to right", `getComputedStyle(`+deep("#title")+`).direction === 'ltr'`)
	if words := c.text(deep("#title") + ".textContent"); !strings.Contains(words, "lagre") {
		t.Errorf("asks %q", words)
	}
}

package main_test

import "testing"

// TestL2SamiIsSpoken publishes a site in Northern Sami first, and has the
// question and the panel speak it, on a phone as well.
func TestL2SamiIsSpoken(t *testing.T) {
	site := newTrial(t,
		"languages: [nb, nn, en]", "languages: [se, nb, nn, en]",
		"{ nb: ", "{ se: Davvisámegillii, nb: ",
		"    nb: https://www.example.no/personvern", "    se: https://www.example.no/personvern\n    nb: https://www.example.no/personvern")
	c := &caseOn{tab: openTab(t, "chromium"), trial: site, T: t, host: "sami.trial.localhost"}
	c.putRaw("/", `<!doctype html><html lang="se"><head><title>Siidu</title>`+first+`<script src="{script}"></script></head><body><main><h1>Siidu</h1></main></body></html>`, nil)
	for _, size := range [][2]int{{320, 900}, {1920, 1080}} {
		c.resize(size[0], size[1])
		c.visit(c.at("/"))
		c.asks()
		c.want("marked as Sami", `document.querySelector('#samtykke').lang === 'se'`)
		c.want("asked in Sami", deep("[data-samtykke=accept]")+`.textContent === 'Dohkket buot' && `+deep("[data-samtykke=reject]")+`.textContent === 'Biehttal buot'`)
		var found []string
		c.eval(misfits, &found)
		for _, fault := range found {
			t.Errorf("%d px: %s", size[0], fault)
		}
		c.axe(t, "asked in Sami")
		c.openPanel()
		c.axe(t, "the panel in Sami")
		c.want("the panel too", deep("dialog")+`.lang === 'se' && !/Lagre|Godta|Avslå|Save|Lukk/.test(`+deep("dialog")+`.textContent)`)
		c.key("Escape")
	}
}

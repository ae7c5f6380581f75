package main_test

import (
	"strings"
	"testing"
)

// TestMeTellsThatTheSiteAsksAgain, and that a newer choice took the place of one, in every
// language of the page.
func TestMeTellsThatTheSiteAsksAgain(t *testing.T) {
	site := newTrial(t)
	page := openTab(t, "chromium")
	c := &caseOn{tab: page, trial: site, T: t, host: "standing.trial.localhost"}
	c.yes()
	c.await("the first to be recorded", `(() => { const kept = JSON.parse(localStorage['`+own+`']); return kept.last && !Object.keys(kept.queue).length })()`)
	token := c.text(`JSON.parse(localStorage['` + own + `']).token`)
	shows := func(lang string, wanted ...string) {
		t.Helper()
		c.visit("about:blank")
		c.visit(mePage(site.script) + "?lang=" + lang + "#" + token)
		c.await("the choices", `document.querySelector('#decisions > li')`)
		said := c.text(`[...document.querySelectorAll('#decisions [data-is=until]')].map((place) => place.innerText).join('\n')`)
		lines := strings.Split(said, "\n")
		for i, want := range wanted {
			if len(lines) != len(wanted) || !strings.Contains(lines[i], want) {
				t.Errorf("%s: told %q, want %q", lang, lines, wanted)
				return
			}
		}
	}
	shows("nb", "20") // a day
	site.republish(t, "Viser oss hvordan sidene brukes.", "Selger opplysninger om besøket ditt til andre selskaper.")
	again := map[string]string{"nb": "neste besøk: Da spør nettstedet på nytt", "nn": "neste besøk: Då spør nettstaden på nytt", "en": "your next visit: the site then asks again", "se": "neahttabáiki jearrá ođđasit"}
	for lang, want := range again {
		shows(lang, want)
	}
	c.asksAgainFor("statistics")
	c.choose("accept")
	c.await("the second to be recorded", `!Object.keys(JSON.parse(localStorage['`+own+`']).queue).length`)
	for lang, want := range map[string]string{"nb": ": Da valgte du på nytt.", "nn": ": Då valde du på nytt.", "en": ": you then chose anew.", "se": ": Dalle válljejit ođđasit."} {
		shows(lang, "20", want)
	}
}

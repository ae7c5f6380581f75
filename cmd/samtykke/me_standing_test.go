package main_test

import (
	"strings"
	"testing"
)

// TestMeTellsHowAChoiceStands, in every language of the page: that a newer one which is not
// kept can have replaced it, that the site asks again or no more, that a newer one took its
// place, and that its time is over.
func TestMeTellsHowAChoiceStands(t *testing.T) {
	site := newTrial(t)
	page := openTab(t, "chromium")
	c := &caseOn{tab: page, trial: site, T: t, host: "standing.trial.localhost"}
	c.yes()
	c.await("the first to be recorded", `(() => { const kept = JSON.parse(localStorage['`+own+`']); return kept.last && !Object.keys(kept.queue).length })()`)
	token := c.text(`JSON.parse(localStorage['` + own + `']).token`)
	instead := "" // of what the server says of the standing
	shows := func(lang string, wanted ...string) {
		t.Helper()
		c.visit("about:blank")
		c.visit(mePage(site.script) + "?lang=" + lang)
		c.text(`(() => { const ask = fetch, instead = '` + instead + `'; window.fetch = async (...what) => {
			const answer = await ask(...what)
			return instead && String(what[0]) === 'me' ? new Response((await answer.text()).replaceAll('not_replaced_here', instead)) : answer
		}; location.hash = '` + token + `'; return '' })()`)
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
	newer := map[string]string{"nb": ", med mindre du har gjort et nyere valg som ikke er lagret her.", "nn": ", med mindre du har gjort eit nyare val som ikkje er lagra her.", "en": ", unless you have made a newer choice that is not kept here.", "se": ", earret jos leat dahkan ođđaset válljema mii ii leat vurkejuvvon dás."}
	for lang, want := range newer {
		shows(lang, want)
		shows(lang, "20") // a day
	}
	instead = "ended"
	for lang, want := range map[string]string{"nb": ": Tiden for svaret er ute, og nettstedet spør på nytt", "nn": ": Tida for svaret er ute, og nettstaden spør på nytt", "en": ": the time of the answer is over, and the site asks again", "se": ": Vástádusa áigi lea nohkan, ja neahttabáiki jearrá ođđasit"} {
		shows(lang, want)
	}
	instead = "not_asked"
	for lang, want := range map[string]string{"nb": ": Nettstedet spør ikke om dette lenger.", "nn": ": Nettstaden spør ikkje om dette lenger.", "en": " at the latest: the site no longer asks about this.", "se": ": Neahttabáiki ii jeara šat dán birra."} {
		shows(lang, want)
	}
	instead = ""
	site.republish(t, "Viser oss hvordan sidene brukes.", "Selger opplysninger om besøket ditt til andre selskaper.")
	again := map[string]string{"nb": "neste besøk: Da spør nettstedet på nytt", "nn": "neste besøk: Då spør nettstaden på nytt", "en": "your next visit: the site then asks again", "se": "neahttabáiki jearrá ođđasit"}
	for lang, want := range again {
		shows(lang, want)
		shows(lang, newer[lang])
	}
	c.asksAgainFor("statistics")
	c.choose("accept")
	c.await("the second to be recorded", `!Object.keys(JSON.parse(localStorage['`+own+`']).queue).length`)
	for lang, want := range map[string]string{"nb": ": Da valgte du på nytt.", "nn": ": Då valde du på nytt.", "en": " at the latest: you then chose anew.", "se": " maŋimustá: Dalle válljejit ođđasit."} {
		shows(lang, newer[lang], want)
	}
}

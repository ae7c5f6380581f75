package main_test

import (
	"maps"
	"testing"
)

// TestCasesF are the cases of asking again: notices are published while a
// visitor has answered the one before.
func TestCasesF(t *testing.T) {
	site := newTrial(t)
	page := openTab(t, "chromium")
	on := func(t *testing.T, host string) *caseOn {
		t.Helper()
		return &caseOn{tab: &tab{t: t, ctx: t.Context(), browser: page.browser}, trial: site, T: t, host: host + ".trial.localhost"}
	}
	t.Run("62 changed purpose or cookie list asks again for that category", func(t *testing.T) {
		c := on(t, "c62")
		c.yes()
		site.republish(t, "Viser oss hvordan sidene brukes.", "Selger opplysninger om besøket ditt til andre selskaper.")
		c.asksAgainFor("statistics")
		c.choose("accept")
		site.republish(t, "name: theme, match: exact", "name: theme, match: prefix")
		c.asksAgainFor("functional", "statistics") // the old purpose is back, which is another change
	})
	t.Run("63 translation, order, rename do not", func(t *testing.T) {
		c := on(t, "c63")
		site.republish(t)
		c.yes()
		site.republish(t, "Shows us how the pages are used.", "Tells us what pages people read.", "nb: Teller,", "nb: Besøksteller,",
			`{ name: count, match: exact }`, `{ name: "a.b+c$", match: exact }`, `{ name: "a.b+c$", match: exact }`, `{ name: count, match: exact }`,
			"languages: [nb, nn, en]", "languages: [nb, en, nn]")
		c.asksAgainFor()
	})
	t.Run("64 new category asks, old answers are kept", func(t *testing.T) {
		c := on(t, "c64")
		site.republish(t, "category: marketing\n    ask: banner", "category: marketing\n    ask: in place")
		c.yes()
		site.republish(t)
		c.asksAgainFor("marketing")
		// A yes is about what was shown. A no to everything is that, whatever was asked.
		c.choose("accept")
		c.want("all granted", "Object.values(samtykke.get().categories).every(Boolean)")
		site.republish(t, "Viser oss hvordan sidene brukes.", "Selger opplysninger om besøket ditt til andre selskaper.")
		c.asksAgainFor("statistics")
		c.choose("reject")
		c.want("all refused", "!Object.values(samtykke.get().categories).some(Boolean)")
		site.republish(t)
	})
	t.Run("65 removed category disappears from the cookie", func(t *testing.T) {
		c := on(t, "c65")
		c.yes()
		before := len(c.cookies()[own])
		site.republish(t, "category: marketing\n    ask: banner", "category: marketing\n    ask: in place")
		c.asksAgainFor()
		c.eval("samtykke.grant('map')", nil)
		c.eval("samtykke.withdraw()", nil) // nothing runs here, so nothing is loaded anew
		c.await("the answer", "!samtykke.get().categories.statistics")
		c.want("nothing of it", "!('marketing' in samtykke.get().categories)")
		if after := len(part.FindAllString(c.cookies()[own], -1)); after != 3 {
			t.Errorf("the cookie holds %d units, had %d bytes: %s", after, before, c.cookies()[own])
		}
	})
}

// yes says yes to everything that the banner asks. The pages take the script by
// the front, which forbids browsers to hold on to it for its five minutes.
func (c *caseOn) yes() {
	c.t.Helper()
	c.showFront("")
	c.choose("accept")
}

// asksAgainFor opens the page anew, and fails unless exactly these categories
// are asked for and everything else is granted as before.
func (c *caseOn) asksAgainFor(categories ...string) {
	c.t.Helper()
	c.showFront("")
	c.settle()
	if c.shown() != (len(categories) > 0) {
		c.t.Errorf("shown: %v, asked again for: %q", c.shown(), categories)
	}
	var got, want map[string]bool
	c.eval("samtykke.get().categories", &got)
	want = maps.Clone(got)
	for name := range want {
		want[name] = true
	}
	for _, name := range categories {
		want[name] = false
	}
	if !maps.Equal(got, want) {
		c.t.Errorf("granted are %v, want %v", got, want)
	}
}

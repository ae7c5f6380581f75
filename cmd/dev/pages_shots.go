package main

import "strings"

// shot is one page in one state, as a person would see it.
type shot struct {
	name   string
	page   string   // path on the replica, or a whole address
	press  []string // selectors of what is pressed first: in the banner, a placeholder or the page
	dark   bool
	speaks string // language given to a page that has another
	until  string // expression that holds when the state has come, beside what is pressed
	onward string // expression for the address that is visited then, with what is pressed and waited for there
	// pressThere and untilThere are press and until of that page.
	pressThere []string
	untilThere string
}

const (
	accept     = "[data-samtykke=accept]"
	reject     = "[data-samtykke=reject]"
	openPanel  = "[data-samtykke=open]"
	withdraw   = "[data-samtykke=withdraw]"
	always     = "[data-samtykke=always]"
	panelOpen  = `document.querySelector('#samtykke')?.shadowRoot.querySelector('dialog')?.open`
	placed     = `document.querySelector('[data-samtykke-place]')`
	filmRuns   = `(() => { const film = performance.getEntriesByType('resource').find((e) => e.initiatorType === 'iframe'); return film && performance.now() > film.responseEnd + 1000 })()`
	toldOfRest = `document.querySelector('#samtykke')?.shadowRoot.querySelector('[role=status]')?.textContent.includes('YSC')`
	listed     = `document.querySelector('[data-samtykke=declaration]').shadowRoot?.querySelectorAll('table').length > 5`
)

// shots are the pictures of the demonstration as it comes.
func shots(demo demoAddresses) []shot {
	bokmaal := demo.Cookies + "?lang=nb"
	list := append(asked(), []shot{
		{name: "front-accepted", page: "/", press: []string{accept}},
		{name: "front-declined", page: "/", press: []string{reject}},
		{name: "panel-dark", page: "/", press: []string{reject, openPanel}, dark: true, until: panelOpen},
		{name: "video-dark", page: "/video", press: []string{reject}, dark: true, until: placed},
		{name: "video-open", page: "/video", press: []string{reject, always}, until: filmRuns},
		{name: "withdrawn", page: "/video", press: []string{accept, always, withdraw}, until: toldOfRest},
		{name: "map", page: "/kart", press: []string{reject}, until: placed},
		{name: "map-dark", page: "/kart", press: []string{reject}, dark: true, until: placed},
		{name: "chat", page: "/chat", press: []string{reject}, until: placed},
		{name: "council-tv", page: "/kommune-tv", press: []string{reject}, until: placed},
		{name: "form", page: "/skjema", press: []string{reject}},
		{name: "form-open", page: "/skjema", press: []string{reject, "#start"}, until: `document.querySelector('fieldset')`},
		{name: "tickets", page: "/billetter", press: []string{reject}},
		{name: "my-page", page: "/minside", press: []string{reject}},
		{name: "feedback", page: "/tilbakemelding", press: []string{reject}},
		{name: "privacy", page: "/personvern", press: []string{reject}},
		{name: "replica-not-found", page: "/nosuch"},
		{name: "declaration-embedded", page: "/informasjonskapsler", press: []string{reject}, until: listed},
		{name: "declaration", page: bokmaal},
		{name: "declaration-nynorsk", page: demo.Cookies + "?lang=nn"},
		{name: "declaration-english", page: demo.Cookies + "?lang=en"},
		{name: "declaration-dark", page: bokmaal, dark: true},
		{name: "verifier", page: strings.TrimSuffix(demo.Cookies, "gjerdrum/cookies") + "verify.html#nb"},
		{name: "me-empty", page: me(demo) + "?lang=nb"},
		{name: "not-found", page: strings.TrimSuffix(demo.Cookies, "cookies") + "nothing?lang=nb"},
	}...)
	for _, language := range []struct{ name, path string }{{"bokmaal", ""}, {"nynorsk", "/nn"}, {"english", "/en"}} {
		list = append(list,
			shot{name: "panel-" + language.name, page: language.path + "/", press: []string{reject, openPanel}, until: panelOpen},
			shot{name: "video-" + language.name, page: language.path + "/video", press: []string{reject}, until: placed},
		)
	}
	return append(list, meShots(demo)...)
}

// me is the page on which visitors see what is recorded of them.
func me(demo demoAddresses) string { return strings.TrimSuffix(demo.Cookies, "cookies") + "me.html" }

// meShots are the pictures of that page for a visitor who has said no, and then
// yes to the films.
func meShots(demo demoAddresses) []shot {
	const sent = `(() => { const kept = JSON.parse(localStorage['samtykke-gjerdrum']); return kept.last && !kept.queue.length && document.querySelector('iframe[src]') })()`
	const opened = `document.querySelector('#receipt .verdict.holds') && document.querySelector('#receipt img').complete`
	list := make([]shot, 0, 8)
	for _, one := range []shot{
		{name: "me-bokmaal", speaks: "nb"},
		{name: "me-nynorsk-dark", speaks: "nn", dark: true},
		{name: "me-sami", speaks: "se"},
		{name: "me-english-frozen", speaks: "en", pressThere: []string{"[data-do=freeze]"}, untilThere: `document.querySelector('#mine.frozen-all')`},
		{name: "me-erase", speaks: "nb", pressThere: []string{"#all [data-do=erase]"}, untilThere: `document.querySelector('dialog[open]')`},
		{name: "me-receipt", speaks: "nb", pressThere: []string{"[data-do=open]"}, untilThere: opened},
		{name: "me-receipt-dark", speaks: "nn", dark: true, pressThere: []string{"[data-do=open]"}, untilThere: opened},
	} {
		one.onward = `"` + me(demo) + `?lang=` + one.speaks + `#" + JSON.parse(localStorage['samtykke-gjerdrum']).token`
		one.page, one.press, one.until, one.speaks = "/video", []string{reject, always}, sent, ""
		if one.untilThere == "" {
			one.untilThere = `document.querySelectorAll('#decisions > li').length > 1`
		}
		list = append(list, one)
	}
	return list
}

// asked are the pictures of the question.
func asked() []shot {
	return []shot{
		{name: "front-asked", page: "/"},
		{name: "front-asked-dark", page: "/", dark: true},
		{name: "front-nynorsk", page: "/nn/"},
		{name: "front-english", page: "/en/"},
	}
}

// askAllShots are the pictures of the demonstration that asks for everything in
// the banner.
func askAllShots(demoAddresses) []shot {
	return append(asked(),
		shot{name: "front-accepted", page: "/", press: []string{accept}},
		shot{name: "panel", page: "/", press: []string{reject, openPanel}, until: panelOpen},
		shot{name: "panel-dark", page: "/", press: []string{reject, openPanel}, dark: true, until: panelOpen},
	)
}

// samiShots are the pictures of the copy that speaks Northern Sami. The replica
// has one page in it: the one with the placeholder is given the language.
func samiShots(demo demoAddresses) []shot {
	return []shot{
		{name: "front-sami", page: "/se/"},
		{name: "front-sami-dark", page: "/se/", dark: true},
		{name: "panel-sami", page: "/se/", press: []string{reject, openPanel}, until: panelOpen},
		{name: "video-sami", page: "/video", speaks: "se", press: []string{reject}, until: placed},
		{name: "declaration-sami", page: demo.Cookies + "?lang=se"},
	}
}

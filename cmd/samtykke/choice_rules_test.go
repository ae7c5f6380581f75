package main_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/examples/gjerdrum"
)

func TestC1YesToOnePurposeIsYesToThatPurpose(t *testing.T) {
	w := demoAskAll(t)
	p := openTab(t, "chromium")
	p.visit(w.Page + "/")
	p.asks()
	p.press("section input[name=statistics]")
	p.press("section [data-samtykke=save]")
	p.gone()
	p.await("the statistics", `document.cookie.includes('nmstat=')`)
	for _, path := range replicaPages {
		p.visit(w.Page + path)
		p.settle()
	}
	p.visit(w.Page + "/billetter")
	p.await("analytics", `document.cookie.includes('_ga=')`)
	for _, host := range []string{gjerdrum.Video, gjerdrum.Chat, gjerdrum.TV} {
		if n := w.asked(t, host); n > 0 {
			t.Errorf("a yes to statistics asked %s %d times", host, n)
		}
	}
	for _, host := range []string{gjerdrum.Siteimprove, gjerdrum.Analytics} {
		if w.asked(t, host) == 0 {
			t.Errorf("a yes to statistics never asked %s", host)
		}
	}
	if kept := p.keeps(); slices.Contains(kept, "cookie cult") || slices.Contains(kept, "cookie SSP-Fantdu") {
		t.Errorf("a yes to statistics keeps %v", kept)
	}
}

func TestC2NothingIsTicked(t *testing.T) {
	w := demoAskAll(t)
	p := openTab(t, "chromium")
	for _, path := range []string{"/", "/nn/", "/en/"} {
		p.visit(w.Page + path)
		p.asks()
		p.eval(`samtykke.open()`, nil)
		p.await("the panel", deep("dialog input[type=checkbox]"))
		var boxes, ticked, off int
		const all = `[...document.querySelector('#samtykke').shadowRoot.querySelectorAll('input[type=checkbox],[role=checkbox],[role=switch]')]`
		p.eval(all+`.length`, &boxes)
		p.eval(all+`.filter((b) => b.checked || b.indeterminate || b.defaultChecked || b.getAttribute('aria-checked') === 'true').length`, &ticked)
		p.eval(all+`.filter((b) => b.disabled).length`, &off)
		if boxes < 6 || ticked > 0 || off > 0 {
			t.Errorf("%s: of %d boxes %d are ticked and %d cannot be changed", path, boxes, ticked, off)
		}
	}
}

// patterns ticks boxes at random in the panel and in the first layer, saves, and
// compares what the page was told, and what was to be recorded, with the boxes.
const patterns = `(async (rounds) => {
	const sent = []
	const real = window.fetch
	window.fetch = async (to, options) => {
		if (!String(to).endsWith('/decisions')) return real(to, options)
		sent.push(JSON.parse(options.body).choice)
		return new Response('{}', { status: 201 })
	}
	const root = document.querySelector('#samtykke').shadowRoot
	const until = async (what) => { for (let i = 0; i < 2000; i++) { const v = what(); if (v) return v; await new Promise((r) => setTimeout(r, 5)) } throw new Error('waited in vain: ' + what) }
	const grants = (choice, ref) => choice.services[ref] ?? !!choice.categories[ref.split('/')[0]]
	const faults = []
	let seed = 20261122
	const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648
	for (let round = 0; round < rounds; round++) {
		samtykke.open()
		const dialog = await until(() => root.querySelector('dialog[open]'))
		for (const box of dialog.querySelectorAll('input[type=checkbox]')) if (random() < .4) box.click()
		const shown = Object.fromEntries([...dialog.querySelectorAll('input[name*="/"]')].map((b) => [b.name, b.checked]))
		const tops = Object.fromEntries([...dialog.querySelectorAll('input[type=checkbox]:not([name*="/"])')].map((b) => [b.name, b.checked]))
		const before = sent.length, old = document.cookie
		dialog.querySelector('.buttons button').click()
		await until(() => !root.querySelector('dialog'))
		const now = samtykke.get()
		const stored = { told: now }
		if (document.cookie !== old) { await until(() => sent.length > before); stored.sent = sent.at(-1) }
		for (const [where, choice] of Object.entries(stored)) {
			for (const ref in shown) if (grants(choice, ref) !== shown[ref]) faults.push([round, where, ref, shown[ref]].join(' '))
			for (const name in tops) if (choice.categories[name] !== tops[name]) faults.push([round, where, name, tops[name]].join(' '))
		}
		if (!Object.keys(shown).length) faults.push('no boxes')
	}
	return { faults: faults.slice(0, 10), sent: sent.length }
})`

func TestC4SaveStoresWhatIsShown(t *testing.T) {
	w := demoAskAll(t)
	p := openTab(t, "chromium")
	p.visit(w.Page + "/personvern")
	p.asks()
	// A reload after a withdrawal would end the loop; nothing runs on this page
	// that could need one, since its gated content is taken away first.
	p.eval(`document.querySelectorAll('[data-category]').forEach((e) => e.remove())`, nil)
	var done struct {
		Faults []string
		Sent   int
	}
	p.eval(patterns+"(200)", &done)
	if len(done.Faults) > 0 || done.Sent < 100 {
		t.Errorf("%d records; what differs: %s", done.Sent, strings.Join(done.Faults, "; "))
	}
}

func TestC4FirstLayerStoresWhatIsShown(t *testing.T) {
	w := newWorld(t, "--ask-all")
	for n, ticked := range [][]string{nil, {"functional"}, {"statistics", "marketing"}, {"functional", "statistics", "marketing"}} {
		p := openTab(t, "chromium")
		p.visit(w.Page + "/personvern")
		p.asks()
		for _, name := range ticked {
			p.press("section input[name=" + name + "]")
		}
		p.press("section [data-samtykke=save]")
		p.gone()
		made := w.awaitLog(t, n, 1)[0]
		for name, yes := range made.Choice.Categories {
			if yes != slices.Contains(ticked, name) {
				t.Errorf("ticked %v, stored %s as %t", ticked, name, yes)
			}
		}
		if len(made.Choice.Categories) != 3 || made.Method != "save" {
			t.Errorf("ticked %v, stored %+v", ticked, made)
		}
	}
}

// inventory gives every (service, name) that a root of services shows.
const inventory = `((root) => [...root.querySelectorAll('[data-service]')].flatMap((s) => [...s.querySelectorAll('tbody th code')].map((c) => s.dataset.service + ' ' + c.textContent)).sort())`

func TestC5PanelDeclarationAndDataAgree(t *testing.T) {
	w := demo(t)
	p := openTab(t, "chromium")
	var data struct {
		Services []struct {
			Key     string
			Cookies []struct{ Name string }
		}
	}
	w.get(t, w.Cookies+".json", &data)
	var want []string
	for _, service := range data.Services {
		for _, cookie := range service.Cookies {
			want = append(want, service.Key+" "+cookie.Name)
		}
	}
	slices.Sort(want)
	if len(want) != 29 {
		t.Fatalf("the data have %d entries", len(want))
	}
	same := func(where string, got []string) {
		t.Helper()
		if !slices.Equal(got, want) {
			t.Errorf("%s shows\n%q, want\n%q", where, got, want)
		}
	}
	var got []string
	p.visit(w.Page + "/informasjonskapsler")
	p.await("the declaration", `document.querySelector('div[data-samtykke=declaration]').shadowRoot?.querySelector('[data-service]')`)
	p.eval(inventory+`(document.querySelector('div[data-samtykke=declaration]').shadowRoot)`, &got)
	same("the declaration in the page", got)
	p.eval(`samtykke.open()`, nil)
	p.await("the panel", `document.querySelector('#samtykke').shadowRoot.querySelector('dialog [data-service]')`)
	p.eval(inventory+`(document.querySelector('#samtykke').shadowRoot.querySelector('dialog'))`, &got)
	same("the panel", got)
	p.visit(w.Cookies)
	p.eval(`[...document.querySelectorAll('tr[data-service]')].map((row) => row.dataset.service + ' ' + row.querySelector('code').textContent).sort()`, &got)
	same("the declaration page", got)
}

func TestC6ReopeningShowsTheChoice(t *testing.T) {
	w := demoAskAll(t)
	p := openTab(t, "chromium")
	p.visit(w.Page + "/")
	p.asks()
	p.press("section input[name=statistics]")
	p.press("section [data-samtykke=save]")
	p.gone()
	p.await("the server's answer", `!JSON.parse(localStorage.getItem('samtykke-gjerdrum')).queue[0]`) // no receipt before it
	for _, path := range []string{"/personvern", "/nn/"} {
		p.visit(w.Page + path)
		p.press("[data-samtykke=open]")
		p.await("the panel", deep("dialog input[type=checkbox]"))
		var ticked []string
		p.eval(`[...document.querySelector('#samtykke').shadowRoot.querySelectorAll('dialog input[type=checkbox]')].filter((b) => b.checked || b.indeterminate).map((b) => b.name.split('/')[0])`, &ticked)
		if ticked = slices.Compact(ticked); !slices.Equal(ticked, []string{"statistics"}) {
			t.Errorf("%s: ticked are %v", path, ticked)
		}
		said := p.text(deep("dialog") + ".textContent")
		id := p.text(`JSON.parse(localStorage.getItem('samtykke-gjerdrum')).last.id`)
		year := p.text(`String(new Date().getFullYear())`)
		if id == "" || !strings.Contains(said, id) || !strings.Contains(said, year) {
			t.Errorf("%s: neither date nor receipt %q: %.500s", path, id, said)
		}
	}
}

func TestD1WithdrawingTakesNoMorePresses(t *testing.T) {
	w := demo(t)
	p := openTab(t, "chromium")
	const toAccept = 1
	for _, path := range replicaPages {
		p.visit(w.Page + path)
		p.asks()
		p.accept()
		p.visit(w.Page + path)
		presses := 0
		control := deep("[data-samtykke=withdraw]")
		p.await("the way back on "+path, control+"?.getBoundingClientRect().height >= 24")
		if !p.truth(`((e) => { e.focus(); return (e.getRootNode().activeElement === e) && e.checkVisibility() })(` + control + `)`) {
			t.Errorf("%s: the way back takes no focus", path)
		}
		withdraw := func() { p.press("[data-samtykke=withdraw]"); presses++ }
		// Where something has run, the page is loaded anew.
		if p.truth(`[...document.querySelectorAll('script[data-category]')].some((s) => !s.type)`) {
			p.next(withdraw)
		} else {
			withdraw()
		}
		p.await("everything to be withdrawn, and that to be kept", `!samtykke.get().categories.statistics && document.cookie.includes('`+answerCookie+`')`)
		if presses > toAccept {
			t.Errorf("%s: %d presses to withdraw, %d to accept", path, presses, toAccept)
		}
		p.eval(fmt.Sprintf(`document.cookie = '%s=; max-age=0; path=/'`, answerCookie), nil)
	}
}

// TestN8PageInterface is the contract with page owners.
func TestN8PageInterface(t *testing.T) {
	w := demo(t)
	p := openTab(t, "chromium")
	p.beforeEveryPage(`(() => { window.__heard = []; for (const name of ['ready', 'change']) document.addEventListener('samtykke:' + name, (e) => window.__heard.push([name, e.detail.notice, e.detail.answered, !!e.detail.categories.statistics, 'after', e.detail.before?.answered].join(' '))) })()`)
	heard := func(want ...string) {
		t.Helper()
		p.settle()
		var got []string
		p.eval(`window.__heard`, &got)
		if !slices.Equal(got, want) {
			t.Errorf("the page heard %q, want %q", got, want)
		}
	}
	p.visit(w.Page + "/personvern")
	p.asks()
	p.eval(`window.__on = [], window.__off = samtykke.on('change', (s) => window.__on.push(s.before.answered + ' ' + s.categories.statistics)), samtykke.on('change', () => { throw new Error('a bad listener') }), samtykke.on('ready', () => window.__on.push('ready')), true`, nil)
	heard("ready 1 false false after ")
	if !p.truth(`JSON.stringify(samtykke.get()) === JSON.stringify({ categories: { statistics: false }, services: {}, notice: 1, answered: false }) && Object.isFrozen(samtykke)`) {
		t.Errorf("undecided is told as %s", p.text(`JSON.stringify(samtykke.get())`))
	}
	p.accept()
	heard("ready 1 false false after ", "change 1 true true after false")
	p.eval(`window.__late = [], samtykke.on('ready', () => window.__late.push('ready')), samtykke.on('change', (s) => window.__late.push(s.categories.statistics)), true`, nil)
	if late := p.text(`window.__late.join()`); late != "ready,true" {
		t.Errorf("late listeners heard %q", late)
	}
	if p.truth(`samtykke.grant('nobody') || samtykke.grant('') || samtykke.grant('siteimprove-analytics')`) || !p.truth(`samtykke.grant('youtube')`) {
		t.Error("grant takes what is not asked for in place, or not what is")
	}
	p.await("the grant", `samtykke.get().services['marketing/youtube'] === true`)
	heard("ready 1 false false after ", "change 1 true true after false", "change 1 true true after true")
	p.eval(`samtykke.grant('youtube')`, nil) // nothing changes
	heard("ready 1 false false after ", "change 1 true true after false", "change 1 true true after true")
	if on := p.text(`window.__on.join()`); on != "ready,false true,true true" {
		t.Errorf("listeners heard %q", on)
	}
	p.eval(`window.__off()`, nil)
	p.eval(`samtykke.open()`, nil)
	p.await("the panel", deep("dialog")+"?.open")
	p.visit(w.Page + "/skjema") // no third party here: no reload is needed
	heard("ready 1 true true after ")
	p.eval(`samtykke.withdraw()`, nil)
	p.await("the withdrawal", `!samtykke.get().categories.statistics && samtykke.get().services['marketing/youtube'] === false`)
	heard("ready 1 true true after ", "change 1 true false after true")
}

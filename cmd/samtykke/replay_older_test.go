package main_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

const (
	oldWords = "Lèt oss sjå kva som verkar"
	newWords = "Lèt oss telje kor mange som kjem"
)

// TestF2ReplayOfAnOlderNotice: a visitor has answered in nynorsk; then another
// notice is published. What that visitor saw is shown, second layer and all, and
// what is done with it goes nowhere.
func TestF2ReplayOfAnOlderNotice(t *testing.T) {
	i := newInstallation(t)
	made := newPost(exampleBundle(t), "accept_all", true)
	made.accepted(t, i.start(t).url)
	if done := i.edit(t, oldWords, newWords); done.code != 0 {
		t.Fatalf("%+v", done)
	}
	i.publishWithoutBrowser(t)
	log := must(t, "log", "list", "gjerdrum", "--json", "--data", i.data)
	var record struct {
		BundleHash string `json:"bundle_hash"`
		NoticeHash string `json:"notice_hash"`
	}
	read(t, log, &record)

	shown := i.asShown(t, "--decision", made.ID)
	if !shown.Equal || shown.Notice != 1 || shown.Language != "nn" || shown.ServedHash != record.BundleHash || shown.NoticeHash != record.NoticeHash {
		t.Fatalf("%+v is shown for the record %+v", shown, record)
	}
	own := shown.overheard(t)
	t.Run("as it was", func(t *testing.T) { asItWas(t, shown, made) })
	if after := must(t, "log", "list", "gjerdrum", "--json", "--data", i.data); after != log {
		t.Errorf("a press in the frame has reached the log:\n%s\nbefore:\n%s", after, log)
	}
	base := strings.TrimSuffix(shown.Address[len(own.URL):], "?decision="+made.ID)
	want := []string{
		"GET " + base + "?decision=" + made.ID, "GET " + base + "page?lang=nn",
		"GET " + base + "run/gjerdrum/" + exampleBundle(t) + ".js",
		"GET " + base + "run/gjerdrum/panel.nn." + exampleBundle(t) + ".js",
		"GET " + base + "run/gjerdrum/rest.nn." + exampleBundle(t) + ".js", // which would send what nobody could
		"GET " + base + "run/gjerdrum/origin.js",                           // and would say why
	}
	if asked := own.requests(); !slices.Equal(asked, want) {
		t.Errorf("the showing asked for\n%s\nwant\n%s", strings.Join(asked, "\n"), strings.Join(want, "\n"))
	}
	looks(t, func(t *testing.T, p *tab) {
		p.visit(shown.Address)
		p.looksRight(t, "with the answer")
		p.visit(own.URL + base + "?lang=nn")
		p.looksRight(t, "without")
		p.replayByKeyboard(t)
	})
}

// publishWithoutBrowser publishes where there is no browser to take pictures with.
func (i installation) publishWithoutBrowser(t *testing.T) {
	t.Helper()
	done := invoke(t, "notice", "publish", "gjerdrum", "--browser", "/nonexistent", "--data", i.data)
	if done.code != 0 || !strings.Contains(done.out, "Published notice 2") || strings.Contains(done.out, "picture") {
		t.Errorf("%+v", done)
	}
	if strings.Count(done.err, "No pictures were taken") != 1 || !strings.Contains(done.err, "/nonexistent") {
		t.Errorf("about pictures is said: %s", done.err)
	}
}

// asItWas has what one visitor saw, and uses it: both layers, and an answer.
func asItWas(t *testing.T, shown replayed, made post) {
	elsewhere := hear(t, http.NotFoundHandler())
	p := openTab(t, "chromium")
	p.visit(shown.Address)
	said := p.text(`document.body.innerText`)
	for _, want := range []string{"(gjerdrum)", "nynorsk", made.ID, "Godtok alle", "Statistikk: ja", "Kontrollsum for skriptet (SHA-256): LIK"} {
		if !strings.Contains(said, want) {
			t.Errorf("the page does not say %q:\n%s", want, said)
		}
	}
	for _, hash := range []string{shown.BundleHash, shown.NoticeHash} {
		if strings.Count(said, hash) != 2 {
			t.Errorf("the page does not hold %s twice, computed and on record:\n%s", hash, said)
		}
	}
	frame := p.inFrame()
	frame.await("the question as it was", deep("[data-samtykke=accept]"))
	if text := frame.text(bannerText); !strings.Contains(text, oldWords) || strings.Contains(text, newWords) {
		t.Errorf("the banner says %s", text)
	}
	frame.eval(`(window.refused = [], document.addEventListener('securitypolicyviolation', (e) => refused.push(e.effectiveDirective + ' ' + e.blockedURI)), true)`, nil)
	p.pressIn(frame, "[data-samtykke=open]")
	frame.await("the second layer as it was", deep("dialog")+`?.open && `+deep("dialog")+`.textContent.includes('Siteimprove')`)
	p.key("Escape")
	frame.await("the second layer to close", `!`+deep("dialog"))
	// That it stood is counted of no showing.
	if refused := frame.text(`refused.filter((each) => !each.endsWith('/gjerdrum/shown')).join()`); refused != "" {
		t.Errorf("the second layer missed %s", refused)
	}
	p.pressIn(frame, "[data-samtykke=accept]")
	frame.await("the answer to be taken", `document.querySelector('#samtykke').shadowRoot.querySelector('[role=status]').textContent`)
	frame.await("it to be kept from leaving", `refused.some((each) => each.startsWith('connect-src ') && each.endsWith('/gjerdrum/decisions'))`)
	staysInFrame(t, frame, elsewhere)
}

// staysInFrame tries what a script may: to read what is around it, and to reach
// another host.
func staysInFrame(t *testing.T, frame *tab, elsewhere *ear) {
	t.Helper()
	for _, forbidden := range []string{`localStorage.length`, `document.cookie`, `parent.document.title`} {
		if !frame.truth(`(() => { try { ` + forbidden + `; return false } catch (e) { return e.name === 'SecurityError' } })()`) {
			t.Errorf("the frame may use %s", forbidden)
		}
	}
	frame.eval(strings.ReplaceAll(`(async () => {
		const gone = (e) => new Promise((done) => { e.onload = e.onerror = done; document.body.append(e) })
		const make = (name, more) => Object.assign(document.createElement(name), more)
		await fetch('URL/fetch', { mode: 'no-cors' }).catch(() => {})
		navigator.sendBeacon('URL/beacon', 'x')
		await gone(make('img', { src: 'URL/img' }))
		await gone(make('script', { src: 'URL/script' }))
		await gone(make('link', { rel: 'stylesheet', href: 'URL/style' }))
		await import('URL/module').catch(() => {})
		open('URL/window')
		try { top.location = 'URL/top' } catch {}
		const form = make('form', { action: 'URL/form', method: 'post' })
		document.body.append(form)
		form.submit()
		return true
	})()`, "URL", elsewhere.URL), nil)
	// The last way out is to go there.
	frame.eval(`(setTimeout(() => { location = '`+elsewhere.URL+`/location' }), true)`, nil)
	control := openTab(t, "chromium")
	control.visit(elsewhere.URL + "/control")
	for _, each := range elsewhere.requests() {
		if each != "GET /control" && each != "GET /favicon.ico" {
			t.Errorf("the frame reached another host: %s", each)
		}
	}
	if !slices.Contains(elsewhere.requests(), "GET /control") {
		t.Error("nothing can be heard, so hearing nothing proves nothing")
	}
}

// looksRight has the page without faults, and no wider than its window.
func (p *tab) looksRight(t *testing.T, state string) {
	t.Helper()
	p.axe(t, state)
	if p.truth(`document.documentElement.scrollWidth > innerWidth`) {
		t.Errorf("%s: it scrolls sideways", state)
	}
}

// replayByKeyboard goes through the page with keys only: into the frame, to the
// second layer and back, and out of the frame.
func (p *tab) replayByKeyboard(t *testing.T) {
	t.Helper()
	frame := p.inFrame()
	frame.await("the question", deep("[data-samtykke=accept]"))
	at := func(want string) {
		t.Helper()
		p.await("focus on "+want, `document.activeElement.textContent === '`+want+`'`)
	}
	in := func(want string) {
		t.Helper()
		frame.await("focus on "+want, focused+` === '`+want+`'`)
	}
	p.key("Tab")
	at("bokmål")
	p.key("Tab")
	at("engelsk")
	for _, action := range []string{"accept", "reject", "open"} {
		p.key("Tab")
		in(action)
	}
	p.key("Enter")
	frame.await("the second layer", deep("dialog")+`?.open`)
	p.key("Escape")
	in("open")
	for _, action := range []string{"reject", "accept"} {
		p.key("Shift+Tab")
		in(action)
	}
	for range 3 { // a browser may stop at the frame itself, or be slow to say that it did not
		p.key("Shift+Tab")
		p.eval(`new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))`, nil)
		if !p.truth(`document.activeElement.tagName === 'IFRAME'`) {
			break
		}
	}
	p.await("focus to leave the frame", `['engelsk', 'bokmål'].includes(document.activeElement.textContent)`)
}

package main_test

import (
	"encoding/json"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/examples/gjerdrum"
)

// necessaryHere are the cookies that pages of the replica need themselves; a
// browser gets them on the page's own path only.
func necessaryHere(name string) bool {
	return slices.ContainsFunc(gjerdrum.Rows, func(row gjerdrum.Row) bool {
		return row.Cookie == name && row.Action == gjerdrum.Use && row.Host == gjerdrum.Municipality
	})
}

func TestA1NothingBeforeConsent(t *testing.T) {
	w := demo(t)
	inEveryEngine(t, func(t *testing.T, p *tab) {
		w.forgetRequests(t)
		for _, path := range replicaPages {
			p.visit(w.Page + path)
			p.eval(`window.scrollTo(0, document.body.scrollHeight)`, nil)
			p.settle()
			for _, item := range p.keeps() {
				if name, isCookie := strings.CutPrefix(item, "cookie "); !isCookie || !necessaryHere(name) {
					t.Errorf("%s: the browser keeps %s", path, item)
				}
			}
		}
		w.nothingAsked(t, "without any choice")
		if _, ok := p.browser.(*chromium); ok {
			for _, cookie := range p.cookieStore() {
				if !necessaryHere(cookie.Name) {
					t.Errorf("the browser keeps %s of %s%s", cookie.Name, cookie.Domain, cookie.Path)
				}
			}
		}
		// The same pages do ask once there is consent, or this proves nothing.
		p.visit(w.Page + "/")
		p.accept()
		p.await("the statistics to start", `document.cookie.includes('nmstat=')`)
		if w.asked(t, gjerdrum.Siteimprove) == 0 {
			t.Error("after a yes, nobody was asked")
		}
	})
}

// watchReads notes who reads or writes storage, or reads what makes a browser
// recognisable: the addresses of the scripts on the stack.
const watchReads = `(() => {
	const seen = (window.__touched = [])
	const note = (what) => {
		const from = (new Error().stack.match(/https?:\/\/[^\s)]+/g) ?? []).map((u) => new URL(u).host)
		seen.push({ what, from: [...new Set(from)] })
	}
	const wrap = (object, name, what = name) => {
		const own = object && Object.getOwnPropertyDescriptor(object, name)
		if (!own?.configurable) return
		const made = { ...own }
		for (const part of ['get', 'set', 'value']) {
			if (typeof own[part] === 'function') made[part] = function (...args) { note(what); return own[part].apply(this, args) }
		}
		Object.defineProperty(object, name, made)
	}
	wrap(Document.prototype, 'cookie')
	for (const name of ['getItem', 'setItem', 'key']) wrap(Storage.prototype, name, 'storage ' + name)
	for (const name of ['open', 'databases']) wrap(IDBFactory.prototype, name, 'indexeddb ' + name)
	for (const name of ['userAgent', 'plugins', 'languages', 'hardwareConcurrency', 'deviceMemory', 'platform']) wrap(Navigator.prototype, name)
	for (const name of ['toDataURL', 'toBlob', 'getContext']) wrap(HTMLCanvasElement.prototype, name, 'canvas ' + name)
	wrap(window, 'AudioContext'); wrap(window, 'OfflineAudioContext')
	wrap(FontFaceSet.prototype, 'check', 'fonts')
	for (const name of ['width', 'height', 'colorDepth']) wrap(Screen.prototype, name, 'screen ' + name)
})()`

func TestA2NoTechniqueBeforeConsent(t *testing.T) {
	w := demo(t)
	p := openTab(t, "chromium")
	p.beforeEveryPage(watchReads)
	type touch struct {
		What string
		From []string
	}
	strangers := func() (found []touch) {
		var all []touch
		p.eval(`window.__touched`, &all)
		ours := []string{strings.TrimPrefix(w.Page, "http://"), strings.Split(strings.TrimPrefix(w.Script, "http://"), "/")[0]}
		for _, one := range all {
			for _, from := range one.From {
				if !slices.Contains(ours, from) {
					found = append(found, one)
				}
			}
		}
		return found
	}
	for _, path := range replicaPages {
		p.visit(w.Page + path)
		p.settle()
		if found := strangers(); len(found) > 0 {
			t.Errorf("%s: third parties touched the device: %+v", path, found)
		}
	}
	w.nothingAsked(t, "without any choice")
	p.visit(w.Page + "/")
	p.accept()
	p.await("the statistics to start", `document.cookie.includes('nmstat=')`)
	if len(strangers()) == 0 {
		t.Error("the instruments see nothing even after a yes")
	}
}

func TestA3SilenceIsNoConsent(t *testing.T) {
	w := newWorld(t)
	p := openTab(t, "chromium")
	p.visit(w.Page + "/")
	p.asks()
	p.eval(`window.scrollTo(0, document.body.scrollHeight)`, nil)
	p.key("Escape")
	p.key("Tab")
	p.key("Escape")
	p.press("main h1")
	p.press("footer h2")
	for _, path := range []string{"/personvern", "/video", "/"} {
		p.visit(w.Page + path)
	}
	for _, leave := range []func(){func() { p.key("Escape") }, func() { p.press("dialog .top button") }} {
		p.press("[data-samtykke=open]")
		p.await("the panel", deep("dialog")+"?.open")
		leave()
		p.await("the panel to close", "!"+deep("dialog"))
	}
	p.settle()
	p.asks()
	if kept := p.keeps(); len(kept) > 0 {
		t.Errorf("the browser keeps %v", kept)
	}
	w.nothingAsked(t, "after silence")
	// What is decided is recorded in order, so a record of silence would be here first.
	p.reject()
	if log := w.awaitLog(t, 0, 1); len(log) != 1 || log[0].State != "refused" {
		t.Errorf("the log holds %+v", log)
	}
}

func TestA4NoImpliedConsentCanBeConfigured(t *testing.T) {
	i := installation{t.TempDir()}
	for _, change := range [][]string{
		{"  validity: P1Y\n", "  validity: P1Y\n  mode: implied\n"},
		{"  validity: P1Y\n", "  validity: P1Y\n  consent: opt-out\n"},
		{"    ask: banner\n", "    ask: implied\n"},
		{"    legal_basis: consent\n", "    legal_basis: browser\n"},
	} {
		if done := i.edit(t, change...); done.code == 0 {
			t.Errorf("%q was taken", change[1])
		}
	}
	if docs := must(t, "config", "docs"); strings.Contains(docs, "implied") || strings.Contains(docs, "opt-out") {
		t.Error("the settings speak of implied consent")
	}
}

var regexpAnswer = regexp.MustCompile(`^1(\.[\w-]{6}[0-9a-z]{1,8}~[012]+)+$`)

func TestA7NoIdentifierBeforeTheFirstDecision(t *testing.T) {
	w := demo(t)
	inEveryEngine(t, func(t *testing.T, p *tab) {
		before := len(w.log(t))
		p.visit(w.Page + "/")
		p.asks()
		p.settle()
		if kept := p.keeps(); len(kept) > 0 {
			t.Errorf("before a choice the browser keeps %v", kept)
		}
		p.reject()
		made := w.awaitLog(t, before, 1)[0]
		want := []string{"cookie " + answerCookie, "local " + answerCookie}
		if kept := p.keeps(); !slices.Equal(kept, want) {
			t.Errorf("after a no the browser keeps %v, want %v", kept, want)
		}
		value := p.cookies()[answerCookie]
		token := p.text(`JSON.parse(localStorage.getItem('samtykke-gjerdrum')).token`)
		if token == "" || strings.Contains(value, token) || strings.Contains(value, made.ID) {
			t.Errorf("the answer cookie %q names the visitor %q or the decision %q", value, token, made.ID)
		}
		// Whoever says no at the same second has the same cookie, to the byte.
		if !regexpAnswer.MatchString(value) {
			t.Errorf("the answer cookie is %q", value)
		}
	})
	for _, address := range []string{w.Script, w.Cookies} {
		response, err := localClient.Get(loopback(address))
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if set := response.Header.Values("Set-Cookie"); len(set) > 0 {
			t.Errorf("%s sets %v", address, set)
		}
	}
}

func TestF1DecisionHoldsEverything(t *testing.T) {
	w := newWorld(t)
	p := openTab(t, "chromium")
	p.visit(w.Page + "/nn/")
	p.accept()
	w.awaitLog(t, 0, 1)
	line := strings.TrimSpace(w.samtykke(t, "log", "export", "gjerdrum", "--format", "jsonl"))
	var stored map[string]any
	if err := json.Unmarshal([]byte(line), &stored); err != nil {
		t.Fatal(err)
	}
	for _, field := range []string{
		"schema_version", "id", "site", "scope_hosts", "event_type", "entity", "time", "visitor", "state", "method", "layer", "language", "choice",
		"valid_until", "notice", "notice_hash", "bundle", "bundle_hash", "frozen",
	} {
		if value, there := stored[field]; !there || value == "" || value == nil {
			t.Errorf("the record has no %s: %s", field, line)
		}
	}
	for field, want := range map[string]any{"method": "accept_all", "layer": "first", "language": "nn", "state": "given", "notice": 1.0} {
		if stored[field] != want {
			t.Errorf("%s is %v, want %v", field, stored[field], want)
		}
	}
	kept := p.text(`JSON.parse(localStorage.getItem('samtykke-gjerdrum')).last.id`)
	if kept != stored["id"] {
		t.Errorf("the browser's receipt names %s, the log %s", kept, stored["id"])
	}
}

// TestF4ServerTimeCounts has a browser whose clock is a year ahead.
func TestF4ServerTimeCounts(t *testing.T) {
	w := newWorld(t)
	p := openTab(t, "chromium")
	p.beforeEveryPage(`(() => { const now = Date.now; Date.now = () => now() + 365 * 864e5 })()`)
	p.visit(w.Page + "/")
	earliest := time.Now().Add(-2 * time.Second)
	p.accept()
	made := w.awaitLog(t, 0, 1)[0]
	at, err := time.Parse(time.RFC3339, made.Time)
	if err != nil || at.Before(earliest) || at.After(time.Now().Add(2*time.Second)) {
		t.Errorf("the decision was stored as of %s (%v)", made.Time, err)
	}
	out, err := exec.Command(program(t), "log", "export", "gjerdrum", "--format", "jsonl", "--data", w.Data).Output()
	if err != nil || !strings.Contains(string(out), `"skew_seconds":`) || strings.Contains(string(out), `"skew_seconds":0,`) {
		t.Errorf("the skew is not noted: %v %s", err, out)
	}
}

package main_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	devtools "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// ownToken is the token that this browser keeps for the site.
const ownToken = `JSON.parse(localStorage.getItem('samtykke-gjerdrum')).token`

// decideTwice says no, and then yes to the films.
func (p *tab) decideTwice(page string) {
	p.t.Helper()
	p.visit(page + "/video")
	p.asks()
	p.reject()
	p.pressPlace("youtube")
	p.await("both to be recorded", `(() => { const kept = JSON.parse(localStorage['samtykke-gjerdrum']); return kept.last && !kept.queue[0] && document.querySelector('iframe[src]') })()`)
}

// mePage is the address of the visitors' page of a script's site.
func mePage(script string) string { return strings.TrimSuffix(script, ".js") + "/me.html" }

// asked is one request as it goes over the wire.
type asked struct{ line, headers, bearer string }

// overTheWire records every request of a page, with the headers that are sent.
func overTheWire(p *tab) func() []asked {
	p.t.Helper()
	var mu sync.Mutex
	lines, sent := map[network.RequestID]string{}, []asked{}
	p.onNetwork(func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			lines[e.RequestID] = e.Request.Method + " " + e.Request.URL + " " + e.DocumentURL
		case *network.EventRequestWillBeSentExtraInfo:
			one := asked{line: lines[e.RequestID]}
			for name, value := range e.Headers {
				if strings.EqualFold(name, "authorization") {
					one.bearer = headerText(value)
					continue
				}
				one.headers += name + ": " + headerText(value) + "\n"
			}
			sent = append(sent, one)
		}
	})
	return func() []asked {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(sent)
	}
}

// downloads has the browser put files into a folder.
func (p *tab) downloads() string {
	p.t.Helper()
	folder := p.t.TempDir()
	c := p.devtools()
	_, err := chromedp.CallBrowser(c.ctx, devtools.SetDownloadBehavior, devtools.SetDownloadBehaviorParams{
		Behavior: devtools.SetDownloadBehaviorBehaviorAllow, DownloadPath: folder,
		BrowserContextID: chromedp.FromContext(c.ctx).BrowserContextID,
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return folder
}

// downloaded waits for a file and gives what is in it.
func (p *tab) downloaded(folder, name string) string {
	p.t.Helper()
	for end := time.Now().Add(patience); ; <-time.After(20 * time.Millisecond) {
		data, err := os.ReadFile(filepath.Join(folder, name))
		if err == nil && len(data) > 0 {
			return string(data)
		}
		if time.Now().After(end) {
			p.t.Fatalf("the file %s never came: %v", name, err)
		}
	}
}

// TestMeServesTheVisitor follows a visitor from the panel to the page and through
// all that can be done there; the token is nowhere but in the one header.
func TestMeServesTheVisitor(t *testing.T) {
	w := newWorld(t)
	p := openTab(t, "chromium")
	sent := overTheWire(p)
	p.decideTwice(w.Page)
	token := p.text(ownToken)
	newest := p.text(`JSON.parse(localStorage.getItem('samtykke-gjerdrum')).last.id`)

	p.openPanel()
	link := `dialog > div > p > a[href*="me.html"]`
	p.await("the way to the page", deep(link))
	if p.text(deep(link)+".href") != mePage(w.Script)+"?lang=nb" || p.text(deep(link)+".rel") != "noopener noreferrer" || p.text(deep(link)+".target") != "_blank" {
		t.Errorf("the link of the panel: %s", p.text(deep(link)+".outerHTML"))
	}
	if !p.truth(`[...` + deep("dialog") + `.querySelectorAll('input[readonly]')].some((e) => e.value === '` + newest + `')`) {
		t.Error("the panel does not show the newest receipt")
	}
	// The tab that the press opens is another: the address is followed here.
	p.eval(`(() => { window.followed = ''; const link = `+deep(link)+`
		link.addEventListener('click', (event) => { event.preventDefault(); window.followed = link.href }); link.click(); return true })()`, nil)
	followed := p.text("followed")
	if followed != mePage(w.Script)+"?lang=nb#"+token {
		t.Fatalf("the press leads to %s", followed)
	}
	p.await("the link to forget the token", "!"+deep(link)+".hash")

	p.visit(followed)
	p.await("both choices", `document.querySelectorAll('#decisions > li').length === 2`)
	if at := p.text("location.href"); at != mePage(w.Script)+"?lang=nb" {
		t.Errorf("the token stays in the address: %s", at)
	}
	if p.truth(`document.documentElement.outerHTML.includes('` + token + `') || Object.keys(localStorage).length || Object.keys(sessionStorage).length`) {
		t.Error("the page keeps the token")
	}
	for _, said := range []string{"Delvis ja", "Statistikk: nei (Analyseverktøy (Siteimprove Analytics), Billettløsning", "Markedsføring, Videoavspilling (YouTube): ja", newest, "Slo på innholdet der det står"} {
		if !p.truth(fmt.Sprintf(`document.querySelector('#decisions > li').innerText.includes(%q)`, said)) {
			t.Errorf("the newest choice lacks %q: %s", said, p.text(`document.querySelector('#decisions > li').innerText`))
		}
	}
	if to := p.text(`document.querySelector('#decisions a').href`); !strings.HasSuffix(to, "/gjerdrum/notices/1/cookies?lang=nb") {
		t.Errorf("the version leads to %s", to)
	}
	followMe(t, p, w, token, newest)
	wantTokenAtHome(t, sent(), token, mePage(w.Script))
}

// followMe does all that can be done on the page.
func followMe(t *testing.T, p *tab, w *world, token, newest string) {
	t.Helper()
	says := func(text string) {
		p.await(text, fmt.Sprintf(`document.querySelector('#status').textContent.startsWith(%q)`, text))
	}
	folder := p.downloads()
	p.eval(`navigator.clipboard.writeText = async (text) => { window.copied = text }, true`, nil)
	p.press("#decisions [data-do=copy]")
	says("Nummeret er kopiert.")
	if copied := p.text("copied"); copied != newest {
		t.Errorf("copied: %s", copied)
	}
	p.press("#all [data-do=save]")
	var saved struct {
		Decisions []record
		Notices   map[string]struct{ Services []any }
	}
	if err := json.Unmarshal([]byte(p.downloaded(folder, "samtykke.json")), &saved); err != nil || len(saved.Decisions) != 2 || len(saved.Notices["1"].Services) == 0 {
		t.Errorf("saved: %v %+v", err, saved.Decisions)
	}
	p.press("#decisions [data-do=proof]")
	proof := p.downloaded(folder, newest+".tlog-proof")
	if !strings.HasPrefix(proof, "c2sp.org/tlog-proof@v1\n") {
		t.Errorf("the receipt: %s", proof)
	}

	p.press("#decisions [data-do=open]")
	p.await("the receipt", `document.querySelector('#receipt .verdict.holds')`)
	p.await("its code", `document.querySelector('#receipt img').naturalWidth > 0`)
	if !p.truth(`document.activeElement.matches('#receipt h1') && document.querySelector('#receipt').innerText.includes('` + newest + `') && document.querySelector('#mine').hidden`) {
		t.Error("the receipt is not what is read now")
	}
	p.press("#receipt [data-do=json]")
	saved.Decisions = nil
	if err := json.Unmarshal([]byte(p.downloaded(folder, newest+".json")), &saved); err != nil || len(saved.Decisions) != 1 || saved.Decisions[0].ID != newest {
		t.Errorf("saved of one: %v %+v", err, saved.Decisions)
	}
	p.press("#receipt [data-do=file]")
	page := p.text(`location.href`)
	copied := filepath.Join(folder, "copy.html")
	if err := os.WriteFile(copied, []byte("<!doctype html>"+p.text(`document.documentElement.outerHTML`)), 0o600); err != nil {
		t.Fatal(err)
	}
	wantFile(p, p.downloaded(folder, newest+".html"), filepath.Join(folder, newest+".html"), proof)
	wantCopy(p, copied)
	p.visit(page + "#" + token)
	p.await("the list again", `!document.querySelector('#mine').hidden && document.querySelector('#receipt').hidden`)

	frozen := func() (n int) {
		p.eval(`fetch('me', { headers: { Authorization: 'Bearer `+token+`' } }).then((r) => r.json()).then((told) => told.decisions.filter((d) => d.frozen).length)`, &n)
		return n
	}
	p.press("#all [data-do=freeze]")
	says("Valgene er fryst.")
	if n := frozen(); n != 2 {
		t.Errorf("%d decisions are frozen", n)
	}
	p.press("#all [data-do=release]")
	says("Frysingen er opphevet.")
	if n := frozen(); n != 0 {
		t.Errorf("%d decisions are frozen still", n)
	}

	heldOnMe(t, p, w, token, newest)

	p.press("#decisions [data-do=erase]")
	p.await("the question", `document.querySelector('dialog[open]')`)
	p.key("Escape")
	p.await("the question to go", `!document.querySelector('dialog[open]')`)
	p.press("#decisions [data-do=erase]")
	p.press("dialog [data-do=no]")
	p.await("the question to go", `!document.querySelector('dialog[open]')`)
	if n := len(w.log(t)); n != 2 {
		t.Fatalf("a no erases: %d are left", n)
	}
	p.press("#decisions [data-do=erase]")
	p.press("dialog [data-do=yes]")
	says("Valget er slettet.")
	if left := w.log(t); len(left) != 1 || left[0].ID == newest {
		t.Errorf("left: %+v", left)
	}
	p.press("#all [data-do=erase]")
	p.press("dialog [data-do=yes]")
	says("Alt er slettet i loggen.")
	if left := w.log(t); len(left) != 0 {
		t.Errorf("left: %+v", left)
	}
	if !p.truth(`document.querySelector('#mine').hidden && !document.querySelector('#enter').hidden`) {
		t.Error("the page still shows something")
	}
	if !p.truth(`document.querySelector('#status').getBoundingClientRect().bottom <= document.querySelector('#enter').getBoundingClientRect().top`) {
		t.Error("what was done stands below the field for the key")
	}
	p.enterKey(token[:len(token)-1] + "B") // no key ends so
	p.await("word that it is no key", `document.querySelector('#key-wrong').textContent.startsWith('Dette er ikke en gyldig nøkkel') && document.activeElement.id === 'key'`)
}

// holdsHere is in what a page says of a receipt that it has checked.
const holdsHere = `/holder\.|, holder|Kontrollert her/.test(document.body.innerText)`

// wantFile opens a receipt that was saved as a page: it is whole, asks for nothing,
// runs nothing, and does not say that it was checked.
func wantFile(p *tab, html, path, proof string) {
	p.t.Helper()
	if strings.Contains(html, "<script") || strings.Contains(html, " src=") || strings.Contains(html, "<link") {
		p.t.Error("the file is not by itself")
	}
	p.visit("file://" + path)
	p.await("its code", `document.querySelector('figure svg').getBoundingClientRect().width > 100`)
	if said := p.text(`document.body.innerText`); !strings.Contains(said, "Alle som får filen, kan kontrollere") || !strings.Contains(said, "Statistikk: nei (Analyseverktøy (Siteimprove Analytics), Billettløsning") || p.truth(holdsHere) {
		p.t.Errorf("the file says:\n%s", said)
	}
	if p.text(`document.querySelector('[data-is=proof]').textContent`) != proof {
		p.t.Error("the file has another proof")
	}
	if to := p.text(`document.querySelector('[data-is=verify]').getAttribute('href')`); !strings.HasPrefix(to, "http") {
		p.t.Errorf("the file leads to %s", to)
	}
}

// wantCopy opens a copy of the page that the browser saved: it says that it is one,
// and offers and claims nothing.
func wantCopy(p *tab, path string) {
	p.t.Helper()
	p.visit("file://" + path)
	p.await("word that it is a copy", `document.querySelector('#status').textContent.startsWith('Dette er en lagret kopi')`)
	if p.truth(`document.querySelector('#enter, .tools') !== null || ` + holdsHere) {
		p.t.Errorf("the copy says:\n%s", p.text(`document.body.innerText`))
	}
}

// neededOnMe: of what is needed for a legal claim the page says so at once, and does
// not offer to erase it.
func neededOnMe(t *testing.T, p *tab, w *world, token, id string) {
	t.Helper()
	p.await("the ground", `document.querySelector('#decisions > li [data-is=held]').textContent.includes('rettskrav')`)
	p.press("#decisions [data-do=erase]")
	p.await("word that the choice stays", `document.querySelector('#status').textContent.startsWith('Ingenting er slettet. Valget trengs')`)
	p.press("#all [data-do=erase]")
	p.await("a question of what goes", `document.querySelector('dialog[open] #sure-text').textContent.startsWith('1 valg blir slettet for godt. 1 blir stående')`)
	p.press("dialog [data-do=no]")
	for _, one := range w.log(t) {
		if one.ID != id {
			w.samtykke(t, "log", "freeze", "gjerdrum", "--why", "Case 2026/1234", "--receipt", one.ID, "--reason", "claim")
		}
	}
	p.visit("about:blank")
	p.visit(mePage(w.Script) + "?lang=nb#" + token)
	p.await("the other ground", `document.querySelectorAll('#decisions [data-is=held]:not([hidden])').length === 2`)
	p.press("#all [data-do=erase]")
	p.await("word that nothing went", `document.querySelector('#status').textContent.startsWith('Ingenting er slettet. Det som står i loggen (2 valg)')`)
	left := w.log(t)
	if len(left) != 2 {
		t.Errorf("left: %+v", left)
	}
	for _, one := range left {
		w.samtykke(t, "log", "release", "gjerdrum", "--receipt", one.ID, "--why", "Case 2026/1234", "--yes")
	}
}

// heldOnMe: what the operator has frozen is marked as such, and its release is not
// offered even once; an English reader is told the English names.
func heldOnMe(t *testing.T, p *tab, w *world, token, id string) {
	t.Helper()
	w.samtykke(t, "log", "freeze", "gjerdrum", "--why", "Case 2026/1234", "--receipt", id, "--reason", "accuracy")
	p.visit(mePage(w.Script) + "?lang=en#" + token)
	p.await("what is held", `[...document.querySelectorAll('#decisions > li:first-child .frozen')].filter((e) => e.checkVisibility()).map((e) => e.textContent).join() === 'Frozen by us: somebody says that the information is wrong'`)
	p.await("English names", `document.querySelector('#decisions > li').innerText.includes('Statistics: no') && !document.querySelector('#decisions [lang]')`)
	p.press("#all [data-do=freeze]")
	p.await("both to be frozen", `document.querySelector('#mine').matches('.frozen-all') && document.querySelector('#status').textContent.startsWith('Your choices are frozen.')`)
	if !p.truth(`document.querySelector('#all [data-do=release]').checkVisibility()`) {
		t.Error("what the visitor froze cannot be released")
	}
	p.press("#all [data-do=release]")
	p.await("what is left frozen", `document.querySelector('#status').textContent.startsWith('What you froze yourself')`)
	if p.truth(`document.querySelector('#all [data-do=release]').checkVisibility()`) {
		t.Error("the release of what the operator holds is offered")
	}
	w.samtykke(t, "log", "release", "gjerdrum", "--receipt", id, "--why", "Case 2026/1234", "--yes")
	w.samtykke(t, "log", "freeze", "gjerdrum", "--why", "Case 2026/1234", "--receipt", id, "--reason", "claim")
	p.visit(mePage(w.Script) + "?lang=nb#" + token)
	neededOnMe(t, p, w, token, id)
	p.visit("about:blank")
	p.visit(mePage(w.Script) + "?lang=nb#" + token)
	p.await("both choices", `document.querySelectorAll('#decisions > li').length === 2`)
}

// wantTokenAtHome holds every request against the one place where a token may be.
func wantTokenAtHome(t *testing.T, sent []asked, token, page string) {
	t.Helper()
	bearers := 0
	for _, one := range sent {
		if strings.Contains(one.line, token) || strings.Contains(one.headers, token) {
			t.Errorf("the token is in %s\n%s", one.line, one.headers)
		}
		if one.bearer != "" {
			bearers++
		}
		if strings.HasSuffix(one.line, " "+page) && strings.Contains(strings.ToLower(one.headers), "referer") {
			t.Errorf("a referrer is sent: %s\n%s", one.line, one.headers)
		}
	}
	if bearers < 8 {
		t.Errorf("only %d of %d requests carry the token as they should: the test sees too little", bearers, len(sent))
	}
}

// TestMeByKeyboard uses the page without a mouse, and comes with the code of a
// printed receipt.
func TestMeByKeyboard(t *testing.T) {
	w := newWorld(t)
	p := openTab(t, "chromium")
	p.decideTwice(w.Page)
	token := p.text(ownToken)
	_, address, _ := strings.Cut(w.Script, "://")
	host, _, _ := strings.Cut(address, "/")
	const log = "consent/x/2026" // the host may have been another one when it was printed
	p.visit(mePage(w.Script) + "?lang=nb#receipt=0195f3a0-0000-7000-8000-000000000001&log=" + host + "/" + log + "&index=7&leaf=" + strings.Repeat("A", 43))
	p.await("what the code says", `document.querySelector('#noted').innerText.includes('plass 7 i loggen `+log+`')`)
	const where = `(() => {
		const e = document.activeElement, s = getComputedStyle(e)
		return (e.id || e.dataset.do || e.className || e.lang || e.localName) + (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1 ? '' : ' without an outline')
	})()`
	tab := func(to string) {
		t.Helper()
		for range 40 {
			p.key("Tab")
			at := p.text(where)
			if strings.Contains(at, "without") {
				t.Errorf("focus cannot be seen: %s", at)
			}
			if at == to {
				return
			}
		}
		t.Fatalf("Tab does not lead to %s", to)
	}
	insert := func(text string) {
		if _, err := chromedp.Call(p.devtools().ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	tab("skip")
	tab("key")
	insert("half a key")
	p.key("Enter")
	if !p.truth(`document.activeElement.id === 'key' && document.activeElement.ariaInvalid === 'true' && document.querySelector('#key-wrong[role=alert]').textContent`) {
		t.Error("nothing says that the key is not whole")
	}
	p.eval(`document.querySelector('#key').select()`, nil)
	insert(token)
	p.key("Enter")
	p.await("word that the receipt is not there", `document.activeElement.id === 'status' && document.activeElement.innerText.includes('er ikke blant')`)
	tab("open")
	p.key("Enter")
	p.await("the receipt to have focus", `document.activeElement.matches('#receipt h1')`)
	p.key("Shift+Tab")
	for p.text(where) != "back" {
		p.key("Shift+Tab")
	}
	p.key("Enter")
	p.await("the list to have focus again", `document.activeElement.id === 'count'`)
	tab("erase")
	p.key("Enter")
	p.await("the answer that keeps to have focus", `document.querySelector('dialog[open]').contains(document.activeElement) && document.activeElement.dataset.do === 'no'`)
	p.key("Enter")
	p.await("focus to return", `document.activeElement.dataset.do === 'erase'`)
	p.key("Enter")
	p.await("the question", `document.activeElement.dataset.do === 'no'`)
	p.key("Tab")
	p.key("Enter")
	p.await("word of it", `document.activeElement.id === 'status' && document.activeElement.textContent === 'Valget er slettet.'`)
	if left := w.log(t); len(left) != 1 {
		t.Errorf("%d decisions are left", len(left))
	}
}

// TestAxeMe has the page in its states and looks, and without script.
func TestAxeMe(t *testing.T) {
	w := demo(t)
	looks(t, func(t *testing.T, p *tab) {
		p.decideTwice(w.Page)
		token := p.text(ownToken)
		for _, lang := range []string{"nn", "se"} {
			page := mePage(w.Script) + "?lang=" + lang
			p.visit("about:blank")
			p.visit(page)
			p.press("#enter button")
			p.axe(t, lang+", no key")
			p.visit("about:blank")
			p.visit(page + "#" + token)
			p.await("both choices", `document.querySelectorAll('#decisions > li').length > 1`)
			p.axe(t, lang+", the list")
			p.press("#decisions [data-do=open]")
			p.await("the receipt", `document.querySelector('#receipt .verdict.holds')`)
			p.axe(t, lang+", the receipt")
			if p.truth(`document.documentElement.scrollWidth > innerWidth`) {
				t.Errorf("in %s the page scrolls sideways", lang)
			}
			p.eval(`history.back()`, nil)
			p.press("#all [data-do=erase]")
			p.await("the question", `document.querySelector('dialog[open]')`)
			p.axe(t, lang+", the question")
			p.press("dialog [data-do=no]")
		}
	})
}

// TestMeWithoutScript: the page says what to do instead.
func TestMeWithoutScript(t *testing.T) {
	w := demo(t)
	p := openTab(t, "chromium")
	p.withoutScript()
	p.visit(mePage(w.Script) + "?lang=en")
	for _, said := range []string{"Quote the number of your receipt", "Data protection officer", "66 10 60 00"} {
		if !p.truth(fmt.Sprintf(`document.body.innerText.includes(%q)`, said)) {
			t.Errorf("without script the page does not say %q", said)
		}
	}
	if p.truth(`document.querySelector('#enter').checkVisibility() || document.querySelector('#mine').checkVisibility()`) {
		t.Error("without script there is something that does not work")
	}
}

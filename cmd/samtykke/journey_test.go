package main_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/examples/gjerdrum"
)

// journey is one visitor's way through the replica, with the cookie store as
// it was after every step.
type journey struct {
	w     *world
	p     *tab
	site  *consent.Draft
	steps []step
	begun time.Time
	told  string          // what the banner said after withdrawal
	asked map[string]bool // third parties that were asked for something
	sent  []string        // cookies that third parties got back
}

func newJourney(t testing.TB, w *world, p *tab) *journey {
	t.Helper()
	return &journey{w: w, p: p, site: exampleSite(t), begun: time.Now(), asked: map[string]bool{}}
}

// harmless are the pages that store nothing just because they are looked at.
var harmless = []string{
	"/", "/nn/", "/en/", "/se/", "/sok", "/kart", "/video", "/chat", "/kommune-tv",
	"/skjema", "/minside", "/informasjonskapsler", "/personvern",
}

// used are the pages whose sight alone is use.
var used = []string{"/billetter", "/tilbakemelding"}

// note keeps the cookie store under the name of a step.
func (j *journey) note(name string) {
	j.p.t.Helper()
	j.steps = append(j.steps, step{name: name, begun: j.begun, end: time.Now(), jar: j.jar()})
	j.begun = time.Now()
}

// jar reads the store. Addresses that nobody answers carry cookies as well.
func (j *journey) jar() []kept {
	j.p.t.Helper()
	var addresses []string
	for _, row := range gjerdrum.Rows {
		if row.Host == gjerdrum.Municipality {
			addresses = append(addresses, j.w.Page+strings.TrimSuffix(row.Path, "/")+"/-")
		}
	}
	slices.Sort(addresses)
	return j.p.jar(slices.Compact(addresses)...)
}

func (j *journey) at(name string) step {
	for _, s := range j.steps {
		if s.name == name {
			return s
		}
	}
	return step{}
}

// quiet says that no third party was asked for anything so far.
func (j *journey) quiet(when string) {
	j.p.t.Helper()
	if hits := j.w.requests(j.p.t); len(hits) > 0 {
		j.p.t.Errorf("%s, and third parties were asked: %+v", when, hits)
	}
}

// see visits a page and waits until the banner has done its work there.
func (j *journey) see(path string) {
	j.p.t.Helper()
	j.p.visit(j.w.Page + path)
	j.p.await("the banner to have started", `window.samtykke && document.readyState === 'complete'`)
	if slices.Contains([]string{"/kart", "/video", "/chat", "/kommune-tv"}, path) {
		j.p.await("the placeholder or the content", `document.querySelector('[data-samtykke-place], iframe[src]')`)
	}
	j.p.eval(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))`, nil)
}

// beforeConsent looks at every page and uses what is necessary.
func (j *journey) beforeConsent() {
	for _, path := range harmless {
		j.see(path)
	}
	j.note("looked")
	for _, path := range used {
		j.see(path)
		j.note("use " + path)
	}
	for _, row := range gjerdrum.Rows {
		if row.Press == "" {
			continue
		}
		j.see(row.Page)
		j.p.next(func() { j.p.press(row.Press) })
		j.note(stepOf(row))
	}
	j.quiet("no consent")
}

// refuse says no to the banner, and sees that this changes nothing.
func (j *journey) refuse() {
	j.see("/")
	j.p.press("[data-samtykke=reject]")
	j.p.await("the banner to go", `!document.querySelector('#samtykke').shadowRoot.querySelector('[data-samtykke=reject]')`)
	for _, path := range append(slices.Clone(harmless), used...) {
		j.see(path)
	}
	j.note("refused")
	j.quiet("refused")
	// As when the answer has expired: the next page asks again.
	j.p.visit(j.w.Page + "/personvern")
	j.p.eval(`document.cookie = 'samtykke-gjerdrum=; path=/; max-age=0'`, nil)
}

// accept says yes to the banner, and goes where that makes a difference.
func (j *journey) accept() {
	j.see("/")
	j.note("asked again")
	j.see("/")
	j.p.press("[data-samtykke=accept]")
	j.arrive("consent /")
	j.see("/billetter")
	j.arrive("consent /billetter")
}

// openPlaces presses "always" on every placeholder.
func (j *journey) openPlaces() {
	for _, row := range gjerdrum.Rows {
		if name := stepOf(row); row.Action == gjerdrum.Placeholder && j.at(name).name == "" {
			j.see(row.Page)
			j.p.pressPlace(row.Service)
			j.arrive(name)
		}
	}
}

// arrive waits until everything that a step brings is there, and notes it.
func (j *journey) arrive(name string) {
	j.p.t.Helper()
	var rows []gjerdrum.Row
	for _, row := range gjerdrum.Rows {
		if stepOf(row) == name {
			rows = append(rows, row)
		}
	}
	for end := time.Now().Add(patience); ; {
		ready := !slices.ContainsFunc(rows, func(row gjerdrum.Row) bool { return !j.arrived(row) })
		if ready || time.Now().After(end) {
			break // what is missing is said row by row
		}
		<-time.After(50 * time.Millisecond)
	}
	j.note(name)
}

// arrived says whether a row shows. In WebKit, whose store cannot be read
// without leaving the page, the page's own view and the stand-ins' have to do.
func (j *journey) arrived(row gjerdrum.Row) bool {
	j.p.t.Helper()
	if _, is := j.p.browser.(*webkit); is {
		if row.Host == gjerdrum.Municipality {
			_, has := j.p.cookies()[row.Cookie]
			return has
		}
		j.listen()
		return j.asked[row.Host]
	}
	return step{jar: j.jar()}.has(row)
}

// listen takes down whom the browser has asked, and what it sent along.
func (j *journey) listen() {
	j.p.t.Helper()
	var answer struct {
		Requests []hit
		Cookies  []struct{ Host, Name string }
	}
	j.w.get(j.p.t, j.w.Page+"/_demo/requests", &answer)
	for _, request := range answer.Requests {
		j.asked[request.Host] = true
	}
	for _, cookie := range answer.Cookies {
		j.sent = append(j.sent, cookie.Host+" "+cookie.Name)
	}
}

// withdraw takes everything back, hears what only the visitor can delete, and
// sees that no page brings any of it back.
func (j *journey) withdraw() {
	j.see("/kart") // once more, for cookies that come back to their hosts
	j.listen()
	j.see("/billetter")
	j.arrive("before withdrawal")
	j.see("/billetter")
	j.p.next(func() { j.p.press("[data-samtykke=withdraw]") })
	j.p.await("word of what remains", `document.querySelector('#samtykke').shadowRoot.querySelector('[role=status]').textContent.includes('bare du')`)
	j.told = j.p.text(`document.querySelector('#samtykke').shadowRoot.querySelector('[role=status]').textContent`)
	j.w.forgetRequests(j.p.t)
	j.note("withdrawn")
	for _, path := range append(slices.Clone(harmless), used...) {
		j.see(path)
	}
	j.quiet("withdrawn")
	j.note("end")
}

// answered gives the cookies that a row's address writes, asked directly.
func (j *journey) answered(t testing.TB, row gjerdrum.Row) []string {
	t.Helper()
	page, err := url.Parse(j.w.Page)
	if err != nil {
		t.Fatal(err)
	}
	response, err := localClient.Get(loopback(fmt.Sprintf("http://%s:%s%s", row.Host, page.Port(), row.Answer)))
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%v %v", response, err)
	}
	_ = response.Body.Close()
	var names []string
	for _, cookie := range response.Cookies() {
		names = append(names, cookie.Name)
	}
	return names
}

// next does what leads to another page, or to the same one anew, and waits
// until that has been read.
func (p *tab) next(act func()) {
	p.t.Helper()
	p.eval(`window.before = true`, nil)
	act()
	p.await("another page", `!window.before && document.readyState === 'complete'`)
}

// pressPlace has a service's placeholder show what it stands for, now and always.
func (p *tab) pressPlace(service consent.ServiceKey) {
	p.t.Helper()
	p.pressThis(fmt.Sprintf(`document.querySelector('[data-samtykke-place="%s"]').shadowRoot.querySelector('[data-samtykke=always]')`, service))
}

// pressThis presses the element that an expression gives.
func (p *tab) pressThis(element string) {
	p.t.Helper()
	p.await("an element to press", fmt.Sprintf(`(%s)?.getBoundingClientRect().width > 0`, element))
	var at struct{ X, Y float64 }
	p.eval(fmt.Sprintf(`new Promise((resolve) => {
		const e = %s
		e.scrollIntoView({ block: 'center', behavior: 'instant' })
		requestAnimationFrame(() => requestAnimationFrame(() => {
			const r = e.getBoundingClientRect()
			resolve({ X: r.x + r.width / 2, Y: r.y + r.height / 2 })
		}))
	})`, element), &at)
	if err := p.browser.click(p.ctx, at.X, at.Y); err != nil {
		p.t.Fatalf("press %s: %v", element, err)
	}
}

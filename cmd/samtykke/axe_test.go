package main_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// axeFile is axe-core as npm has installed it beside the banner.
const axeFile = "../../banner/node_modules/axe-core/axe.min.js"

// loadAxe puts axe-core into the page, once for each page.
func (p *tab) loadAxe() {
	p.t.Helper()
	script, err := os.ReadFile(axeFile)
	if err != nil {
		p.t.Fatalf("axe-core is not installed (run npm ci in banner/): %v", err)
	}
	p.eval(`(() => { if (!window.axe) { `+string(script)+` } return true })()`, nil)
}

// axe runs every rule of axe-core, the best practices too, on the page and the
// frames in it that are of the same origin, and fails for each violation.
func (p *tab) axe(t *testing.T, state string) {
	t.Helper()
	p.loadAxe()
	var found []struct {
		ID, Impact, Help string
		Nodes            []struct {
			HTML           string
			Target         json.RawMessage
			FailureSummary string
		}
	}
	p.eval(`axe.run(document, { iframes: false, resultTypes: ['violations'] }).then((r) => r.violations)`, &found)
	for _, violation := range found {
		for _, node := range violation.Nodes {
			t.Errorf("%s: %s (%s): %s\n%s\n%s", state, violation.ID, violation.Impact, violation.Help, node.HTML, node.FailureSummary)
		}
	}
}

// look sets the colour scheme and the width.
func (p *tab) look(t *testing.T, scheme string, width int) {
	t.Helper()
	c := p.browser.(*chromium)
	p.resize(width, 900)
	mine, cancel := c.within(p.ctx)
	defer cancel()
	_, err := chromedp.Call(mine, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// looks runs a test in the dark on a phone and in the light on a desk: what
// depends on the width does not depend on the colours.
func looks(t *testing.T, test func(t *testing.T, p *tab)) {
	t.Helper()
	for scheme, width := range map[string]int{"dark": 320, "light": 1280} {
		lookAs(t, scheme, width, test)
	}
}

func lookAs(t *testing.T, scheme string, width int, test func(t *testing.T, p *tab)) {
	t.Helper()
	t.Run(fmt.Sprintf("%s %d px", scheme, width), func(t *testing.T) {
		p := openTab(t, "chromium")
		p.look(t, scheme, width)
		test(t, p)
	})
}

// TestAxePages has every page of the replica with the question on it, each in one
// of the looks; the banner is looked at in both.
func TestAxePages(t *testing.T) {
	w := demo(t)
	first := 0
	looks(t, func(t *testing.T, p *tab) {
		defer func() { first++ }()
		for i := first; i < len(everyPage); i += 2 {
			path := everyPage[i]
			p.visit(w.Page + path)
			p.await("the question", deep("[data-samtykke=accept]"))
			p.await("the placeholder, where one belongs", `!document.querySelector('iframe[data-src]') || document.querySelector('[data-samtykke-place]')`)
			p.axe(t, path)
		}
	})
}

// TestAxeBanner follows the banner through its states.
func TestAxeBanner(t *testing.T) {
	one, many := demo(t), demoAskAll(t)
	looks(t, func(t *testing.T, p *tab) {
		p.visit(many.Page + "/personvern")
		p.await("the question", deep("[data-samtykke=save]"))
		p.axe(t, "several questions")
		p.openPanel()
		p.axe(t, "panel, several questions")
		p.key("Escape")

		p.visit(one.Page + "/personvern")
		p.openPanel()
		p.axe(t, "panel")
		p.eval(`document.querySelector('#samtykke').shadowRoot.querySelectorAll('dialog details').forEach((d) => { d.open = true })`, nil)
		p.axe(t, "panel, all of it")
		p.key("Escape")
		p.await("the panel to close", `!document.querySelector('#samtykke').shadowRoot.querySelector('dialog')`)
		p.press("[data-samtykke=accept]")
		p.await("the answer to be confirmed", `document.querySelector('#samtykke').shadowRoot.querySelector('[role=status]').textContent`)
		p.axe(t, "answered")
		p.openPanel()
		p.axe(t, "panel, after an answer")
		p.key("Escape")

		p.visit(one.Page + "/video")
		p.await("the placeholder", `document.querySelector('[data-samtykke-place]')`)
		p.axe(t, "answered, placeholder")
		p.pressPlace("youtube")
		p.await("the embed", `document.querySelector('iframe[src]')`)
		p.axe(t, "embed")
		p.next(func() { p.press("[data-samtykke=withdraw]") })
		p.await("word of what remains", `document.querySelector('#samtykke').shadowRoot.querySelector('[role=status]').textContent`)
		p.axe(t, "withdrawn")
	})
}

// openPanel opens the second layer.
func (p *tab) openPanel() {
	p.t.Helper()
	p.press("[data-samtykke=open]")
	p.await("the panel", `document.querySelector('#samtykke').shadowRoot.querySelector('dialog')?.open`)
}

// TestAxeDeclaration has the declaration as a page of its own, and as part of
// a page of the municipality.
func TestAxeDeclaration(t *testing.T) {
	w := demo(t)
	languages := [][]string{{"nb", "nn"}, {"en"}} // one of the looks each
	looks(t, func(t *testing.T, p *tab) {
		mine := languages[0]
		languages = languages[1:]
		for _, lang := range mine {
			p.visit(w.Cookies + "?lang=" + lang)
			if got := p.text(`document.documentElement.lang`); !strings.HasPrefix(got, lang) {
				t.Errorf("asked for %s, got %s", lang, got)
			}
			p.axe(t, "declaration in "+lang)
		}
		p.visit(w.Page + "/informasjonskapsler")
		p.await("the inventory", `document.querySelector('[data-samtykke=declaration]').shadowRoot?.querySelectorAll('table').length > 5`)
		p.axe(t, "declaration in a page")
	})
}

// TestAxeStandIns has what loads in the frames, looked at directly.
func TestAxeStandIns(t *testing.T) {
	w := demo(t)
	port := w.Page[strings.LastIndex(w.Page, ":"):]
	looks(t, func(t *testing.T, p *tab) {
		for _, address := range []string{"kart.localhost%s/kart", "video.localhost%s/embed/sortering", "chat.localhost%s/kari", "tv.localhost%s/direkte"} {
			p.visit("http://" + fmt.Sprintf(address, port))
			p.axe(t, address)
		}
	})
}

// TestAxeSeesFaults shows that the check is alive, in the shadow root too.
func TestAxeSeesFaults(t *testing.T) {
	p := openTab(t, "chromium")
	p.visit(demo(t).Page + "/personvern")
	p.await("the question", deep("[data-samtykke=accept]"))
	p.eval(`(() => { document.querySelector('#samtykke').shadowRoot.querySelector('section').append(document.createElement('button')); return true })()`, nil)
	p.loadAxe()
	raw, err := p.browser.eval(context.WithoutCancel(p.ctx), `axe.run().then((r) => r.violations.map((v) => v.id))`)
	if err != nil || !strings.Contains(string(raw), "button-name") {
		t.Errorf("a button without a name was not noticed: %s %v", raw, err)
	}
}

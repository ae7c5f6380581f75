package main_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestB5NoQuestionWithoutNeed(t *testing.T) {
	w := newWorld(t)
	file := w.samtykke(t, "site", "export", "gjerdrum")
	head, services, _ := strings.Cut(file, "\nservices:\n")
	var kept strings.Builder
	for _, service := range regexp.MustCompile(`(?m)^ {2,4}- key: `).Split(services, -1)[1:] {
		if strings.HasPrefix(service, "minside\n") {
			kept.WriteString("  - key: " + service)
		}
	}
	path := filepath.Join(t.TempDir(), "site.yaml")
	indent := regexp.MustCompile(`(?m)^( *)- key: `).FindStringSubmatch(services)[1]
	text := head + "\nservices:\n" + strings.Replace(kept.String(), "  - key: ", indent+"- key: ", 1)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	w.samtykke(t, "site", "import", path)
	w.samtykke(t, "notice", "publish", "--no-pictures", "gjerdrum")
	p := openTab(t, "chromium")
	p.awaitNotice(w.Page+"/", 2)
	p.settle()
	if p.shown() || p.truth(`document.querySelector('#samtykke')?.shadowRoot.querySelector('section.ask')`) {
		t.Error("there is a banner with nothing to ask")
	}
	w.nothingAsked(t, "with nothing to consent to")
	p.visit(w.Cookies)
	if !p.truth(`document.querySelector('main').textContent.includes('ASP.NET_SessionId')`) {
		t.Error("the declaration cannot be reached")
	}
}

func TestD5LeftOversGoInEveryState(t *testing.T) {
	w := newWorld(t)
	p := openTab(t, "chromium")
	for _, state := range []string{"fresh", "reject", "accept"} {
		p.visit(w.Page + "/personvern")
		if state != "fresh" {
			p.eval(`document.cookie = 'samtykke-gjerdrum=; max-age=0; path=/'`, nil)
			p.visit(w.Page + "/personvern")
			p.press("[data-samtykke=" + state + "]")
			p.gone()
		}
		p.eval(`['fbm_1', 'fbsr_1', 'G_ENABLED_IDPS'].forEach((n, i) => { document.cookie = n + '=x; max-age=9999; path=/' + (i ? '' : '; domain=' + location.hostname) })`, nil)
		p.visit(w.Page + "/sok")
		for name := range p.cookies() {
			if strings.HasPrefix(name, "fb") || name == "G_ENABLED_IDPS" {
				t.Errorf("%s: %s is still there", state, name)
			}
		}
	}
	found := ""
	for range 40 {
		if found = w.samtykke(t, "findings", "gjerdrum"); strings.Count(found, "residual") >= 3 {
			break
		}
		p.settle()
	}
	for _, name := range []string{"facebook-login/fbm_", "facebook-login/fbsr_", "google-login/G_ENABLED_IDPS"} {
		if !strings.Contains(found, name) {
			t.Errorf("the administrator is not told of %s:\n%s", name, found)
		}
	}
}

package main_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

const editorFile = "../../examples/editor/site.yaml"

// posing is a browser to which these hosts are the trial's stand-ins, so that markup
// can be shown as it stands in a manual.
func (s *trial) posing(t *testing.T, hosts ...string) browser {
	t.Helper()
	rules := []string{"MAP *.localhost 127.0.0.1"}
	for _, posed := range hosts {
		rules = append(rules, "MAP "+posed+" 127.0.0.1:"+portOf(s.tls.Listener))
	}
	rules = append(rules, "MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1")
	browser := newChromiumWith(t, chromedp.Flag("ignore-certificate-errors", true),
		chromedp.Flag("host-resolver-rules", strings.Join(rules, ", ")))
	t.Cleanup(browser.close)
	return browser
}

func (s *trial) forgetAsked() {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.seen = nil
}

// askedHosts gives the hosts and paths that third parties were asked for.
func (s *trial) askedHosts() []string {
	s.lock.Lock()
	defer s.lock.Unlock()
	hosts := []string{}
	for _, one := range s.seen {
		hosts = append(hosts, one.Host+one.Path)
	}
	slices.Sort(hosts)
	return slices.Compact(hosts)
}

// wantHosts waits until third parties were asked for exactly these things.
func (c *caseOn) wantHosts(want ...string) {
	c.t.Helper()
	slices.Sort(want)
	until(c.T, "requests of "+strings.Join(want, " "), func() bool { return len(c.askedHosts()) >= len(want) })
	c.settle()
	if got := c.askedHosts(); !slices.Equal(got, want) {
		c.t.Errorf("third parties were asked for %q, want %q", got, want)
	}
}

// markup gives the blocks of markup of a page of the manual, in its order, with the
// address of the script.
func (c *caseOn) markup(topic string) []string {
	c.T.Helper()
	blocks := regexp.MustCompile(`(?m)^(    <.*\n(    .*\n)*)`).FindAllString(must(c.T, "help", topic), -1)
	address := strings.TrimSuffix(c.script, "/"+c.site+".js")
	for i := range blocks {
		blocks[i] = strings.NewReplacer("https://HOST/SITE", address+"/"+c.site, "\n    ", "\n").Replace(strings.TrimSpace(blocks[i]))
	}
	return blocks
}

// tagManagerOf stands for Google's script: it asks for analytics when it is told
// that it may.
const tagManagerOf = `ran('gtm')
const told = dataLayer.filter((one) => one[0] === 'consent').map(([, moment, types]) => moment + ':' + types.analytics_storage + ':' + types.ad_storage)
if (told[0] === 'default:denied:denied' && told[told.length - 1] === 'update:granted:denied') new Image().src = 'https://region1.google-analytics.com/g/collect'
else faults.push('Google is told ' + told)`

// TestManualPages does what the manual tells web editors to do, with its own markup,
// and has the manual's own look at the network: who is asked, and when.
func TestManualPages(t *testing.T) {
	site := newTrialOf(t, editorFile, "eksempel", "https://www.example.no]", "ORIGINS]")
	browser := site.posing(t, "siteimproveanalytics.com", "www.googletagmanager.com", "*.google-analytics.com",
		"youtu.be", "youtube.com", "*.youtube.com", "*.youtube-nocookie.com", "i.ytimg.com", "chat.example.no")
	for name, test := range map[string]func(c *caseOn){"editor": editorsPage, "script-tag": componentPage, "films": filmsPage} {
		t.Run(name, func(t *testing.T) {
			site.forgetAsked()
			test(&caseOn{tab: &tab{t: t, ctx: t.Context(), browser: browser}, trial: site, T: t, host: name + ".trial.localhost"})
		})
	}
}

func editorsPage(c *caseOn) {
	c.write("www.googletagmanager.com/gtm.js", tagManagerOf, map[string]string{"Content-Type": "text/javascript"})
	blocks := c.markup("editor")
	if len(blocks) != 6 {
		c.T.Fatalf("%d blocks of markup: %q", len(blocks), blocks)
	}
	c.visit(c.putRaw("/", `<!doctype html><html lang="nn"><head>`+first+strings.Join(blocks[:3], "\n")+`</head><body><h1>Side</h1>`+strings.Join(blocks[3:5], "\n")+`<footer>`+blocks[5]+`</footer></body></html>`, nil))
	c.await("both placeholders", `document.querySelectorAll('[data-samtykke-place]').length === 2`)
	c.wantHosts()
	place := func(service string) string {
		return `document.querySelector('[data-samtykke-place=` + service + `]').shadowRoot`
	}
	c.want("what the film is called, and a way to it", place("youtube")+`.querySelector('h2').textContent === 'How to sort your waste' && `+place("youtube")+`.querySelector('a').href.endsWith('watch?v=VIDEO')`)
	c.want("the size of the film", `(({ offsetWidth, offsetHeight }) => offsetWidth === 560 && offsetHeight >= 315)(document.querySelector('[data-samtykke-place=youtube]'))`)
	c.want("a warning before the chat", place("chat")+`.querySelector('strong').textContent.startsWith('Ikkje skriv noko hemmeleg')`)

	c.choose("reject")
	c.wantHosts()
	c.pressPlace("youtube")
	c.wantHosts("www.youtube-nocookie.com/embed/VIDEO")
	c.press("footer [data-samtykke=open]")
	c.press("dialog [data-samtykke=accept]")
	asked := []string{"www.youtube-nocookie.com/embed/VIDEO", "region1.google-analytics.com/g/collect", "siteimproveanalytics.com/js/siteanalyze_000.js", "chat.example.no/widget.js"}
	c.wantHosts(asked...)
	if c.visits("www.googletagmanager.com/gtm.js") != 1 {
		c.T.Error("the tag manager is not asked for once")
	}
	c.wantNoFaults()

	c.withdraw(true)
	c.await("both placeholders again", `document.querySelectorAll('[data-samtykke-place]').length === 2`)
	c.wantHosts(asked...)
	c.want("nothing has run", "order.length === 0")
	c.wantNoFaults()
}

// componentPage has a public web component, as npm has installed it and as its own
// manual says to use it.
func componentPage(c *caseOn) {
	for file, kind := range map[string]string{"lite-yt-embed.js": "text/javascript", "lite-yt-embed.css": "text/css"} {
		text, err := os.ReadFile("../../banner/node_modules/lite-youtube-embed/src/" + file)
		if err != nil {
			c.T.Fatalf("lite-youtube-embed is not installed (run npm ci in banner/): %v", err)
		}
		c.write(c.host+"/"+file, string(text), map[string]string{"Content-Type": kind})
	}
	blocks := slices.DeleteFunc(c.markup("script-tag"), func(block string) bool { return !strings.Contains(block, "lite-youtube") })
	if len(blocks) != 1 {
		c.T.Fatalf("%d blocks of markup: %q", len(blocks), blocks)
	}
	c.visit(c.put("/", blocks[0]))
	standing := `document.querySelector('[data-samtykke-place=youtube]')`
	c.await("the placeholder", standing+`?.shadowRoot.querySelector('h2').textContent === 'The film'`)
	c.wantHosts()
	c.want("no element of it yet", `customElements.get('lite-youtube') && !document.querySelector('lite-youtube')`)
	c.pressPlace("youtube")
	asked := []string{"i.ytimg.com/vi/VIDEO/hqdefault.jpg", "i.ytimg.com/vi_webp/VIDEO/sddefault.webp"}
	c.wantHosts(asked...)
	c.await("the component in its place", `document.querySelector('lite-youtube').offsetHeight > 100 && !`+standing)
	c.want("focus on it", `document.activeElement?.closest('lite-youtube')`)
	c.press("lite-youtube button")
	asked = append(asked, "www.youtube-nocookie.com/embed/VIDEO")
	c.wantHosts(asked...)
	c.next(func() { c.eval("samtykke.withdraw()", nil) })
	c.await("the placeholder again", standing)
	c.wantHosts(asked...)
	c.want("no element of it", `!document.querySelector('lite-youtube')`)
	c.wantNoFaults()
}

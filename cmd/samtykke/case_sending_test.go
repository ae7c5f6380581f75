package main_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestCasesJ are the cases of sending, in every engine. What the server does
// with what arrives is tested at the server: see caseTable.
func TestCasesJ(t *testing.T) {
	runCases(t, everyEngine, []trialCase{
		{89, "sent once", case89},
		{90, "offline: kept, and sent later", case90},
		{90, "the server away as a whole: sent when it is back", case90Away},
		{91, "withdrawal with reload is sent", case91},
		{92, "sent while the page goes", case92},
	})
}

// showFront opens a page whose way to Samtykke the test can break.
func (c *caseOn) showFront(body string) {
	c.t.Helper()
	c.visit(c.putRaw("/", `<!doctype html><html lang="nb"><head>`+first+`<script src="{front}"></script></head><body>`+body+`</body></html>`, nil))
}

// delivered waits until the log holds every decision that this page's visitor
// made, in their order, and fails when one is there twice.
func (c *caseOn) delivered(methods ...string) {
	c.t.Helper()
	var last struct{ Token string }
	c.eval("JSON.parse(localStorage['"+own+"'])", &last)
	ids := map[string]bool{}
	for _, one := range c.front.sent(http.MethodPost) {
		var body struct{ ID, Token string }
		if json.Unmarshal([]byte(one.Body), &body) == nil && body.Token == last.Token {
			ids[body.ID] = true
		}
	}
	for end := time.Now().Add(patience); ; <-time.After(100 * time.Millisecond) {
		var got []string
		for _, one := range c.decisions(c.T) {
			if ids[one.ID] {
				got = append(got, one.Method)
			}
		}
		if strings.Join(got, " ") == strings.Join(methods, " ") {
			return
		}
		if len(got) > len(methods) || time.Now().After(end) {
			c.t.Fatalf("delivered: %q, want %q", got, methods)
		}
	}
}

func case89(c *caseOn) {
	c.showFront("")
	c.eval(`document.addEventListener('click', (e) => { if (e.isTrusted) e.composedPath()[0].click() }, { once: true })`, nil)
	c.choose("accept")
	c.await("nothing waiting", "!Object.keys(JSON.parse(localStorage['"+own+"']).queue).length")
	c.delivered("accept_all")
	posts := 0
	for _, one := range c.front.sent(http.MethodPost) {
		if strings.HasSuffix(one.Path, "/decisions") && strings.Contains(one.Body, c.text("JSON.parse(localStorage['"+own+"']).token")) {
			posts++
		}
	}
	if posts != 1 {
		c.t.Errorf("posted %d times", posts)
	}
	if asked := c.front.sent(http.MethodOptions); len(asked) > 0 {
		c.t.Errorf("a preflight: %v", asked)
	}
}

func case90(c *caseOn) {
	c.showFront(gated)
	c.front.drop(func(r *http.Request) bool { return r.Method == http.MethodPost })
	c.choose("accept")
	c.await("scripts", "order.length === 2")
	c.await("a failed attempt", "JSON.parse(localStorage['"+own+"']).queue[0]?.tries > 0")
	c.front.drop(nil)
	c.visit(c.at("/"))
	c.await("nothing waiting", "!Object.keys(JSON.parse(localStorage['"+own+"']).queue).length")
	c.delivered("accept_all")
}

// impatient makes a page of which every pause is short, but for the 30 s after which the
// driver of WebKit gives up a script, which it counts in the page.
const impatient = `<script>
const pause = setTimeout
window.setTimeout = (work, time, ...more) => pause(work, time === 3e4 ? time : Math.min(time, 200), ...more)
</script>`

func case90Away(c *caseOn) {
	c.visit(c.putRaw("/", `<!doctype html><html lang="nb"><head>`+first+impatient+`<script src="{front}"></script></head><body>`+gated+`</body></html>`, nil))
	c.front.drop(func(*http.Request) bool { return true })
	c.choose("accept")
	c.await("scripts", "order.length === 2")
	for end := time.Now().Add(patience); !c.wasAsked("/trial/rest."); <-time.After(20 * time.Millisecond) {
		if time.Now().After(end) {
			c.t.Fatal("what tries again was never asked for")
		}
	}
	c.front.drop(nil)
	c.await("nothing waiting", "!Object.keys(JSON.parse(localStorage['"+own+"']).queue).length")
	c.delivered("accept_all")
}

// wasAsked says that the front was asked for something, delivered or not.
func (c *caseOn) wasAsked(path string) bool {
	return slices.ContainsFunc(c.front.sent(http.MethodGet), func(one sent) bool { return strings.HasPrefix(one.Path, path) })
}

func case91(c *caseOn) {
	c.showFront(gated)
	c.choose("accept")
	c.await("scripts", "order.length === 2")
	c.withdraw(true)
	c.await("nothing waiting", "!Object.keys(JSON.parse(localStorage['"+own+"']).queue).length")
	c.delivered("accept_all", "withdraw")
}

func case92(c *caseOn) {
	c.write(c.host+"/elsewhere", "<!doctype html><title>Elsewhere</title>", nil)
	c.showFront("")
	c.await("the banner", deep("[data-samtykke=accept]"))
	c.eval(`(`+deep("[data-samtykke=accept]")+`.click(), setTimeout(() => { location.href = '/elsewhere' }), 0)`, nil)
	for end := time.Now().Add(patience); ; <-time.After(20 * time.Millisecond) {
		raw, err := c.browser.eval(c.ctx, "document.title === 'Elsewhere'")
		if err == nil && string(raw) == "true" {
			break
		}
		if time.Now().After(end) {
			c.t.Fatal("the page never goes")
		}
	}
	c.delivered("accept_all")
	for _, one := range c.front.sent(http.MethodPost) {
		if !strings.HasPrefix(strings.ToLower(one.Type), "text/plain") {
			c.t.Errorf("sent as %q, which asks for a preflight", one.Type)
		}
	}
}

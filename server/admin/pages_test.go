package admin_test

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/samtykke/samtykke/consent"
)

// chromium opens a page of a real Chromium, in which the person is logged in.
func (p *person) chromium() context.Context {
	p.t.Helper()
	alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(),
		chromedp.NoFirstRun, chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.ExecPath("chromium-headless-shell"),
		chromedp.UserDataDir(p.t.TempDir()), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("site-per-process", true), chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE localhost"), chromedp.WindowSize(1280, 900))
	ctx, stop := chromedp.NewContext(alloc)
	p.t.Cleanup(func() { stop(); stopAlloc() })
	if err := chromedp.Do(ctx, chromedp.Navigate(p.url+"/assets/none")); err != nil {
		p.t.Fatalf("chromium does not start (install it: apt-get install chromium-headless-shell): %v", err)
	}
	_, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{
		Name: cookieName, Value: p.cookie, URL: p.url, Path: "/", Secure: new(true), HTTPOnly: new(true),
	})
	must(p.t, err)
	return ctx
}

// eval runs a script in the page, and reads what it gives.
func eval(ctx context.Context, t *testing.T, script string, into any) {
	t.Helper()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`(async () => JSON.stringify((await (`+script+`)) ?? null))()`, chromedp.EvalAwaitPromise))
	if err == nil && into != nil {
		err = json.Unmarshal([]byte(text), into)
	}
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
}

const axeFile = "../../banner/node_modules/axe-core/axe.min.js"

// Every page that there is, in a real browser: nothing that axe-core knows is
// wrong with it, it fits a narrow window, and its scripts and styles obey its
// policy. In dark and light, narrow and wide, in each language.
func TestPages(t *testing.T) {
	axe, err := os.ReadFile(axeFile)
	if err != nil {
		t.Fatalf("axe-core is not installed (run npm ci in banner/): %v", err)
	}
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen, havet)
	must(t, h.store.ChangeAccount(t.Context(), &consent.Account{ID: kari.id, Email: kari.email, Name: "Kari", Language: consent.Bokmaal, Operator: true}))
	kari = h.loggedIn(kari.id, "operator")
	fixtures(t, h)
	questions["login.discard"].form["unsent"] = kari.writes() // and each page says so
	ctx := kari.chromium()
	heard := make(chan string, 100)
	must(t, chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			heard <- e.ExceptionDetails.Text
		case *network.EventRequestWillBeSent:
			if u, err := url.Parse(e.Request.URL); err != nil || u.Scheme != "data" && u.Scheme != "blob" && u.Hostname() != "localhost" {
				heard <- "asks for " + e.Request.URL
			}
		}
	}))
	_, err = chromedp.Call(ctx, network.Enable, network.EnableParams{})
	must(t, err)
	looks := []struct {
		scheme string
		width  int
		lang   consent.Language
	}{{"light", 1280, consent.Bokmaal}, {"dark", 320, consent.English}, {"light", 320, consent.Nynorsk}, {"light", 320, consent.Bokmaal}}
	for _, look := range looks {
		must(t, h.store.ChangeAccount(t.Context(), &consent.Account{ID: kari.id, Email: kari.email, Name: "Kari Annette Nordmann-Fjellheim", Language: look.lang, Operator: true}))
		must(t, chromedp.Do(ctx, chromedp.EmulateViewport(int64(look.width), 900)))
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: look.scheme}},
		})
		must(t, err)
		rules := string(axe)
		if look.scheme == "light" && look.width == 320 {
			rules = ""
		}
		for _, path := range pages(t, h) {
			t.Run(look.scheme+" "+string(look.lang)+" "+path, func(t *testing.T) {
				kari.looksRight(ctx, t, path, rules)
				for len(heard) > 0 {
					t.Error(<-heard)
				}
			})
		}
		kari.eachQuestion(ctx, t, func(t *testing.T, path string) {
			t.Helper()
			kari.standsRight(ctx, t, path, rules)
			for len(heard) > 0 {
				t.Error(<-heard)
			}
		})
	}
}

// oneRow is how high a header of one row is, in pixels.
const oneRow = 60

// outside gives the controls that somebody may come to and not see: beside the window,
// or so small that nothing is there.
const outside = `[...document.querySelectorAll('main :is(a[href], button, input, select, textarea, summary)')].filter((each) => {
	const box = each.getBoundingClientRect()
	return each.checkVisibility() && (box.left < 0 || box.right > innerWidth + 1 || box.width < 3 || box.height < 3) && !each.closest('pre, .scroll')
}).map((each) => each.outerHTML.slice(0, 200))`

// cut gives the words of headings and buttons that are broken in their middle, without a
// hyphen. What people write goes as it has to.
const cut = `[...document.querySelectorAll(':is(main, dialog) :is(h1, h2, h3, button, .button)')].flatMap((each) => {
	const texts = document.createTreeWalker(each, NodeFilter.SHOW_TEXT, (text) =>
		text.parentElement.closest('bdi, code') || !text.parentElement.checkVisibility() ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT), found = []
	while (texts.nextNode()) for (const word of texts.currentNode.data.matchAll(/(?<=^|[\s«“(])[\p{L}\p{N}]+(?=$|[\s.,:?!»”)])/gu)) {
		const range = document.createRange()
		range.setStart(texts.currentNode, word.index)
		range.setEnd(texts.currentNode, word.index + word[0].length)
		if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) found.push(word[0] + ' of ' + each.textContent.trim())
	}
	return found
})`

// pages gives the path of every page that a person can open.
func pages(t *testing.T, h *house) []string {
	t.Helper()
	var paths []string
	for _, e := range h.admin.Entries() {
		if e.Method != http.MethodGet || strings.HasPrefix(e.Path, "/assets/") || notPages[e.Path] {
			continue
		}
		paths = append(paths, fill(t, strings.ReplaceAll(e.Path, ":secret", "none"), skogen))
	}
	return append(paths, morePages...)
}

var pictured = regexp.MustCompile(`path: +"([^"?]*)`)

// Of every page a picture is taken that somebody can look at.
func TestEveryPageIsPictured(t *testing.T) {
	code, err := os.ReadFile("../../cmd/dev/pages_admin.go")
	must(t, err)
	var taken []string
	for _, found := range pictured.FindAllStringSubmatch(string(code), -1) {
		taken = append(taken, found[1])
	}
	for _, e := range open(t).admin.Entries() {
		if e.Method != http.MethodGet || strings.HasPrefix(e.Path, "/assets/") || notPages[e.Path] || e.Path == "/login/return" {
			continue
		}
		path := regexp.MustCompile("^" + regexp.MustCompile(":[a-z]+").ReplaceAllString(e.Path, "[^/]+") + "$")
		if !slices.ContainsFunc(taken, path.MatchString) {
			t.Errorf("%s has no picture: add it to adminPages in cmd/dev/pages_admin.go", e.Path)
		}
	}
}

// looksRight opens a page and fails for what is wrong with it.
func (p *person) looksRight(ctx context.Context, t *testing.T, path, axe string) {
	t.Helper()
	must(t, chromedp.Do(ctx, chromedp.Navigate(p.url+path)))
	p.standsRight(ctx, t, path, axe)
}

// standsRight fails for what is wrong with the page that is open.
func (p *person) standsRight(ctx context.Context, t *testing.T, path, axe string) {
	t.Helper()
	if axe == "" { // the same markup in other words: what is asked is whether they fit
		axe = `window.axe = { run: async () => ({ violations: [] }) }`
	}
	eval(ctx, t, `(() => { if (!window.axe) { `+axe+` } return true })()`, nil)
	var found struct {
		Title, Lang string
		Wide, Bar   int
		Outside     []string
		Cut         []string
		Status      int
		Headings    int
		Violations  []struct {
			ID, Help string
			Nodes    []struct{ HTML, FailureSummary string }
		}
	}
	eval(ctx, t, `axe.run(document, { iframes: false, resultTypes: ['violations'] }).then((r) => ({
		Title: document.title, Lang: document.documentElement.lang, Headings: document.querySelectorAll('h1').length,
		Status: performance.getEntriesByType('navigation')[0].responseStatus, Wide: document.documentElement.scrollWidth - innerWidth,
		Bar: document.querySelector('.bar').offsetHeight, Outside: `+outside+`, Cut: `+cut+`, Violations: r.violations }))`, &found)
	want := cmp.Or(notFine[path], http.StatusOK)
	if found.Status != want {
		t.Errorf("%s is answered with %d, want %d", path, found.Status, want)
	}
	if found.Headings != 1 || found.Title == "" || found.Lang == "" {
		t.Errorf("%s has %d headings of the first level, title %q and language %q", path, found.Headings, found.Title, found.Lang)
	}
	if len(found.Cut) > 0 {
		t.Errorf("%s cuts %q", path, found.Cut)
	}
	if found.Wide > 0 {
		t.Errorf("%s is %d pixels wider than its window", path, found.Wide)
	}
	if found.Bar > oneRow {
		t.Errorf("%s has a header of %d pixels", path, found.Bar)
	}
	for _, control := range found.Outside {
		t.Errorf("%s has a control that is beside the window, or of no size: %s", path, control)
	}
	for _, violation := range found.Violations {
		for _, node := range violation.Nodes {
			t.Errorf("%s: %s: %s\n%s\n%s", path, violation.ID, violation.Help, node.HTML, node.FailureSummary)
		}
	}
}

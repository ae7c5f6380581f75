package admin_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// inFrame gives the page in the sandboxed frame, which is a process of its own.
func inFrame(around context.Context, t *testing.T) context.Context {
	t.Helper()
	return inFrameAt(around, t, "")
}

// inFrameAt gives the one whose address holds a text.
func inFrameAt(around context.Context, t *testing.T, part string) context.Context {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); <-time.After(20 * time.Millisecond) {
		all, err := chromedp.Targets(around)
		must(t, err)
		for _, each := range all {
			if each.Type != "iframe" || !strings.Contains(each.URL, part) {
				continue
			}
			ctx, stop := chromedp.NewContext(around, chromedp.WithTargetID(each.TargetID))
			t.Cleanup(stop)
			must(t, chromedp.Do(ctx))
			return ctx
		}
	}
	t.Fatal("there is no frame of an origin of its own")
	return nil
}

// becomes waits until an expression in the page is true.
func becomes(ctx context.Context, t *testing.T, what, expression string) {
	t.Helper()
	var yes bool
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); <-time.After(20 * time.Millisecond) {
		if eval(ctx, t, `Boolean(`+expression+`)`, &yes); yes {
			return
		}
	}
	var body string
	eval(ctx, t, `document.body.innerText + ' | ' + (document.getElementById('samtykke')?.shadowRoot?.textContent ?? 'no banner')`, &body)
	t.Fatalf("%s never comes: %s", what, body)
}

const (
	asked = `document.getElementById('samtykke')?.shadowRoot?.textContent`
	inAll = `[document.documentElement, ...[...document.querySelectorAll('*')].map((e) => e.shadowRoot).filter(Boolean)]`
)

// The preview runs the real banner of the draft, in each state, and nothing that
// is done in it goes anywhere: no other host, no decision.
func TestPreview(t *testing.T) {
	h := open(t)
	h.redraft(t, func(d *consent.Draft) {
		d.Categories[0].Purpose = consent.Text{consent.Bokmaal: "Noe helt nytt i kladden.", consent.English: "Something new in the draft."}
		d.Site.Wording = map[string]consent.Text{"accept_many": {consent.Bokmaal: `Ja <b onclick="alert(1)">takk</b></script>`, consent.English: "Yes"}}
	})
	unpublished := storagetest.Draft("fersk")
	unpublished.Organisation.ID = skogen
	must(t, h.store.SaveDraft(t.Context(), unpublished, h.clock()))
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	ctx := kari.chromium()
	heard := listen(ctx, t)

	must(t, chromedp.Do(ctx, chromedp.Navigate(kari.url+"/sites/skogen/preview?lang=nb")))
	frame := inFrame(ctx, t)
	sent := listen(frame, t)
	becomes(frame, t, "the question", asked+`?.includes('Ja <b onclick="alert(1)">takk</b></script>')`)
	eval(frame, t, `window.samtykke.open()`, nil)
	becomes(frame, t, "the panel", inAll+`.some((r) => r.querySelector('dialog[open]')?.textContent.includes('Noe helt nytt i kladden.'))`)
	// The page waits for the panel: nothing behind it can be pressed.
	eval(frame, t, `document.getElementById('samtykke').shadowRoot.querySelector('dialog').close()`, nil)
	becomes(frame, t, "the end of the panel", `!document.getElementById('samtykke').shadowRoot.querySelector('dialog')`)
	pressed := `(() => { const b = document.getElementById('samtykke').shadowRoot.querySelector('[data-samtykke=accept]'); b.click(); return true })()`
	eval(frame, t, pressed, nil)
	becomes(frame, t, "the answer", `window.samtykke.get().answered`)
	var opaque bool
	eval(frame, t, `(() => { try { return !document.cookie && false } catch { return self.origin === 'null' } })()`, &opaque)
	if !opaque {
		t.Error("the frame has an origin with storage")
	}
	// What it would send has its time to be sent.
	eval(frame, t, `new Promise((done) => { dispatchEvent(new Event('pagehide')); setTimeout(done, 1500) })`, nil)
	for _, address := range append(heard(), sent()...) {
		u, err := url.Parse(address)
		if err != nil || u.Scheme != "data" && (u.Scheme+"://"+u.Host != kari.url || (!strings.HasPrefix(u.Path, "/frames/") || !strings.HasSuffix(u.Path, ".js")) && !strings.HasPrefix(u.Path, "/assets/") && !strings.HasPrefix(u.Path, "/sites/skogen/preview")) {
			t.Errorf("asked for %s", address)
		}
	}
	for _, site := range []consent.SiteKey{"skogen", "fersk"} {
		entries, err := h.store.Read(t.Context(), consent.LogQuery{Site: site})
		must(t, err)
		if len(entries) > 0 {
			t.Errorf("a decision of %s was stored", site)
		}
	}
	if bundles, err := h.store.Bundles(t.Context(), "skogen"); err != nil || len(bundles) != 1 {
		t.Errorf("a preview is kept: %v %v", bundles, err)
	}

	must(t, chromedp.Do(ctx, chromedp.Navigate(kari.url+"/sites/fersk/preview?lang=en&state=panel&width=narrow")))
	frame = inFrame(ctx, t)
	becomes(frame, t, "the panel of a site that has published nothing", inAll+`.some((r) => r.querySelector('dialog[open]') && r.textContent.includes('We count visits.'))`)
	becomes(frame, t, "the narrow width", `innerWidth === 318 || innerWidth === 320`)
	must(t, chromedp.Do(ctx, chromedp.Navigate(kari.url+"/sites/fersk/preview?state=answered")))
	frame = inFrame(ctx, t)
	becomes(frame, t, "the answered page", `window.samtykke.get().answered && document.body.innerText.includes('Her står siden')`)
}

// What was published runs as it was, whatever the draft says now.
func TestShownRuns(t *testing.T) {
	h := open(t)
	h.redraft(t, func(d *consent.Draft) {
		d.Categories[0].Purpose = consent.Text{consent.Bokmaal: "Gammelt formål.", consent.English: "Old."}
	})
	h.publish(t)
	h.redraft(t, func(d *consent.Draft) {
		d.Categories[0].Purpose = consent.Text{consent.Bokmaal: "Nytt formål.", consent.English: "New."}
	})
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	ctx := kari.chromium()
	must(t, chromedp.Do(ctx, chromedp.Navigate(kari.url+"/sites/skogen/notices/2/shown?lang=nb&state=panel")))
	frame := inFrame(ctx, t)
	becomes(frame, t, "the old panel", inAll+`.some((r) => r.querySelector('dialog[open]') && r.textContent.includes('Gammelt formål.'))`)
}

// listen gives what a page has asked for since.
func listen(ctx context.Context, t *testing.T) func() []string {
	t.Helper()
	all := make(chan string, 1000)
	must(t, chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			all <- e.Request.URL
		case *log.EventEntryAdded:
			t.Log(e.Entry.Text, e.Entry.URL)
		}
	}))
	_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	must(t, err)
	return func() []string {
		var found []string
		for len(all) > 0 {
			found = append(found, <-all)
		}
		return found
	}
}

// A browser without script is told why there is nothing, and where pictures are.
func TestPreviewWithoutScript(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	const told, pictures = `<noscript><div class="note"><p>Banneret trenger JavaScript, så uten det er det ingenting å se her.`, `<a href="/sites/skogen/notices/2">Se bildene av banneret som er publisert</a>`
	before := kari.get("/sites/skogen/preview")
	before.shows(t, 200, told)
	if strings.Contains(before.body, "Se bildene av") {
		t.Error("there is a link to pictures that were not taken")
	}
	publishingFixtures(t, h)
	kari.get("/sites/skogen/preview").shows(t, 200, told, pictures)
	kari.get("/sites/skogen/notices/2/shown").shows(t, 200, told)
}

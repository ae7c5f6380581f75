package admin_test

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/samtykke/samtykke/consent"
)

// keys presses keys, one after the other.
func keys(ctx context.Context, t *testing.T, all ...string) {
	t.Helper()
	for _, each := range all {
		must(t, chromedp.Do(ctx, chromedp.KeyEvent(each)))
	}
}

// arrives waits until the browser has loaded a page on which a test holds. It is
// asked from outside, because the page is loaded anew meanwhile.
func arrives(ctx context.Context, t *testing.T, script string) {
	t.Helper()
	patient, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		held, err := chromedp.Run(patient, chromedp.Evaluate[bool](`document.readyState === 'complete' && !!(`+script+`)`))
		if err == nil && held {
			return
		}
		select { // the end of patience, or another look
		case <-patient.Done():
			var where string
			eval(ctx, t, `location.href + ' ' + document.title + ' ' + document.activeElement?.outerHTML.slice(0, 200)`, &where)
			t.Fatalf("it never came to: %s; at %s", script, where)
		case <-time.After(25 * time.Millisecond):
		}
	}
}

// tabTo presses Tab until an element has focus, as somebody does who sees where
// the focus is.
func tabTo(ctx context.Context, t *testing.T, selector string) {
	t.Helper()
	for range 80 {
		keys(ctx, t, kb.Tab)
		var there, visible bool
		eval(ctx, t, `document.activeElement.matches(`+quote(selector)+`)`, &there)
		eval(ctx, t, `(() => { const e = document.activeElement, s = getComputedStyle(e); return e === document.body || s.outlineStyle !== 'none' })()`, &visible)
		if !visible {
			t.Fatal("something has focus and does not show it")
		}
		if there {
			return
		}
	}
	t.Fatalf("the Tab key never comes to %s", selector)
}

func quote(text string) string { return "`" + text + "`" }

// From the one-time link to a saved setting with the keyboard alone.
func TestKeyboardAlone(t *testing.T) {
	h := open(t)
	kari := h.invited("kari@example.no", "once")
	must(t, h.store.SetRole(t.Context(), kari.id, skogen, consent.RoleAdministrator))
	ctx := kari.chromium()
	must(t, chromedp.Do(ctx, chromedp.Navigate(h.url+"/link/once")))
	tabTo(ctx, t, "#password")
	keys(ctx, t, secret, kb.Tab, secret, kb.Enter)
	arrives(ctx, t, `location.pathname === '/' && document.body.textContent.includes('Kari')`)

	tabTo(ctx, t, ".skip")
	keys(ctx, t, kb.Enter, kb.Tab)
	var within bool
	eval(ctx, t, `!!document.activeElement.closest('main')`, &within)
	if !within {
		t.Error("the skip link does not lead into the content")
	}
	must(t, chromedp.Do(ctx, chromedp.Navigate(h.url+"/organisations/skogen/sites/new")))
	tabTo(ctx, t, "#name")
	keys(ctx, t, "Kulturhuset", kb.Tab, "kultur", kb.Tab, "https://kultur.example", kb.Enter)
	arrives(ctx, t, `location.pathname === '/sites/kultur'`)
	must(t, chromedp.Do(ctx, chromedp.Navigate(h.url+"/sites/kultur/settings/look")))
	tabTo(ctx, t, "#look-accent")
	keys(ctx, t, kb.Tab) // out and back, to overwrite what a browser selects
	must(t, chromedp.Do(ctx, chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(8))))
	keys(ctx, t, "#123456", kb.Enter)
	arrives(ctx, t, `location.search === '?done=saved'`)
	draft, err := h.store.Draft(t.Context(), "kultur")
	must(t, err)
	if draft.Site.Look.Accent != "#123456" {
		t.Fatalf("saved %q", draft.Site.Look.Accent)
	}
}

// The same without any script in the browser.
func TestWithoutScript(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	asked := 0
	ctx := kari.chromium()
	must(t, chromedp.Listen(ctx, func(event any) {
		if e, ok := event.(*network.EventRequestWillBeSent); ok && e.Type == network.ResourceTypeScript {
			asked++
		}
	}))
	_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	must(t, err)
	_, err = chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	must(t, err)
	must(t, chromedp.Do(ctx, chromedp.Navigate(h.url+"/sites/skogen/settings/look")))
	tabTo(ctx, t, "#look-accent")
	keys(ctx, t, "#654321", kb.Enter)
	arrives(ctx, t, `location.search === '?done=saved'`)
	draft, err := h.store.Draft(t.Context(), "skogen")
	must(t, err)
	if draft.Site.Look.Accent != "#654321" {
		t.Fatalf("saved %q", draft.Site.Look.Accent)
	}
	if asked > 0 {
		t.Errorf("%d scripts were asked for: scripts were not off", asked)
	}
}

package admin_test

import (
	"context"
	"os"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/samtykke/samtykke/consent"
)

// The whole way in a real browser: no policy of our pages stands between, and the
// cookies come along.
func TestProviderInBrowser(t *testing.T) {
	h := openAt(t, certified(), skogen, havet)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	must(t, h.store.SetIdentity(t.Context(), &consent.Identity{Issuer: h.outside.Issuer, Subject: "kari-at-entra", Account: kari.id, Added: h.clock()}))
	h.invited("ola@example.no", "once")
	axe, err := os.ReadFile(axeFile)
	must(t, err)
	stranger := h.stranger()
	ctx := stranger.chromium()
	for _, width := range []int64{320, 1280} {
		must(t, chromedp.Do(ctx, chromedp.EmulateViewport(width, 900)))
		for _, path := range []string{"/login", "/link/once"} {
			stranger.looksRight(ctx, t, path, string(axe))
		}
	}
	press := func(button string) {
		t.Helper()
		must(t, chromedp.Do(ctx, chromedp.Click(button)))
	}
	must(t, chromedp.Do(ctx, chromedp.Navigate(h.url+"/login?next=%2Faccount")))
	press(`form[action="/login/provider"] button`)
	must(t, chromedp.Do(ctx, chromedp.WaitVisible(`input[name="login"]`)))
	must(t, chromedp.Do(ctx, chromedp.SendKeys(`input[name="login"]`, "kari-at-entra")))
	must(t, chromedp.Do(ctx, chromedp.SendKeys(`input[name="password"]`, "any")))
	press(`button[type="submit"]`)
	must(t, chromedp.Do(ctx, chromedp.WaitVisible(`button[autofocus]`)))
	press(`button[type="submit"]`)
	must(t, chromedp.Do(ctx, chromedp.WaitVisible(`form[action="/account"]`)))
	at(ctx, t, h.url+"/account")
}

// at fails unless the browser is at an address.
func at(ctx context.Context, t *testing.T, address string) {
	t.Helper()
	var here string
	eval(ctx, t, `location.href`, &here)
	if here != address {
		t.Errorf("the browser is at %s, want %s", here, address)
	}
}

package admin_test

import (
	"context"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/samtykke/samtykke/consent"
)

// The whole way in a real browser, without scripts of ours: no policy of our pages
// stands between, and the cookies come along.
func TestProviderInBrowser(t *testing.T) {
	h := openAt(t, certified(), skogen, havet)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	must(t, h.store.SetIdentity(t.Context(), &consent.Identity{Issuer: h.outside.Issuer, Subject: "kari-at-entra", Account: kari.id, Added: h.clock()}))
	ctx := h.stranger().chromium()
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

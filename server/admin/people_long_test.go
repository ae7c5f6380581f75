package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/samtykke/samtykke/consent"
)

// Long names and addresses, also such as have no place to break, stay within the pages of
// people, wide and narrow.
func TestLongNamesOfPeopleFit(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	must(t, h.store.ChangeAccount(t.Context(), &consent.Account{ID: kari.id, Email: kari.email, Name: "Kari", Language: consent.Bokmaal, Operator: true}))
	kari = h.loggedIn(kari.id, "operator")
	long := strings.Repeat("sammensatt", 6) + "@" + strings.Repeat("informasjonssikkerhet.", 5) + "example.no"
	per := h.member(long, consent.RoleEditor, skogen)
	must(t, h.store.ChangeAccount(t.Context(), &consent.Account{ID: per.id, Email: long, Name: strings.Repeat("Ærlighet", 12), Language: consent.Bokmaal}))
	const people = "/organisations/skogen/people"
	kari.post(people, "email", "i"+long, "role", "viewer").shows(t, http.StatusOK, "i"+long)
	ctx := kari.chromium()
	for _, width := range []int64{320, 800, 1280} {
		for _, path := range []string{people, "/people"} {
			must(t, chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(h.url+path)))
			var outside []string
			eval(ctx, t, `[...document.querySelectorAll('main .block')].flatMap((block) => [...block.querySelectorAll('th, td, a, small, button')]
				.filter((each) => each.checkVisibility() && each.getBoundingClientRect().right > block.getBoundingClientRect().right)).map((each) => each.textContent.slice(0, 60))`, &outside)
			if len(outside) > 0 {
				t.Errorf("%s, %d wide: beside its block stands %q", path, width, outside)
			}
		}
	}
}

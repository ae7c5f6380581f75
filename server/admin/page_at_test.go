package admin_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/samtykke/samtykke/consent"
)

// Whose form could not be kept comes back to the page that it was on, and not to the
// address it was sent to, where there is nothing to see.
func TestAfterALostFormComesItsPage(t *testing.T) {
	h := open(t)
	kari := h.owner("kari@example.no")
	got := h.stranger().post("/sites/skogen/settings/site", "name.nb", "Skogen")
	got.shows(t, http.StatusUnauthorized, `name="next" value="/sites/skogen/settings/site"`, `name="held" value=""`)
	for sent, page := range map[string]string{
		"/sites/skogen/settings/site": "/sites/skogen/settings/site", "/account/password": "/account", "/sites/skogen/publish/approve": "/sites/skogen/publish",
		"/sites/skogen/inventory?q=a": "/sites/skogen/inventory?q=a", "/account": "/account",
	} {
		kari.post("/login", "email", kari.email, "password", secret, "next", sent).leads(t, page)
		kari.get(page).shows(t, http.StatusOK)
	}
}

// The fields of a row stand beside each other however much their labels and notes say.
func TestFieldsOfARowLineUp(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	ctx := kari.chromium()
	for _, width := range []int64{320, 800, 1280} {
		var apart []string
		beside := 0
		for _, part := range []string{"site", "contacts", "keeping", "look"} {
			must(t, chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(h.url+"/sites/skogen/settings/"+part)))
			eval(ctx, t, `document.querySelectorAll('.row > .field:first-child > label').forEach((each) => each.append(' ' + 'med mange ord '.repeat(8))), 1`, nil)
			var here []string
			eval(ctx, t, `[...document.querySelectorAll('.row')].flatMap((row) => {
				const fields = [...row.querySelectorAll(':scope > .field:not(.check)')].map((each) => ({ control: each.querySelector('input, textarea, select').getBoundingClientRect(), field: each.getBoundingClientRect(), label: each.querySelector('label') }))
				return fields.filter((a) => fields.some((b) => a.field.top === b.field.top && Math.abs(a.control.top - b.control.top) > 1)).map((a) => a.label.textContent.slice(0, 40))
			})`, &here)
			apart = append(apart, here...)
			var rows int
			eval(ctx, t, `[...document.querySelectorAll('.row')].filter((row) => row.children.length > 1 && row.children[0].getBoundingClientRect().top === row.children[1].getBoundingClientRect().top).length`, &rows)
			beside += rows
		}
		if len(apart) > 0 || (beside > 0) != (width > 320) {
			t.Errorf("%d wide, %d rows have fields beside each other: %s", width, beside, fmt.Sprint(apart))
		}
	}
}

package admin_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/samtykke/samtykke/consent"
)

// A name that is longer than its field has room for on a line is shown whole, on several
// lines: on the forms of services and categories, and among the settings.
func TestNamesAreShownWhole(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	long := consent.Text{consent.Bokmaal: "Et analyseverktøy med et navn som ikke får plass på linjen (Målestasjonen AS)", consent.English: "An analytics tool whose name does not fit on the line (Målestasjonen AS)"}
	h.edit(func(d *consent.Draft) {
		d.Services[0].Name, d.Categories[0].Name, d.Contacts.Controller.Name = long, long, long
	})
	ctx := kari.chromium()
	for path, field := range map[string]string{counterPage: "name.nb", "/sites/skogen/categories/statistics": "name.nb", "/sites/skogen/settings/contacts": "contacts-controller-nb"} {
		for _, width := range []int64{320, 1280} {
			must(t, chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(h.url+path)))
			var cut struct {
				Value         string
				Beside, Below int
			}
			eval(ctx, t, `(() => { const field = document.getElementById('`+field+`'); return field && { value: field.value, beside: field.scrollWidth - field.clientWidth, below: field.scrollHeight - field.clientHeight } })()`, &cut)
			if cut.Value != long[consent.Bokmaal] || cut.Beside > 0 || cut.Below > 1 {
				t.Errorf("%s, %d wide: of %q, %d pixels are beside the field and %d below it", path, width, cut.Value, cut.Beside, cut.Below)
			}
		}
	}
}

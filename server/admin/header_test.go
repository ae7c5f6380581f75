package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/samtykke/samtykke/consent"
)

// A name without a blank stays within the head of a page, on one line, and can be read
// whole; a name that there is room for is not cut.
func TestLongNameFitsTheHead(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	ctx := kari.chromium()
	type head struct {
		Page, Right, Left, High float64
		Cut                     bool
		Title                   string
	}
	for _, name := range []string{"Kari Nordmann", strings.Repeat("Nordmann", 25)} {
		must(t, h.store.ChangeAccount(t.Context(), &consent.Account{ID: kari.id, Email: kari.email, Name: name, Language: consent.Bokmaal}))
		for _, width := range []int64{320, 800, 1280} {
			must(t, chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(h.url+"/sites/skogen")))
			var got head
			eval(ctx, t, `(() => { const a = document.querySelector('.person a'), span = a.querySelector('span'), out = document.querySelector('.person button'), shown = span.getBoundingClientRect()
				return { Page: document.documentElement.scrollWidth, Right: out.getBoundingClientRect().right, Left: shown.left, High: shown.height, Cut: span.scrollHeight > span.clientHeight, Title: a.title } })()`, &got)
			long := len(name) > 20
			if got.Page > float64(width) || got.Right > float64(width) || got.Left < 0 || got.High > 30 || got.Title != name {
				t.Errorf("%d wide, a name of %d letters: %+v", width, len(name), got)
			}
			if got.Cut != (long || width == 320) {
				t.Errorf("%d wide, a name of %d letters: cut is %v", width, len(name), got.Cut)
			}
		}
	}
}

// A one-time link is there to be read to its end on a narrow screen, is taken whole with
// one press, and is copied by its button; where the browser keeps its clipboard to
// itself, the button selects the link.
func TestOneTimeLinkIsTakenWhole(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	per := h.member("per@example.no", consent.RoleEditor, skogen)
	ctx := kari.chromium()
	must(t, chromedp.Do(ctx, chromedp.EmulateViewport(320, 900), chromedp.Navigate(h.url+per.of(skogen))))
	must(t, chromedp.Do(ctx, chromedp.Click(`form[action$="/link"] button`)))
	arrives(ctx, t, `document.querySelector('#link')`)
	var link string
	eval(ctx, t, `document.querySelector('#link').textContent`, &link)
	if !strings.HasPrefix(link, h.url+"/link/") {
		t.Fatalf("the link is %q", link)
	}
	var outside bool
	eval(ctx, t, `(() => { const all = document.createRange(), box = document.querySelector('.copyable pre').getBoundingClientRect(); all.selectNodeContents(document.querySelector('#link'))
		return [...all.getClientRects()].some((r) => r.left < box.left || r.right > box.right || r.bottom > box.bottom) || document.documentElement.scrollWidth > 320 })()`, &outside)
	if outside {
		t.Error("a part of the link is not to be seen")
	}
	must(t, chromedp.Do(ctx, chromedp.Click(`#link`)))
	var taken string
	if eval(ctx, t, `getSelection().toString()`, &taken); taken != link {
		t.Errorf("one press takes %q", taken)
	}
	eval(ctx, t, `navigator.clipboard.writeText = async (text) => { window.copied = text }, 1`, nil)
	must(t, chromedp.Do(ctx, chromedp.Click(`button[data-copy]`)))
	arrives(ctx, t, `document.querySelector('button[data-copy]').textContent === document.querySelector('button[data-copy]').dataset.copied`)
	if eval(ctx, t, `window.copied`, &taken); taken != link {
		t.Errorf("the button copies %q", taken)
	}
	eval(ctx, t, `getSelection().removeAllRanges(), Object.defineProperty(navigator, 'clipboard', { value: undefined }), 1`, nil)
	must(t, chromedp.Do(ctx, chromedp.Click(`button[data-copy]`)))
	arrives(ctx, t, `getSelection().toString() === document.querySelector('#link').textContent`)
}

// Operators, and nobody else, are led to the trail of the installation, which is told
// from that of an organisation by its heading.
func TestHomeLeadsToTheTrailOfTheInstallation(t *testing.T) {
	h := open(t)
	ola := h.operator("ola@example.no")
	ola.get("/").shows(t, http.StatusOK, `href="/trail">Audit trail of the installation<`)
	ola.get("/trail").shows(t, http.StatusOK, "<h1>Audit trail of the installation</h1>")
	kari := h.member("kari@example.no", consent.RoleAuditor, skogen)
	if got := kari.get("/"); strings.Contains(got.body, `"/trail"`) {
		t.Error("an auditor of one organisation is led to the trail of all")
	}
	kari.get("/organisations/skogen/trail").shows(t, http.StatusOK, "<h1>Revisjonsspor</h1>")
}

// An operator without a role is not sent to an administrator, who they are, but told how
// they take one; who runs nothing is.
func TestOperatorWithoutARoleIsNotSentToThemselves(t *testing.T) {
	h := open(t)
	got := h.operator("ola@example.no").get("/")
	got.shows(t, http.StatusOK, "You have no role in any organisation yet.", "samtykke account role ola@example.no ID administrator")
	if strings.Contains(got.body, "Ask an administrator") {
		t.Error("the operator is sent to an administrator")
	}
	got = h.member("kari@example.no", consent.RoleEditor).get("/")
	got.shows(t, http.StatusOK, "Spør en administrator.")
	if strings.Contains(got.body, "samtykke account") {
		t.Error("somebody without the machine is told of its commands")
	}
}

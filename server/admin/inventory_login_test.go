package admin_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/samtykke/samtykke/consent"
)

// asksBeforeLeaving says whether the browser would ask before the page is left.
const asksBeforeLeaving = `!dispatchEvent(new Event('beforeunload', { cancelable: true }))`

// wantPurpose has the first cookie of a draft be for what somebody wrote.
func wantPurpose(t *testing.T, d *consent.Draft, want string) {
	t.Helper()
	if got := d.Services[0].Cookies[0].Purpose; !slices.Contains(slices.Collect(maps.Values(got)), want) {
		t.Errorf("the purpose is %q, want %q", got, want)
	}
}

// What is written in the inventory while the login ends elsewhere is lost in no way: it
// waits for the next login, or it stays where it was written, and the page says so. All
// with keys alone.
func TestInventoryOverTheLogin(t *testing.T) {
	h := open(t)
	kari := h.owner("kari@example.no")
	ctx := kari.chromium()
	press := func(keys ...string) {
		t.Helper()
		for _, key := range keys {
			must(t, chromedp.Do(ctx, chromedp.KeyEvent(key)))
		}
	}
	write := func(text string) {
		t.Helper()
		until(ctx, t, `document.querySelector('[data-edit=purpose] > .pencil') !== null`)
		eval(ctx, t, `document.querySelector('[data-edit=purpose] > .pencil').focus()`, nil)
		press(kb.Enter)
		until(ctx, t, `document.activeElement.name?.startsWith('purpose')`)
		eval(ctx, t, `document.activeElement.select()`, nil)
		press(text)
	}
	send := func() {
		t.Helper()
		const button = `document.querySelector('form:not([hidden])[action*="/cookies/"] button')` // not the form that the page before sends
		until(ctx, t, button+` !== null`)
		eval(ctx, t, button+`.focus()`, nil)
		press(kb.Enter)
		until(ctx, t, `location.pathname.startsWith('/sites/skogen/') && document.querySelector('[name=resumed]') === null && document.readyState === 'complete'`)
	}
	logIn := func() {
		t.Helper()
		until(ctx, t, `document.querySelector('[name=password]') !== null`)
		eval(ctx, t, `document.querySelector('[name=email]').focus()`, nil)
		press(kari.email, kb.Tab, secret, kb.Enter)
	}
	visit := func() {
		t.Helper()
		must(t, chromedp.Do(ctx, chromedp.Navigate(h.url+"/sites/skogen/inventory")))
	}

	// A browser that does not know whose login it was: nothing can be kept for anybody.
	visit()
	write("Written for nobody")
	h.wait(time.Hour)
	press(kb.Enter)
	until(ctx, t, `document.querySelector('.inline .wrong').textContent.includes('still in the field')`)
	var faults []string
	eval(ctx, t, `(() => {
		const at = document.querySelector('.inline .wrong').getBoundingClientRect(), field = document.activeElement
		return [
			at.top >= 0 && Math.floor(at.bottom) <= innerHeight ? '' : 'it is told at ' + at.top + ' to ' + at.bottom + ' of ' + innerHeight,
			field.value.trim() === 'Written for nobody' ? '' : field.outerHTML + ' holds ' + field.value,
			`+asksBeforeLeaving+` ? '' : 'leaving does not ask',
		].filter((fault) => fault !== '')
	})()`, &faults)
	if len(faults) > 0 {
		t.Errorf("when it cannot be saved: %.500q", faults)
	}
	press(kb.Escape)
	var asks bool
	if eval(ctx, t, asksBeforeLeaving, &asks); asks {
		t.Error("leaving asks when nothing is written")
	}

	// The login ends while somebody writes.
	visit()
	logIn()
	write("Written before the login")
	h.wait(time.Hour)
	press(kb.Enter)
	logIn()
	send()
	wantPurpose(t, h.draft(), "Written before the login")

	// There is a new login already, from another tab.
	visit()
	write("Written under the old login")
	eval(ctx, t, `fetch('/login', { method: 'POST', body: new URLSearchParams({ email: '`+kari.email+`', password: '`+secret+`' }) }).then((a) => a.status)`, nil)
	press(kb.Enter)
	send()
	wantPurpose(t, h.draft(), "Written under the old login")
}

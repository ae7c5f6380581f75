package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/samtykke/samtykke/consent"
)

// A lifetime that is not understood comes back with the reason and examples; one that
// is, with what was made of it.
func TestUnclearLifetimeSaysWhy(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	const page = "/sites/skogen/services/counter"
	for written, why := range map[string]string{
		"2 år eller 3 måneder": "det står flere tider", "en stund": "det står ingen tid vi forstår", "for alltid": "det som tas vare på, må ha en slutt",
		"ca. 2 år": "tiden er et spenn eller et anslag", "1-2 år": "tiden er et spenn eller et anslag", "0 dager": "tiden er null, negativ eller lengre enn 9999 år",
	} {
		form := formAt(t, kari, page)
		kari.ask(http.MethodPost, page, form.with(map[string]string{"retention": written})).shows(t, http.StatusUnprocessableEntity,
			"Dette er ikke én nøyaktig tid: "+why+". Skriv for eksempel «2 år»")
	}
	form := formAt(t, kari, page)
	kari.ask(http.MethodPost, page, form.with(map[string]string{"retention": "26 months"})).leads(t, page+"?done=saved")
	kari.get(page).shows(t, http.StatusOK, "Forstått som: 26 måneder.")
}

// While a lifetime is written, the server says how it reads it, in the language of
// whoever writes, and as the saved page does. It never sends back what was written.
func TestLifetimeIsToldAsItIsUnderstood(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	told := func(written string) answer {
		return kari.get("/sites/skogen/lifetime?" + url.Values{"text": {written}}.Encode())
	}
	for _, c := range []struct {
		language      consent.Language
		written, says string
	}{
		{consent.Bokmaal, "to år", "Forstått som: 2 år."},
		{consent.Bokmaal, "P2Y", "Forstått som: 2 år."},
		{consent.Bokmaal, "", ""},
		{consent.Bokmaal, "2 år eller 3 måneder", "Dette er ikke én nøyaktig tid: det står flere tider. Skriv for eksempel «2 år», «47 dager», «17 minutter» eller «når du lukker nettleseren»."},
		{consent.Nynorsk, "47 days", "Forstått som: 47 dagar."},
		{consent.English, "når du lukker nettleseren", "Understood as: until you close the browser."},
	} {
		must(t, h.store.ChangeAccount(t.Context(), &consent.Account{ID: kari.id, Email: kari.email, Name: "Kari", Language: c.language}))
		if got := told(c.written); got.status != http.StatusOK || got.body != c.says || got.header.Get("Content-Type") != "text/plain; charset=utf-8" {
			t.Errorf("of %q in %s is said %d %s %q, want %q", c.written, c.language, got.status, got.header.Get("Content-Type"), got.body, c.says)
		}
	}
	for _, hostile := range []string{"<script>alert(1)</script>", strings.Repeat("lenge ", 500), "\x00\u202e2 år"} {
		if got := told(hostile); got.status != http.StatusOK || strings.Contains(got.body, "script") || len(got.body) > 300 {
			t.Errorf("of %.40q is said %d %.300q", hostile, got.status, got.body)
		}
	}
}

// The script shows it below each field of a lifetime, politely to those who hear the
// page: on the form of a cookie, in its row of the inventory, and among the settings.
func TestLifetimeIsUnderstoodWhileItIsWritten(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	ctx := kari.chromium()
	writes := func(field, text string) {
		t.Helper()
		eval(ctx, t, `(() => { const field = `+field+`; field.focus(); field.select() })()`, nil)
		must(t, chromedp.Do(ctx, chromedp.KeyEvent(text)))
	}
	for path, id := range map[string]string{cookiePage: "lifetime.vendor", "/sites/skogen/settings/keeping": "keeping-validity"} {
		must(t, chromedp.Do(ctx, chromedp.Navigate(kari.url+path)))
		note := `document.getElementById('` + id + `.understood')`
		until(ctx, t, note+`?.getAttribute('role') === 'status' && document.getElementById('`+id+`').closest('.field').contains(`+note+`)`)
		writes(`document.getElementById('`+id+`')`, "femten dager")
		until(ctx, t, note+`.textContent === 'Forstått som: 15 dager.'`)
		writes(`document.getElementById('`+id+`')`, "en stund")
		until(ctx, t, note+`.textContent.startsWith('Dette er ikke én nøyaktig tid: det står ingen tid vi forstår.')`)
		writes(`document.getElementById('`+id+`')`, kb.Backspace)
		until(ctx, t, note+`.textContent === ''`)
		eval(ctx, t, `document.getElementById('`+id+`').form.dispatchEvent(new Event('submit'))`, nil) // as if it were saved: the browser does not ask
	}
	must(t, chromedp.Do(ctx, chromedp.Navigate(kari.url+"/sites/skogen/inventory")))
	eval(ctx, t, `document.querySelector('[data-edit="lifetime.declared"] > .pencil').click()`, nil)
	until(ctx, t, `document.activeElement.name === 'lifetime.declared'`)
	writes(`document.activeElement`, "3 uker")
	until(ctx, t, `document.querySelector('.inline [role=status]').textContent === 'Forstått som: 3 uker.'`)
	writes(`document.activeElement`, "tretti dagerr")
	const times = `document.querySelector('.inline').innerText.split('det står ingen tid vi forstår').length - 1`
	until(ctx, t, times+` === 1`)
	must(t, chromedp.Do(ctx, chromedp.KeyEvent(kb.Enter)))
	until(ctx, t, `document.querySelector('.inline .wrong').textContent.includes('det står ingen tid vi forstår')`)
	var n int
	if eval(ctx, t, times, &n); n != 1 {
		t.Errorf("the same is said %d times", n)
	}
	writes(`document.activeElement`, "tretti dager")
	until(ctx, t, `document.querySelector('.inline').innerText.includes('Forstått som: 30 dager.') && document.querySelector('.inline .wrong').textContent === ''`)
}

// formAt gives the form of a page that posts to the page itself.
func formAt(t *testing.T, p *person, page string) *htmlForm {
	t.Helper()
	for _, form := range readForms(t, page, p.get(page).body) {
		if form.action == page {
			return form
		}
	}
	t.Fatalf("%s has no form of its own", page)
	return nil
}

package admin_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
)

// until waits for a condition in the page, also through a page that is loaded anew.
func until(ctx context.Context, t *testing.T, condition string) {
	t.Helper()
	wait, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for wait.Err() == nil {
		if met, err := chromedp.Run(wait, chromedp.Evaluate[bool](`!!(`+condition+`)`)); err == nil && met {
			return
		}
		<-look.C
	}
	var body string
	eval(ctx, t, "document.querySelector('main').innerText.slice(0, 500) + ' at ' + document.activeElement.outerHTML.slice(0, 300)", &body)
	t.Fatalf("waited for %s:\n%s", condition, body)
}

// Tab goes on from the cell that arrows led to: not back to the first row, also after
// Escape and after a save.
func TestInventoryTabGoesOn(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	ctx := kari.chromium()
	must(t, chromedp.Do(ctx, chromedp.Navigate(h.url+"/sites/skogen/inventory")))
	eval(ctx, t, `(() => {
		window.last = [...document.querySelectorAll('[data-cookie]')].at(-1).id
		window.lifetime = (more) => document.getElementById(last).querySelector('[data-edit="lifetime.declared"]' + more)
		lifetime('').parentElement.querySelector('[data-edit=purpose] > .pencil').focus()
	})()`, nil)
	press := func(keys ...string) {
		t.Helper()
		for _, key := range keys {
			must(t, chromedp.Do(ctx, chromedp.KeyEvent(key)))
		}
	}
	goesOn := func(when string) {
		t.Helper()
		press(kb.Tab)
		var fault string
		eval(ctx, t, `(() => {
			const at = document.activeElement, row = document.getElementById(last)
			const on = !row.contains(at) && row.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING
			return on || at === document.body ? '' : at.outerHTML.slice(0, 300)
		})()`, &fault)
		if fault != "" {
			t.Errorf("Tab after %s leads to %s", when, fault)
		}
		must(t, chromedp.Do(ctx, chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(8)))) // Shift
		until(ctx, t, `document.activeElement === lifetime(' > .pencil')`)
	}
	press(kb.ArrowRight)
	until(ctx, t, `document.activeElement === lifetime(' > .pencil')`)
	goesOn("an arrow")
	press(kb.Enter)
	until(ctx, t, `document.activeElement.name === 'lifetime.declared'`)
	press(kb.Escape)
	until(ctx, t, `document.activeElement === lifetime(' > .pencil')`)
	goesOn("Escape")
	press(kb.Enter)
	until(ctx, t, `document.activeElement.name === 'lifetime.declared'`)
	eval(ctx, t, `document.activeElement.select()`, nil)
	press("to år", kb.Enter)
	until(ctx, t, `document.activeElement === lifetime('')`)
	press(kb.Tab) // from the cell to its button
	until(ctx, t, `document.activeElement === lifetime(' > .pencil')`)
	goesOn("a save")
}

// What is unfolded in a long inventory stays so when something in it is saved, and the
// focus stays in the cell. What is not searched for any more goes.
func TestInventoryStaysUnfolded(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	h.edit(func(d *consent.Draft) {
		for i := range 20 {
			c := d.Services[0].Cookies[0]
			c.Pattern.Name = fmt.Sprintf("_more%d", i)
			d.Services[0].Cookies = append(d.Services[0].Cookies, c)
		}
	})
	ctx := kari.chromium()
	row := `[data-cookie="/sites/skogen/services/counter/cookies/` + admin.AddressName("_more9") + `"] `
	edit := func(field, value string) {
		t.Helper()
		eval(ctx, t, `document.querySelector('`+row+`[data-edit=`+field+`] > .pencil').click()`, nil)
		until(ctx, t, `document.activeElement.name?.startsWith('`+field+`')`)
		eval(ctx, t, `(() => { document.activeElement.value = '`+value+`'; document.activeElement.form.requestSubmit() })()`, nil)
	}
	must(t, chromedp.Do(ctx, chromedp.Navigate(h.url+"/sites/skogen/inventory")))
	var folded int
	eval(ctx, t, `(() => {
		const all = [...document.querySelectorAll('.service details')], folded = all.filter((each) => !each.open).length
		all.forEach((each) => { each.open = true })
		document.querySelector('`+row+`').scrollIntoView()
		window.before = scrollY
		return folded
	})()`, &folded)
	if folded < 2 {
		t.Fatalf("%d services are folded at first", folded)
	}
	edit("purpose", "Teller <b>besøk</b>")
	until(ctx, t, `document.querySelector('`+row+`[data-edit=purpose]')?.innerText.includes('Teller <b>besøk</b>')`)
	var faults []string
	eval(ctx, t, `[
		[...document.querySelectorAll('.service details')].every((each) => each.open) ? '' : 'folded',
		window.before > 0 && window.before === scrollY ? '' : 'scrolled from ' + window.before + ' to ' + scrollY,
		document.activeElement === document.querySelector('`+row+`[data-edit=purpose]') ? '' : 'focus in ' + document.activeElement.outerHTML,
	].filter((fault) => fault !== '')`, &faults)
	if len(faults) > 0 {
		t.Errorf("after the save: %q", faults)
	}
	must(t, chromedp.Do(ctx, chromedp.KeyEvent(kb.ArrowRight)))
	until(ctx, t, `document.activeElement === document.querySelector('`+row+`[data-edit="lifetime.declared"] > .pencil')`)
	must(t, chromedp.Do(ctx, chromedp.Navigate(h.url+"/sites/skogen/inventory?status=active")))
	edit("status", "verify")
	until(ctx, t, `document.readyState === 'complete' && document.querySelector('`+row+`') === null`)
}

// The inventory is edited where it stands, with keys alone: tab to a row, arrows
// to a cell, Enter to begin and to save, Escape to leave it. Whoever was faster is
// shown beside.
func TestInventoryByKeys(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	ctx := kari.chromium()
	press := func(keys ...string) {
		t.Helper()
		for _, key := range keys {
			must(t, chromedp.Do(ctx, chromedp.KeyEvent(key)))
		}
	}
	tabTo := func(selector string) {
		t.Helper()
		for range 60 {
			press(kb.Tab)
			var there bool
			if eval(ctx, t, `document.activeElement.matches('`+selector+`')`, &there); there {
				return
			}
		}
		t.Fatalf("no tab leads to %s", selector)
	}
	must(t, chromedp.Do(ctx, chromedp.Navigate(h.url+"/sites/skogen/inventory")))
	tabTo(`[data-edit=purpose] > .pencil`)
	press(kb.ArrowRight, kb.Enter)
	until(ctx, t, `document.activeElement.name === 'lifetime.declared'`)
	press(kb.Escape)
	until(ctx, t, `document.activeElement.matches('[data-edit="lifetime.declared"] > .pencil')`)
	press(kb.Enter)
	until(ctx, t, `document.activeElement.name === 'lifetime.declared'`)
	eval(ctx, t, `document.activeElement.select()`, nil)
	press("ganske lenge", kb.Enter)
	until(ctx, t, `document.querySelector('.inline .wrong').textContent.includes('Dette er ikke én nøyaktig tid')`)
	eval(ctx, t, `document.activeElement.select()`, nil)
	press("to år", kb.Enter, kb.Enter) // whoever is impatient saves once
	until(ctx, t, `document.querySelector('[data-edit="lifetime.declared"] .lifetime')?.textContent.includes('2 år')`)
	if got := h.draft().Services[0].Cookies[0].Lifetime.Declared; got != "P2Y" {
		t.Errorf("the lifetime is %q", got)
	}
	// The status, by arrows and a select; somebody else is faster.
	tabTo(`[data-edit="lifetime.declared"] > .pencil`)
	press(kb.ArrowRight, kb.Enter)
	until(ctx, t, `document.activeElement.name === 'status'`)
	h.edit(func(d *consent.Draft) {
		d.Services[0].Cookies[0].SetBy, d.Services[0].Cookies[0].Status = "Noen andre AS", consent.StatusObsolete
	})
	press("u", kb.Enter)
	until(ctx, t, `document.querySelector('.conflict') !== null && document.querySelector('[name=status]')?.value === 'verify'`)
	var text string
	eval(ctx, t, `document.querySelector('.conflict').innerText`, &text)
	if !strings.Contains(text, "utgått") || !strings.Contains(text, "undersøkes") || !strings.Contains(text, "Selskapet som setter den") || strings.Contains(text, "Noen andre AS") {
		t.Errorf("the conflict does not show both: %s", text)
	}
	must(t, chromedp.Do(ctx, chromedp.EmulateViewport(320, 900)))
	axe, err := os.ReadFile(axeFile)
	must(t, err)
	var faulty []string
	eval(ctx, t, `(() => { `+string(axe)+` })()`, nil)
	eval(ctx, t, `axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations.map((v) => v.id + ' ' + v.nodes[0].html)
		.concat(document.documentElement.scrollWidth > innerWidth ? ['too wide'] : []))`, &faulty)
	if len(faulty) > 0 {
		t.Errorf("the page of the conflict: %q", faulty)
	}
	if got := h.draft().Services[0].Cookies[0].Status; got != consent.StatusObsolete {
		t.Errorf("the status is %q", got)
	}
	// What another changes in another field is kept beside it, and told in the cell.
	eval(ctx, t, `document.querySelector('form[data-keep]').remove()`, nil) // or leaving what is not saved asks
	must(t, chromedp.Do(ctx, chromedp.Navigate(h.url+"/sites/skogen/inventory")))
	until(ctx, t, `document.querySelector('[data-edit=status] > .pencil') !== null`)
	eval(ctx, t, `document.querySelector('[data-edit=status] > .pencil').click()`, nil)
	until(ctx, t, `document.activeElement.name === 'status'`)
	h.edit(func(d *consent.Draft) { d.Services[0].Cookies[0].SetBy = "Enda andre AS" })
	press("i", kb.Enter)
	until(ctx, t, `document.querySelector('[data-edit=status] .merged')?.textContent.includes("Selskapet som setter den") && document.activeElement.matches('[data-edit=status]')`)
	if c := h.draft().Services[0].Cookies[0]; c.Status != consent.StatusActive || c.SetBy != "Enda andre AS" {
		t.Errorf("got %+v", c)
	}
}

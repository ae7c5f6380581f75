package admin_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/samtykke/samtykke/consent"
)

// Each button on the page of a service saves its own, and what is written for the others
// is still there: it is told that it is not saved, and is saved by its own button.
func TestReviewKeepsWhatIsWritten(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	const typed, rest = "Karis nye navn", "Gjennomgangen er lagret. Det andre du har skrevet på siden, er ikke lagret ennå."
	reviewed := func() consent.Day {
		t.Helper()
		all, err := consent.ReviewsOf(t.Context(), h.store, "skogen")
		must(t, err)
		return all.Of("counter").Reviewed
	}
	form := formAt(t, kari, counterPage).filled
	kari.save(counterPage+"/reviewed", form).leads(t, counterPage+"?done=review")
	kari.save(counterPage+"/review", formAt(t, kari, counterPage).filled, "due", "2026-09-01").leads(t, counterPage+"?done=review")

	form = formAt(t, kari, counterPage).filled
	if form.Get("due") != "2026-09-01" {
		t.Fatalf("the form has the day %q", form.Get("due"))
	}
	got := kari.save(counterPage+"/reviewed", form, "name.nb", typed)
	got.shows(t, 200, rest, typed, `action="`+counterPage+`"`, "Sist gjennomgått", `type="date" value=""`)
	if reviewed() != consent.DayOf(h.clock()) || h.draft().Service("counter").Name[consent.Bokmaal] == typed {
		t.Errorf("reviewed %s, called %q", reviewed(), h.draft().Service("counter").Name)
	}
	ola.save(counterPage, formAt(t, ola, counterPage).filled, "link", "https://ola.example/").leads(t, counterPage+"?done=saved")
	kari.told(t, kari.save(counterPage, got.formOf(t, counterPage)), counterPage+"?done=saved")
	if s := h.draft().Service("counter"); s.Name[consent.Bokmaal] != typed || s.Link != "https://ola.example/" {
		t.Errorf("saved %q, %q", s.Name, s.Link)
	}

	form = formAt(t, kari, counterPage).filled
	kari.save(counterPage+"/review", form, "due", "2026-10-01", "name.nb", "Enda et navn").shows(t, 200, rest, "Enda et navn", `type="date" value="2026-10-01"`)
	const unsaved = "Det andre du har skrevet på siden, er heller ikke lagret ennå."
	kari.save(counterPage+"/review", formAt(t, kari, counterPage).filled, "due", "2020-01-01", "name.nb", "Enda et navn").shows(t, 422, "Dagen er over.", unsaved, "Enda et navn", `action="`+counterPage+`"`)
	kari.save(counterPage+"/reviewed", form, "name.nb", "Enda et navn").shows(t, 409, "Velg «Gjennomgått» en gang til", unsaved, "Enda et navn", `action="`+counterPage+`"`)
	kari.save(counterPage+"/reviewed", form).shows(t, 409, `action="`+counterPage+`"`)
}

// A day that is written when something else is saved stays in its field.
func TestDayOfAReviewIsNotLost(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	const day = `type="date" value="2026-09-01"`
	got := kari.save(counterPage+"/reviewed", formAt(t, kari, counterPage).filled, "due", "2026-09-01")
	got.shows(t, 200, day, "Det andre du har skrevet på siden, er ikke lagret ennå.")
	kari.save(counterPage+"/reviewed", formAt(t, kari, counterPage).filled, "due", "2020-01-01").shows(t, 200, "Dagen er over.", `value="2020-01-01"`)

	form := formAt(t, kari, counterPage).filled
	kari.save(counterPage, form, "name.nb", "", "name.en", "", "due", "2026-09-01", "category", "none").shows(t, 422, day)
	got = kari.save(counterPage, form, "link", "https://kari.example/", "due", "2026-09-01")
	got.leads(t, counterPage+"?due=2026-09-01&done=saved")
	page := kari.get(got.header.Get("Location"))
	page.shows(t, 200, day, "Datoen du har skrevet for gjennomgangen, er ikke lagret ennå.")
	kari.save(counterPage+"/review", page.formOf(t, counterPage), "due", "2026-09-01").leads(t, counterPage+"?done=review")
	viewer := h.member("viewer@example.no", consent.RoleViewer, skogen)
	if body := viewer.get(counterPage + "?due=2026-10-01").body; strings.Contains(body, "2026-10-01") || strings.Contains(body, "ikke lagret ennå") {
		t.Error("who writes nothing is told of a day")
	}

	const film = "/sites/skogen/services/film"
	form = formAt(t, kari, film).filled
	ola.post(film+"/remove", "was", hidden(t, ola.get(film+"/remove").body, "was")).leads(t, "/sites/skogen/inventory?done=service_removed")
	kari.save(film+"/reviewed", form).shows(t, 409, "Ingenting ble lagret, for tjenesten finnes ikke lenger.")
	got = kari.save(film+"/reviewed", form, "name.nb", "Karis film", "due", "2027-01-15")
	got.shows(t, 409, "Karis film", "Datoen du valgte, 15. januar 2027, ble ikke lagret.", "Fjernet av Ola Hansen, ")
	kari.save(film, got.formOf(t, film)).leads(t, film+"?done=saved")
	if s := h.draft().Service("film"); s == nil || s.Name[consent.Bokmaal] != "Karis film" {
		t.Errorf("what was written is lost: %+v", s)
	}
}

// By keyboard, Enter in a field saves, as it does on every page; the button of the review
// comes after, and keeps what is written.
func TestReviewByKeyboard(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	ctx := kari.chromium()
	for _, field := range []string{"link", "due"} {
		must(t, chromedp.Do(ctx, chromedp.Navigate(h.url+counterPage)))
		eval(ctx, t, `document.getElementById('`+field+`').focus()`, nil)
		keys(ctx, t, kb.Enter)
		arrives(ctx, t, `location.search === '?done=saved'`)
	}
	must(t, chromedp.Do(ctx, chromedp.Navigate(h.url+counterPage)))
	var asks bool
	if eval(ctx, t, asksBeforeLeaving, &asks); asks {
		t.Error("a page on which nothing is written asks before it is left")
	}
	eval(ctx, t, `document.getElementById('link').focus()`, nil)
	keys(ctx, t, "https://kari.example/")
	var passed []string
	for range 80 {
		keys(ctx, t, kb.Tab)
		var at string
		if eval(ctx, t, `document.activeElement.id || document.activeElement.textContent`, &at); at == "reviewed" {
			break
		}
		passed = append(passed, at)
	}
	if !slices.Contains(passed, "due") || !slices.Contains(passed, "Lagre") {
		t.Errorf("on the way to the button stand %q", passed)
	}
	keys(ctx, t, kb.Enter)
	arrives(ctx, t, `location.pathname.endsWith('/reviewed') && document.getElementById('link').value.includes('kari.example') && document.querySelector('.note[role=alert]')?.textContent.includes('ikke lagret')`)
	if eval(ctx, t, asksBeforeLeaving, &asks); !asks {
		t.Error("what is not saved is left without a question")
	}
	if acts := h.noted("service.review.done"); len(acts) != 1 {
		t.Errorf("%d reviews are noted, want one", len(acts))
	}
}

// formOf gives the form of a page that is saved at an address.
func (a answer) formOf(t *testing.T, action string) map[string][]string {
	t.Helper()
	for _, form := range readForms(t, action, a.body) {
		if form.action == action {
			return maps.Clone(form.filled)
		}
	}
	t.Fatalf("no form to %s (status %d)", action, a.status)
	return nil
}

package admin_test

import (
	"net/http"
	"testing"

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

package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// A form that is sent twice at once makes one organisation, with whoever made it. The other
// of the two is asked whether another is meant, as it would be later, and nobody logs in
// anew.
func TestOrganisationIsMadeOnce(t *testing.T) {
	h := open(t)
	ruler := h.operator("ruler@example.no")
	csrf, again := csrfOf(t, ruler), *ruler
	fields := []string{"name", "Marker kommune", "number", "964947449"}
	h.changing = func() {
		ruler.late(csrf, "/organisations/new", fields...).leads(t, "/organisations/marker-kommune?done=saved")
	}
	again.late(csrf, "/organisations/new", fields...).shows(t, http.StatusUnprocessableEntity, `href="#number"`, "Marker kommune (marker-kommune)", `name="meant"`)
	if again.cookie == ruler.cookie {
		t.Error("the role is given with the login of before")
	}
	all, err := h.store.Organisations(t.Context())
	must(t, err)
	made := 0
	for _, o := range all {
		if o.Number == "964947449" {
			made++
		}
	}
	if made != 1 {
		t.Errorf("there are %d of the number: %v", made, all)
	}
	if acts, err := h.store.Acts(t.Context(), consent.TrailQuery{Action: "organisation.add"}); err != nil || len(acts) != 1 {
		t.Errorf("the trail has %+v, %v", acts, err)
	}
	ruler.get("/organisations/marker-kommune").shows(t, http.StatusOK, "Marker kommune")
	again.get("/account").leads(t, "/login?next=%2Faccount") // nothing goes on with the login of before
}

// Whose login was ended meanwhile is told no more than that.
func TestOrganisationIsNotToldToWhoIsOut(t *testing.T) {
	h := open(t)
	ruler := h.operator("ruler@example.no")
	h.changing = func() {
		must(t, h.store.AddOrganisation(t.Context(), consent.NewOrganisation{Organisation: consent.Organisation{ID: "marker", Name: "Marker kommune", Number: "964947449"}}, h.clock()))
		must(t, h.store.EndLogins(t.Context(), ruler.id, consent.LoginID{}))
	}
	got := ruler.post("/organisations/new", "name", "Another", "number", "964947449")
	got.shows(t, http.StatusUnauthorized, "Your login has ended")
	if strings.Contains(got.body, "Marker kommune") {
		t.Error("somebody whose login has ended is told what there is")
	}
}

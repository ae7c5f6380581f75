package admin_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// An address that readers of the trail would take for a colleague's lets nobody in, on the
// page or by the API; who has one from before still logs in and is seen.
func TestNoDoubleOfAColleagueIsInvited(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	h.member("alfa-adm10@example.no", consent.RoleAdministrator, skogen)
	h.member("elsewhere10@example.no", consent.RoleAdministrator, havet)
	old := h.invited("bj\u0251rn@example.no", "once")
	old.post("/link/once", "password", secret, "again", secret).leads(t, "/?done=password_first")
	const people = "/organisations/skogen/people"
	g := boss.program(t, consent.ScopePeople, consent.ScopeOrganisation, consent.ScopeRecipients)
	invite := func(email string) answer {
		return g.call(http.MethodPost, "/api/v1/invitations", `{"email": "`+email+`", "role": "viewer"}`)
	}
	for _, email := range []string{"\u0251lfa-adm10@example.no", "alfa\u2010adm10@example.no", "\uff41lfa-adm10@example.no", "alfa-adm1\uff10@example.no", "alfa-adm10\u0301@example.no", "alfa-adm10@examp\u0142e.no"} {
		boss.post(people, "email", email, "role", "viewer").shows(t, http.StatusUnprocessableEntity, "før @ bokstaver fra a til z")
		invite(email).faultsAt(t, "email")
		if got := g.call(http.MethodPut, "/api/v1/recipients", `{"language": "nb", "addresses": ["`+email+`"]}`, "If-Match", g.get("/api/v1/recipients").header.Get("ETag")); got.status != http.StatusUnprocessableEntity {
			t.Errorf("%+q is a recipient: %d", email, got.status)
		}
	}
	boss.post(people, "email", "ny.\u00e5s@example.no", "role", "viewer").shows(t, http.StatusUnprocessableEntity, "før @ bokstaver fra a til z")
	for _, email := range []string{"alfa-adml0@example.no", "alfa-adm1o@example.no", "alfa-adrn10@example.no"} {
		boss.post(people, "email", email, "role", "viewer").shows(t, http.StatusUnprocessableEntity, "til å forveksle med")
		invite(email).faultsAt(t, "email")
	}
	boss.post(people, "email", "invited1@example.no", "role", "viewer").shows(t, http.StatusOK)
	boss.post(people, "email", "invitedl@example.no", "role", "viewer").shows(t, http.StatusUnprocessableEntity, "til å forveksle med")
	boss.post(people, "email", "invited1@example.no", "role", "editor").shows(t, http.StatusOK)    // the same one again
	boss.post(people, "email", "elsewherelo@example.no", "role", "viewer").shows(t, http.StatusOK) // of another organisation nothing is told
	boss.post(people, "email", "kari@n\u00e6ring.no", "role", "viewer").shows(t, http.StatusOK)

	old.post("/login", "email", old.email, "password", secret).leads(t, "/")
	boss.get(people).shows(t, http.StatusOK, old.email)
}

// An organisation takes neither another's name nor one that leads somewhere.
func TestNamesOfOrganisationsAreTheirOwn(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	all, err := h.store.Organisations(t.Context())
	must(t, err)
	was := map[consent.OrganisationID]consent.Organisation{}
	for _, o := range all {
		was[o.ID] = o
	}
	const page = "/organisations/skogen/settings"
	g := boss.program(t, consent.ScopeOrganisation, consent.ScopeSettings)
	for name, why := range map[string]string{
		was[havet].Name:                     "En annen organisasjon her har dette navnet",
		was[havet].Name + ".":               "En annen organisasjon her har dette navnet",
		"Skogen. Se https://evil.example/x": "blir en lenke i e-post",
		"Skogen www.evil.example":           "blir en lenke i e-post",
	} {
		form := boss.get(page).formTo(t, page, page)
		boss.save(page, form, "name", name).shows(t, http.StatusUnprocessableEntity, why)
		tag := g.get("/api/v1/organisation").header.Get("ETag")
		g.call(http.MethodPut, "/api/v1/organisation", `{"name": "`+name+`", "number": "`+was[skogen].Number+`"}`, "If-Match", tag).faultsAt(t, "name")
	}
	if now, err := h.store.Organisations(t.Context()); err != nil || !slices.Equal(now, all) {
		t.Errorf("a name is changed: %+v (%v)", now, err)
	}
	form := boss.get(page).formTo(t, page, page)
	boss.save(page, form, "name", "Skogen by").leads(t, page+"?done=organisation")
}

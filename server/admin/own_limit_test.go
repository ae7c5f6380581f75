package admin_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// What costs much is done thirty times an hour by each person, with every login of theirs;
// others, and what costs little, are not held up by it.
func TestNobodyDoesWhatCostsMuchTooOften(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	const path = "/organisations/skogen/trail/export"
	for range 30 {
		auditor.post(path, "action", "site.add").taken(t)
	}
	got := auditor.post(path, "action", "site.add")
	got.shows(t, http.StatusTooManyRequests, "høyst 30 ganger i timen", "Vent 60 minutter")
	if got.header.Get("Retry-After") != "3600" {
		t.Errorf("got Retry-After %q", got.header.Get("Retry-After"))
	}
	told := len(h.acts)
	h.loggedIn(auditor.id, "another").post(path).shows(t, http.StatusTooManyRequests)
	if len(h.acts) != told {
		t.Error("what was refused is told of as taken out")
	}
	auditor.get("/organisations/skogen/trail").shows(t, http.StatusOK)
	boss.post(path, "action", "site.add").taken(t)
	h.wait(time.Hour)
	h.loggedIn(auditor.id, "later").post(path, "action", "site.add").taken(t)
	var costly []string
	for _, e := range h.admin.Entries() {
		if e.Costs && !slices.Contains(costly, e.Action) {
			costly = append(costly, e.Action)
		}
	}
	slices.Sort(costly)
	if want := []string{"account.link", "log.export", "log.verify", "member.invite", "member.link", "organisation.recipients.try", "origin.check", "password.choose", "request.answer", "trail.export"}; !slices.Equal(costly, want) {
		t.Errorf("limited are %q, want %q", costly, want)
	}
}

// What programs do with keys counts as done by whoever made them, however many those are.
func TestKeysShareTheLimitOfTheirMaker(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	scopes := []consent.Scope{consent.ScopePeople, consent.ScopeExport}
	one, two := boss.program(t, scopes...), boss.program(t, append(scopes, consent.ScopeRead)...)
	const export, invitations = apiSite + "/log/export?form=pack", api.Base + "/invitations"
	per := map[string]any{"email": "per@example.no", "role": "viewer"}
	wanted := func(got answer, status int) {
		t.Helper()
		if got.status != status {
			t.Fatalf("got %d: %s", got.status, got.body)
		}
	}
	wanted(boss.post("/organisations/skogen/people", "email", "per@example.no", "role", "viewer"), http.StatusOK)
	for n := range 29 {
		wanted([]*program{one, two}[n%2].post(invitations, per), http.StatusCreated)
		wanted(two.get(export), http.StatusOK)
	}
	wanted(one.get(export), http.StatusOK)
	for _, refused := range []answer{one.post(invitations, per), two.post(invitations, per), one.get(export), two.get(export)} {
		refused.problem(t, http.StatusTooManyRequests, "too_many")
		if refused.header.Get("Retry-After") != "3600" {
			t.Errorf("got Retry-After %q", refused.header.Get("Retry-After"))
		}
	}
	wanted(boss.post("/organisations/skogen/people", "email", "per@example.no", "role", "viewer"), http.StatusTooManyRequests)
	other := h.member("other@example.no", consent.RoleAdministrator, skogen).program(t, scopes...)
	wanted(other.post(invitations, per), http.StatusCreated)
	h.wait(time.Hour)
	wanted(one.get(export), http.StatusOK)
	var costly []string
	for _, e := range h.admin.API() {
		if e.Costs {
			costly = append(costly, e.Action)
		}
	}
	slices.Sort(costly)
	if want := []string{"api.log.export", "api.log.verify", "api.member.invite", "api.organisation.recipients.try", "api.origin.check", "api.request.answer", "api.trail.export", "api.trail.export"}; !slices.Equal(costly, want) {
		t.Errorf("limited are %q, want %q", costly, want)
	}
}

// Keys go on when their maker changes the password, unless the maker ends them with it;
// what becomes of them is said before.
func TestKeysEndWithThePasswordIfWanted(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	other := h.member("other@example.no", consent.RoleAdministrator, skogen)
	theirs := other.program(t, consent.ScopeRead)
	if page := boss.get("/account"); strings.Contains(page.body, `name="keys"`) {
		t.Error("who has no key is asked about them")
	}
	g := boss.program(t, consent.ScopeRead)
	boss.get("/account").shows(t, http.StatusOK, `name="keys"`, "Avslutt også API-nøkkelen min", "våkner ikke igjen")
	boss.post("/account/password", "password", "fire andre ord her", "again", "fire andre ord her").leads(t, "/account?done=password")
	read[api.Sites](t, g.get(api.Base+"/sites"))
	boss.post("/account/password", "password", "fem helt andre ord her", "again", "fem helt andre ord her", "keys", "yes").leads(t, "/account?done=password_keys")
	boss.get("/account?done=password_keys").shows(t, http.StatusOK, "API-nøklene dine er avsluttet")
	g.get(api.Base+"/sites").problem(t, http.StatusUnauthorized, "unknown_key")
	read[api.Sites](t, theirs.get(api.Base+"/sites"))
	other.get("/organisations/skogen/trail?action=key.end").shows(t, http.StatusOK, "En API-nøkkel tok slutt", "«Program» ("+string(g.key.ID)+")")
}

// Checks of addresses have others asked: everybody of an organisation shares them, on the
// pages and with keys, and no other organisation is held up.
func TestOrganisationSharesItsChecks(t *testing.T) {
	h := open(t)
	kari, eva := h.member("kari@example.no", consent.RoleEditor, skogen), h.member("eva@example.no", consent.RoleEditor, havet)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	draft, err := h.store.Draft(t.Context(), "skogen")
	must(t, err)
	origin := draft.Site.Origins[0]
	for range 30 {
		if got := kari.post("/sites/skogen/origins", "origin", origin); got.status != http.StatusSeeOther {
			t.Fatalf("got %d", got.status)
		}
	}
	boss.post("/sites/skogen/origins", "origin", origin).shows(t, http.StatusTooManyRequests, "høyst 30 ganger i timen")
	boss.program(t, consent.ScopeEdit, consent.ScopeRead).post(apiSite+"/origins/check", map[string]any{"origin": origin}).problem(t, http.StatusTooManyRequests, "too_many")
	eva.post("/sites/havet/origins", "origin", origin).leads(t, "/sites/havet/origins?done=origin_missing")
}

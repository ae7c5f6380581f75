package admin_test

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// A cookie from before somebody's role was changed has none of the new role: the person
// logs in again, and whoever changed their own goes on with another cookie.
func TestLoginEndsWithTheRole(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	second := h.member("second@example.no", consent.RoleAdministrator, skogen)
	ola := h.member("ola@example.no", consent.RoleViewer, skogen)
	const people = "/organisations/skogen/people"
	path := func(id consent.AccountID) string { return people + "/" + strconv.FormatInt(int64(id), 10) }
	ola.get("/organisations/skogen").shows(t, http.StatusOK)
	boss.post(path(ola.id)+"/role", "role", "administrator").leads(t, people+"?done=role")
	ola.get(people).leads(t, "/login?next=%2Forganisations%2Fskogen%2Fpeople")
	ola = h.loggedIn(ola.id, "ola again")
	ola.get(people).shows(t, http.StatusOK)
	boss.agrees(path(ola.id)+"/remove").leads(t, people+"?done=removed")
	ola.get("/account").leads(t, "/login?next=%2Faccount")

	stolen := *second
	second.post(path(second.id)+"/role", "role", "viewer").leads(t, "/?done=role")
	if second.cookie == stolen.cookie {
		t.Error("the login has the id that it had before the role was changed")
	}
	stolen.get("/account").leads(t, "/login?next=%2Faccount")
	second.get("/organisations/skogen").shows(t, http.StatusOK)

	// Nor has it what an invitation gives.
	boss.post(people, "email", "eva@example.no", "role", "administrator").shows(t, http.StatusOK)
	invitation := consent.InvitationID(consent.HashOf([]byte("eva")))
	must(t, h.store.AddInvitation(t.Context(), &consent.Invitation{ID: invitation, Organisation: skogen, Email: "eva@example.no", Role: consent.RoleAdministrator, Maker: boss.id, Expires: h.clock().Add(consent.LinkLasts)}))
	eva := h.member("eva@example.no", consent.RoleViewer, havet)
	stolen = *eva
	eva.post("/invitation/eva").leads(t, "/organisations/skogen?done=joined")
	stolen.get(people).leads(t, "/login?next=%2Forganisations%2Fskogen%2Fpeople")
	eva.get(people).shows(t, http.StatusOK)
}

// Who took a browser that was left open takes no invitation back, as they make none.
func TestInvitationIsTakenBackByWhoProvesThemselves(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	id := consent.InvitationID(consent.HashOf([]byte("eva")))
	must(t, h.store.AddInvitation(t.Context(), &consent.Invitation{ID: id, Organisation: skogen, Email: "eva@example.no", Role: consent.RoleViewer, Maker: boss.id, Expires: h.clock().Add(consent.LinkLasts)}))
	h.wait(11 * time.Minute)
	boss.post("/organisations/skogen/invitations/"+id.Short()+"/withdraw", "sure", "yes").shows(t, http.StatusUnauthorized)
	if _, err := h.store.Invitation(t.Context(), id, h.clock()); err != nil {
		t.Errorf("the invitation is gone: %v", err)
	}
}

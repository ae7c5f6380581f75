package admin_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

const (
	apiInvitations = api.Base + "/invitations"
	ofAKey         = "Invitasjonen er laget med en API-nøkkel"
)

// asks invites somebody with a key, and gives what is answered.
func (g *program) asks(email string, role consent.AccountRole) answer {
	return g.post(apiInvitations, map[string]any{"email": email, "role": role})
}

// handed gives the path of the link that a key was answered with.
func handed(t *testing.T, a answer) string {
	t.Helper()
	made := read[api.Invited](t, a)
	if made.Link == nil {
		t.Fatalf("no link was answered: %s", a.body)
	}
	return (*made.Link)[strings.Index(*made.Link, "/invitation/"):]
}

// Where two people are required, whoever holds another's key makes nobody who publishes:
// the account would be their own, and count as let in by whoever made the key.
func TestAKeyMakesNoSecondPerson(t *testing.T) {
	h, kari, ola, per := pair(t)
	const publish = "/sites/skogen/publish"
	pers := per.program(t, consent.ScopePeople, consent.ScopeOrganisation) // in the hands of Kari
	for _, role := range []consent.AccountRole{consent.RolePublisher, consent.RoleAdministrator} {
		pers.asks("dukke@example.no", role).problem(t, http.StatusForbidden, "two_people_key")
	}
	puppet := h.stranger()
	puppet.invitedBy(t, pers, "dukke@example.no", consent.RoleEditor)
	account, err := h.store.AccountOf(t.Context(), "dukke@example.no")
	must(t, err)
	puppet = h.loggedIn(account.ID, "dukke")
	roleOf := func(p *person, role string) answer {
		return pers.call(http.MethodPut, fmt.Sprintf("%s/people/%d/role", api.Base, p.id), `{"role": "`+role+`"}`)
	}
	roleOf(puppet, "publisher").problem(t, http.StatusForbidden, "two_people_key")
	roleOf(puppet, "administrator").problem(t, http.StatusForbidden, "two_people_key")
	kari.edits(t, rounder)
	kari.proposes(t)
	puppet.post(publish+"/approve", "plan", "1").shows(t, http.StatusForbidden)

	// What takes nothing, and what takes something away, a key does as before.
	read[api.Person](t, roleOf(puppet, "viewer"))
	read[api.Person](t, roleOf(puppet, "editor"))
	read[api.Person](t, roleOf(ola, "publisher"))

	// An administrator gives the role on the page, and has seen to whom.
	per.post(puppet.of(skogen)+"/role", "role", "publisher").leads(t, "/organisations/skogen/people?done=role")
	puppet = h.loggedIn(account.ID, "dukke")
	page := puppet.get(publish)
	puppet.post(publish+"/approve", page.approval(t)...).leads(t, "/sites/skogen/notices/3?done=publish")
}

// invitedBy makes an account with an invitation of a key.
func (p *person) invitedBy(t *testing.T, g *program, email string, role consent.AccountRole) {
	t.Helper()
	p.post(handed(t, g.asks(email, role)), "name", "Ny", "password", secret, "again", secret).leads(t, "/organisations/skogen?done=joined")
}

// Nor does an invitation that a key made before two people were required.
func TestAKeysInvitationDoesNotOutliveTheRule(t *testing.T) {
	h, _, _, per := pair(t)
	const people = "/organisations/skogen/people"
	h.two(t, skogen, false)
	pers := per.program(t, consent.ScopePeople)
	link := handed(t, pers.asks("dukke@example.no", consent.RolePublisher))
	quiet := handed(t, pers.asks("redaktor@example.no", consent.RoleEditor))
	hand := per.post(people, "email", "ekte@example.no", "role", "publisher").link(t)
	if page := per.get(people); strings.Contains(page.body, "API-nøkkel, og gjelder ikke") {
		t.Error("an invitation that holds is told not to")
	}
	h.two(t, skogen, true)
	page := per.get(people)
	if n := strings.Count(page.body, "Laget med en API-nøkkel, og gjelder ikke"); n != 1 {
		t.Errorf("%d invitations are told not to hold, want that of the publisher alone:\n%s", n, page.body)
	}
	h.stranger().get(link).shows(t, http.StatusForbidden, ofAKey)
	h.stranger().post(link, "name", "Dukke", "password", secret, "again", secret).shows(t, http.StatusForbidden, ofAKey)
	if _, err := h.store.AccountOf(t.Context(), "dukke@example.no"); consent.KindOf(err) != consent.NotFound {
		t.Errorf("the invitation made an account: %v", err)
	}
	for _, holds := range []string{quiet, hand} {
		h.stranger().post(holds, "name", "Ekte", "password", secret, "again", secret).leads(t, "/organisations/skogen?done=joined")
	}
	h.two(t, skogen, false)
	h.stranger().post(link, "name", "Dukke", "password", secret, "again", secret).leads(t, "/organisations/skogen?done=joined")
}

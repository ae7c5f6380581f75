package admin_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/organising"
)

// invitationOf gives the key by which trails and pages name the invitation of a link.
func invitationOf(link string) string {
	_, token, _ := strings.Cut(link, "/invitation/")
	return organising.InvitationOf(token).Short()
}

// joinsBy makes an account with the link of an invitation.
func (h *house) joinsBy(t *testing.T, link, name string) {
	t.Helper()
	h.stranger().post(link, "name", name, "password", secret, "again", secret).leads(t, "/organisations/skogen?done=joined")
}

// Whoever reads the trail of an organisation, and no other, sees who became what there, when
// and by whose invitation: of a new account as of one that there was, on the page, in the
// file and through the API. The invitation has one name from when it was made.
func TestTrailTellsWhoJoined(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	mine := h.member("mine@example.no", consent.RoleEditor, havet)
	const people, trail = "/organisations/skogen/people", "/organisations/skogen/trail?action=member.join"
	ofNew := boss.post(people, "email", "new@example.no", "role", "publisher").link(t)
	ofMine := boss.post(people, "email", "mine@example.no", "role", "viewer").link(t)
	auditor.get(people).shows(t, http.StatusOK, "new@example.no", "Invitasjon: "+invitationOf(ofNew))
	h.joinsBy(t, ofNew, "Nina Ny")
	mine.post(ofMine).leads(t, "/organisations/skogen?done=joined")
	fresh, err := h.store.AccountOf(t.Context(), "new@example.no")
	must(t, err)

	page := auditor.get(trail)
	for link, who := range map[string]string{ofNew: "<bdi>Nina Ny</bdi>", ofMine: "mine@example.no</bdi>, konto\u00a0" + fmt.Sprint(mine.id)} {
		key := invitationOf(link)
		page.shows(t, http.StatusOK, who, "Invitasjon: "+key+", Invitert av: Kari Nordmann (boss@example.no)")
		auditor.get("/organisations/skogen/trail?action=member.invite").shows(t, http.StatusOK, "Invitasjon: "+key)
	}
	page.shows(t, http.StatusOK, "Utgiver, Invitasjon: "+invitationOf(ofNew), "<code>role</code>")
	joined := fmt.Sprintf(`member.join "publisher invitation=%s inviter=%d" at "" by %d`, invitationOf(ofNew), boss.id, fresh.ID)
	if told := h.actsOf(skogen); !strings.Contains(told, joined) {
		t.Errorf("the trail lacks %s:\n%s", joined, told)
	}
	if strings.Contains(h.actsOf(havet), "member.join") {
		t.Error("another organisation is told who joined")
	}
	read := read[api.Acts](t, auditor.program(t, consent.ScopeAudit).get(api.Base+"/trail?action=member.join"))
	if len(read.Acts) != 2 || read.Acts[1].By != consent.ByPerson || read.Acts[1].Email == nil || *read.Acts[1].Email != "new@example.no" {
		t.Errorf("a program reads %+v", read.Acts)
	}
	rows := auditor.post("/organisations/skogen/trail/export", "action", "member.join").taken(t)
	if len(rows) != 3 || rows[2][4] != "Nina Ny" || !strings.Contains(rows[2][8], invitationOf(ofNew)) {
		t.Errorf("the file says %q", rows)
	}
	h.operator("ruler@example.no").get("/trail?action=member.join").shows(t, http.StatusOK, "<bdi>Nina Ny</bdi>", "Invited by: Kari Nordmann (boss@example.no), Organisation: skogen")
}

// An invitation that is taken back, or that gives nobody anything, is told by the same name;
// one that is refused tells of nobody who joined.
func TestTrailTellsWhatBecameOfAnInvitation(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	other := h.member("other@example.no", consent.RoleEditor, havet)
	const people, trail = "/organisations/skogen/people", "/organisations/skogen/trail?action="
	back := boss.post(people, "email", "late@example.no", "role", "editor").link(t)
	boss.post("/organisations/skogen/invitations/"+invitationOf(back)+"/withdraw", "agreed", "yes").leads(t, people+"?done=uninvited")
	boss.get(trail+"member.uninvite").shows(t, http.StatusOK, `<bdi class="quiet">Invitasjon: `+invitationOf(back))
	h.stranger().post(back, "name", "Nina Ny", "password", secret, "again", secret).shows(t, http.StatusNotFound)
	taken := boss.post(people, "email", other.email, "role", "editor").link(t)
	h.stranger().post(taken, "name", "Nina Ny", "password", secret, "again", secret).shows(t, http.StatusUnprocessableEntity)
	if told := h.actsOf(skogen) + h.actsOf(""); strings.Contains(told, "member.join") {
		t.Errorf("somebody is told to have joined:\n%s", told)
	}
	must(t, h.store.SetRole(t.Context(), other.id, skogen, consent.RoleViewer)) // on another way
	other = h.loggedIn(other.id, "other again")
	other.post(taken).leads(t, "/organisations/skogen?done=joined")
	boss.get(trail+"member.join").shows(t, http.StatusOK, `<bdi class="quiet">Invitasjon: `+invitationOf(taken)+"</bdi>")
}

package admin_test

import (
	"encoding/hex"
	"net/http"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// Whoever takes back an invitation that is used at that moment is told so, on the page and
// with a key. The trail tells that it was taken up, and of nothing taken back.
func TestInvitationUsedWhileItIsTakenBack(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	g := boss.program(t, consent.ScopePeople)
	for name, back := range map[string]func(id string){
		"page": func(id string) {
			boss.post("/organisations/skogen/invitations/"+id+"/withdraw", "agreed", "yes").shows(t, http.StatusConflict, "Invitasjonen er allerede brukt")
		},
		"key": func(id string) {
			g.call(http.MethodDelete, api.Base+"/invitations/"+id, "").problem(t, http.StatusConflict, "conflict")
		},
	} {
		made := &consent.Invitation{
			ID: consent.InvitationID(consent.HashOf([]byte(name))), Organisation: skogen, Email: name + "@example.no", Role: consent.RoleViewer, Maker: boss.id, Expires: h.clock().Add(time.Hour),
		}
		must(t, h.store.AddInvitation(t.Context(), made))
		h.listed = func() {
			_, err := h.store.TakeInvitation(t.Context(), made.ID, &consent.Account{Email: made.Email, Language: consent.Bokmaal, Created: h.clock()}, h.clock())
			must(t, err)
		}
		back(hex.EncodeToString(made.ID[:8]))
		if h.listed != nil {
			t.Errorf("%s: nobody looked for the invitation", name)
		}
		if account, err := h.store.AccountOf(t.Context(), made.Email); err != nil || account.Role(skogen) != consent.RoleViewer {
			t.Errorf("%s: who was invited is %+v, %v", name, account, err)
		}
	}
	acts, err := h.store.Acts(t.Context(), consent.TrailQuery{Organisation: skogen, Action: "member.uninvite", EveryWay: true})
	if err != nil || len(acts) != 0 {
		t.Errorf("the trail tells of %+v, %v", acts, err)
	}
}

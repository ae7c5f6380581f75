package admin_test

import (
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// notPages are routes that answer with something else than a page.
var notPages = map[string]bool{}

// morePages are pages in a state that their route alone does not show.
var morePages = []string{"/sites/nowhere", "/account?done=saved", "/organisations/skogen/people/1", "/people/1", "/people/2", "/invitation/offered"}

// fixtures fills Skogen with what pages show.
func fixtures(t *testing.T, h *house) {
	t.Helper()
	must(t, h.store.RecordAct(t.Context(), consent.Act{
		Time: h.clock(), Account: 1, Organisation: skogen, Site: "skogen", Action: "draft.settings.save", Object: "look", Reason: "<script>alert(1)</script> \u202e",
	}))
	must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: 99, Action: "login.fail"}))
	ola := h.invited("ola@example.no", "once") // account 2
	must(t, h.store.AddInvitation(t.Context(), &consent.Invitation{
		ID: consent.InvitationID(consent.HashOf([]byte("offered"))), Organisation: skogen, Email: "per@example.no",
		Role: consent.RoleAuditor, Maker: 1, Expires: h.clock().Add(consent.LinkLasts),
	}))
	must(t, h.store.SetApp(t.Context(), ola.id, make([]byte, 60), 1))
	must(t, h.store.AddPasskey(t.Context(), &consent.Passkey{
		ID: make([]byte, 16), Account: 1, Name: "<script>\u202eTelefon", Credential: []byte(`{"id":"AAAAAAAAAAAAAAAAAAAAAA=="}`), Added: h.clock(), Copied: true,
	}))
}

package admin_test

import (
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// What nobody sees is in no name that others read.
func TestNamesHideNothing(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	ruler := h.operator("ruler@example.no")
	link := "/invitation/offered"
	must(t, h.store.AddInvitation(t.Context(), &consent.Invitation{
		ID: consent.InvitationID(consent.HashOf([]byte("offered"))), Organisation: skogen, Email: "per@example.no",
		Role: consent.RoleAuditor, Maker: boss.id, Expires: h.clock().Add(consent.LinkLasts),
	}))
	draft := boss.get("/sites/skogen/publish").was(t)
	const ordinary = "\u200b\u00ad\u2060" // in a comment, which is a text
	for _, hidden := range []string{"\u202e", "\u2066", "\u200b", "\u00ad", "\u2060", "\x00", "\x07", "\ufeff", "\U000e0041"} {
		const nb, en = "et tegn som ingen ser. Skriv det på nytt som én linje ren tekst.", "The name has a line break, a control character or"
		name := "Ka" + hidden + "ri"
		boss.post("/account", "name", name, "language", "nb").shows(t, 422, nb, `id="name-wrong"`)
		boss.post("/organisations/skogen/keys", "name", name, "scope", "read", "days", "30").shows(t, 422, nb)
		boss.post("/account/passkey", "name", name).shows(t, 422, nb)
		boss.post("/organisations/skogen/settings", "name", name, "number", "864949762", "was", "x").shows(t, 422, nb)
		ruler.post("/organisations/new", "name", name, "number", "864949762", "id", "fjellet").shows(t, 422, en)
		h.stranger().post(link, "name", name, "password", secret, "again", secret).shows(t, 422, nb)
		boss.post("/organisations/skogen/people", "email", name+"@example.no", "role", "editor").shows(t, 422, "Skriv en e-postadresse")
		boss.post("/organisations/skogen/notifications", "addresses", name+"@example.no", "language", "nb", "was", "x").shows(t, 422, `id="addresses-wrong"`)
		if !strings.Contains(ordinary, hidden) {
			boss.post("/sites/skogen/publish", "was", draft, "reason", name).shows(t, 422, "Kommentaren har et kontrolltegn")
		}
	}
	boss.post("/sites/skogen/publish", "was", draft, "reason", "To\r\nlinjer").leads(t, "/sites/skogen/notices/3?done=publish")
	h.stranger().post(link, "name", "Zo\u00eb \u0645\u06cc\u200c\u062e\u0648", "password", secret, "again", secret).leads(t, "/organisations/skogen?done=joined")
}

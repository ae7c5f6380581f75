package admin_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// No key is made under a name that a reader of the trail would take for the program,
// somebody or another key. One that has such a name since before works, and ends.
func TestKeysImitateNobody(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	const keys = "/organisations/skogen/keys"
	for name, says := range map[string]string{
		"Programmet": "Samtykke bruker dette navnet", "The program": "Samtykke bruker dette navnet", "key=6d181ffbcdc5": "Samtykke bruker dette navnet",
		"pub@a.no": "Skriv bare hvilket program nøkkelen er til.", "Kari (pub@a.no)": "Skriv bare hvilket program nøkkelen er til.",
		"6d181ffbcdc5": "Skriv bare hvilket program nøkkelen er til.", "Аrkiv": "bokstaver fra flere alfabeter",
	} {
		boss.post(keys, "name", name, "scope", "read", "days", "30").shows(t, http.StatusUnprocessableEntity, says, `id="name-wrong"`)
	}
	if all, err := h.store.APIKeys(t.Context(), skogen); err != nil || len(all) != 0 {
		t.Fatalf("there are keys: %+v, %v", all, err)
	}
	old := &consent.APIKey{Organisation: skogen, Name: "Programmet", Maker: boss.id, Scopes: []consent.Scope{consent.ScopeRead}, Created: h.clock(), Expires: h.clock().Add(30 * 24 * time.Hour)}
	g := &program{house: h, t: t, secret: old.Seal([38]byte{1})}
	must(t, h.store.AddAPIKey(t.Context(), old))
	g.get(apiSite).shows(t, http.StatusOK)
	boss.get(keys).shows(t, http.StatusOK, "Programmet")
	boss.agrees(keys+"/"+string(old.ID)+"/revoke").leads(t, keys+"?done=key_revoked")
}

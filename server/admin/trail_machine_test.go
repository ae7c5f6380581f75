package admin_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// What a command did in somebody's name, and for which time, stands in words, and so do
// several parts of the settings that it changed at once.
func TestTrailTellsOfCommandsInWords(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAuditor, skogen)
	for action, object := range map[string]string{"publish.propose": fmt.Sprintf("person=%d due=", kari.id) + "2026-12-01T08:00", "draft.settings.save": "contacts look"} {
		must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Organisation: skogen, Site: "skogen", Action: action, Object: object}))
	}
	kari.get("/organisations/skogen/trail").shows(t, http.StatusOK, "på vegne av Kari Nordmann, Publiseres: 1. desember 2026 kl. 08.00", "Kontakter, Utseende", "En kommando på serveren")
}

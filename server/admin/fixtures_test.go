package admin_test

import (
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// notPages are routes that answer with something else than a page.
var notPages = map[string]bool{}

// morePages are pages in a state that their route alone does not show.
var morePages = []string{"/sites/nowhere", "/account?done=saved"}

// fixtures fills Skogen with what pages show.
func fixtures(t *testing.T, h *house) {
	t.Helper()
	must(t, h.store.RecordAct(t.Context(), consent.Act{
		Time: h.clock(), Account: 1, Organisation: skogen, Site: "skogen", Action: "draft.settings.save", Object: "look", Reason: "<script>alert(1)</script> \u202e",
	}))
	must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: 99, Action: "login.fail"}))
}

package admin_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// asksWhy are the posts whose forms ask for a reason.
var asksWhy = []string{"log.erase", "log.freeze", "log.release", "notice.publish", "publish.propose", "publish.return"}

// What somebody adds to a form that asks for no reason is not told as one: by that, an
// act would look as if it had been explained.
func TestNoReasonWithoutBeingAsked(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	editor := h.member("editor@example.no", consent.RoleEditor, skogen)
	const claimed = "agreed with the data protection officer"
	boss.post(editor.of(skogen)+"/role", "role", "auditor", "reason", claimed).leads(t, "/organisations/skogen/people?done=role")
	boss.post("/account", "name", "Boss", "language", "nb", "reason", claimed).leads(t, "/account?done=saved")
	boss.post("/organisations/skogen/trail/export", "reason", claimed).taken(t)
	boss.post("/sites/skogen/settings/keeping", "was", keepingWas(t, boss), "validity", "6 måneder", "retention", "24 måneder", "refusals", "", "reason", claimed).
		leads(t, "/sites/skogen/settings/keeping?done=saved")
	for _, organisation := range []consent.OrganisationID{"", skogen} {
		acts, err := h.store.Acts(t.Context(), consent.TrailQuery{Organisation: organisation, Limit: 1000})
		must(t, err)
		for i := range acts {
			if acts[i].Reason != "" {
				t.Errorf("%s is told with a reason that nobody asked for", acts[i].Action)
			}
		}
	}
	for _, e := range h.admin.Entries() {
		if e.Reason != slices.Contains(asksWhy, e.Action) {
			t.Errorf("%s takes a reason: %t", e.Path, e.Reason)
		}
	}
}

// A reason is kept whole or refused: too long, of nothing but blanks, or with what nobody
// sees.
func TestReasonsAreCheckedWhereTheyAreAsked(t *testing.T) {
	h := open(t)
	entries := h.decide(t, "skogen", 0, 3)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	path := "/sites/skogen/log/" + entries[0].ID.String()
	for reason, says := range map[string]string{
		"":                       "Skriv hvorfor",
		" \n ":                   "Skriv hvorfor",
		strings.Repeat("å", 501): "Skriv hvorfor",
		"Sak \u202e2026/1":       "som ingen ser",
		"Sak\u0007 2026/1":       "som ingen ser",
	} {
		boss.post(path+"/erase", "ground", "unlawful", "reason", reason).shows(t, http.StatusUnprocessableEntity, `id="reason-wrong"`, says)
	}
	boss.post(path+"/erase", "ground", "unlawful", "reason", strings.Repeat("å", 500)).leads(t, path+"?done=log_erase")
	acts, err := h.store.Acts(t.Context(), consent.TrailQuery{Organisation: skogen, Action: "log.erase"})
	must(t, err)
	if len(acts) != 1 || acts[0].Reason != strings.Repeat("å", 500) {
		t.Errorf("the trail has %+v", acts)
	}
	g := boss.program(t, consent.ScopeErase)
	g.post(api.Base+"/sites/skogen/decisions/"+entries[1].ID.String()+"/erase", map[string]any{"ground": "unlawful", "reason": "Sak \u202e1"}).faultsAt(t, "reason")
	long := strings.Repeat("å", consent.LongestReason)
	must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Organisation: skogen, Action: "notice.publish", Reason: long}))
	boss.get("/organisations/skogen/trail?"+url.Values{"action": {"notice.publish"}}.Encode()).shows(t, http.StatusOK, long)
}

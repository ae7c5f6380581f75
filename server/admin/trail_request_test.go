package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// Who entered which request stands in the trail, and for whose sake something was erased
// or frozen: with its number, which the page makes a link of.
func TestTrailNamesTheRequest(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	g := boss.program(t, consent.Scopes...)
	last := func(want string) {
		t.Helper()
		acts, err := h.store.Acts(t.Context(), consent.TrailQuery{Organisation: skogen, Limit: 1})
		must(t, err)
		if got := acts[0].Action + " " + acts[0].Object; got != want {
			t.Errorf("the trail has %q, want %q", got, want)
		}
	}
	path, _, _ := strings.Cut(boss.post("/sites/skogen/requests/new", "kind", "erasure", "channel", "letter").header.Get("Location"), "?")
	id := path[strings.LastIndex(path, "/")+1:]
	last("request.add " + id)
	const trail = "/organisations/skogen/trail"
	link := `<a href="/sites/skogen/requests/` + id + `">Åpne henvendelsen</a>`
	boss.get(trail).shows(t, http.StatusOK, "La inn en henvendelse", link)
	made := read[aRequestJSON](t, g.post(apiSite+"/requests", map[string]any{"kind": "erasure", "channel": "letter"}))
	key := "key=" + string(g.key.ID) + " "
	last("api.request.add " + key + made.ID)
	boss.get(trail).shows(t, http.StatusOK, "/sites/skogen/requests/"+made.ID)

	entries := h.decide(t, "skogen", 0, 8)
	log := func(n int) string { return "/sites/skogen/log/" + entries[n].ID.String() }
	boss.post(log(0)+"/erase", "ground", "withdrawn", "reason", "Sak 2026/1", "request", id).leads(t, path+"?done=log_erase")
	last("log.erase " + entries[0].ID.String() + " ground=withdrawn request=" + id)
	boss.get(trail+"?action=log.erase").shows(t, http.StatusOK, "Henvendelse: "+id, link, "trakk")
	boss.post(log(1)+"/freeze", "ground", "claim", "reason", "Sak 2026/1", "request", id).leads(t, path+"?done=log_freeze")
	last("log.freeze " + entries[1].ID.String() + " claim request=" + id)
	h.asked(t, "havet", aRequest)
	boss.post(log(2)+"/erase", "ground", "withdrawn", "reason", "Sak 2026/1", "request", aRequest.String())
	last("log.erase " + entries[2].ID.String() + " ground=withdrawn") // another's request is none

	one := apiSite + "/decisions/" + entries[3].ID.String()
	body := map[string]any{"ground": "unlawful", "reason": "Sak 2026/1", "request": aRequest.String()}
	g.post(one+"/erase", body).faultsAt(t, "request")
	body["request"] = "<script>"
	g.post(one+"/erase", body).faultsAt(t, "request")
	body["request"] = made.ID
	g.post(one+"/erase", body).shows(t, http.StatusOK)
	last("api.log.erase " + key + entries[3].ID.String() + " request=" + made.ID + " ground=unlawful")
	boss.get(trail+"?action=log.erase").shows(t, http.StatusOK, "Henvendelse: "+made.ID)
}

// The overview offers what the role may do.
func TestOverviewSaysWhatTheRoleMay(t *testing.T) {
	h := open(t)
	words, _ := web.AdminWordsIn(consent.Bokmaal)
	for role, key := range map[consent.AccountRole]string{
		consent.RolePublisher: "publish_look", consent.RoleEditor: "publish_look_propose", consent.RoleAuditor: "publish_look_see", consent.RoleViewer: "publish_look_see",
	} {
		p := h.member(string(role)+"@example.no", role, skogen)
		p.get("/sites/skogen").shows(t, http.StatusOK, `/publish">`+words[key]+`</a>`)
	}
}

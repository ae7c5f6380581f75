package admin_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

const apiInstallation = api.Base + "/installation/trail"

// ruling is an operator who administers Skogen, too.
func (h *house) ruling(t *testing.T, email string) *person {
	t.Helper()
	ruler := h.operator(email)
	must(t, h.store.SetRole(t.Context(), ruler.id, skogen, consent.RoleAdministrator))
	return h.loggedIn(ruler.id, email+" again")
}

// What belongs to no organisation is read page by page and as a file, and nothing of an
// organisation. Who reads it stands in that trail, and much of it is marked.
func TestAPITrailOfTheInstallation(t *testing.T) {
	h := open(t)
	ruler := h.ruling(t, "ruler@example.no")
	g := ruler.program(t, consent.ScopeInstallation)
	for n := range 501 {
		must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: 99, Action: "login.fail", Object: strconv.Itoa(n)}))
	}
	must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: 99, Organisation: skogen, Action: "draft.settings.save", Object: "theirs"}))
	const query = apiInstallation + "?action=login.fail&limit=200"
	first := read[api.Acts](t, g.get(query))
	if first.Next == nil {
		t.Fatalf("got %d acts", len(first.Acts))
	}
	second := read[api.Acts](t, g.get(query+"&after="+*first.Next))
	if len(first.Acts) != 200 || first.Acts[0].Object != "500" || second.Acts[0].Object != "300" {
		t.Errorf("got %d acts, then those from %+v on", len(first.Acts), second.Acts[0])
	}
	if got := read[api.Acts](t, g.get(apiInstallation+"?limit=500")); strings.Contains(fmt.Sprint(got.Acts), "theirs") {
		t.Error("the trail of the installation has what an organisation does")
	}
	for fields, wrong := range map[string]string{"?account=x": "account", "?by=nobody": "by", "?action=nothing.known": "action", "?limit=501": "limit", "?after=1": "after", "?from=x": "from", "?site=skogen": "site"} {
		g.get(apiInstallation+fields).faultsAt(t, wrong)
	}
	file := g.get(apiInstallation + "/export?action=login.fail&language=en")
	if strings.Count(file.body, ",login.fail,") != 501 || !strings.Contains(file.header.Get("Content-Disposition"), `"installation-trail-2026-03-02.csv"`) {
		t.Errorf("got status %d, %d lines, %s", file.status, strings.Count(file.body, "\n"), file.header.Get("Content-Disposition"))
	}
	for _, act := range h.acts { // what the looks tell goes into the trail
		if act.Organisation != "" || act.Account != ruler.id {
			t.Errorf("the trail is told %+v", act)
		}
		must(t, h.store.RecordAct(t.Context(), act))
	}
	ruler.get("/trail?action=trail.read&by=key").shows(t, http.StatusOK, "Read the audit trail with an API key", "“Program” ("+string(g.key.ID)+")", "Much read this day", "Lines: 501")
	ruler.get("/trail?action=trail.export").shows(t, http.StatusOK, string(g.key.ID))
	if told := h.actsOf(skogen); strings.Contains(told, "api.trail") {
		t.Errorf("the trail of the organisation says %.2000s", told)
	}
}

// Nobody but an operator is offered a key for the installation or gets one, also not with a
// form that was forged, and it ends for good with the right.
func TestKeysForTheInstallationAreOperators(t *testing.T) {
	h := open(t)
	const keys = "/organisations/skogen/keys"
	const offered = `value="installation"`
	boss, other, ruler := h.member("boss@example.no", consent.RoleAdministrator, skogen), h.operator("other@example.no"), h.ruling(t, "ruler@example.no")
	if got := boss.get(keys); got.status != http.StatusOK || strings.Contains(got.body, offered) {
		t.Errorf("got status %d, and who operates nothing is offered it: %t", got.status, strings.Contains(got.body, offered))
	}
	for _, scopes := range [][]string{{"scope", "installation"}, {"scope", "read", "scope", "installation"}} {
		boss.post(keys, append(scopes, "name", "Watch", "days", "30")...).shows(t, http.StatusUnprocessableEntity, `role="alert"`, `id="scope-wrong"`)
	}
	other.post(keys, "scope", "installation", "name", "Watch", "days", "30").shows(t, http.StatusNotFound) // of no organisation
	if all, err := h.store.APIKeys(t.Context(), skogen); err != nil || len(all) != 0 {
		t.Fatalf("there are %+v (%v)", all, err)
	}

	made := func() *program {
		t.Helper()
		ruler = h.loggedIn(ruler.id, fmt.Sprint("ruler ", len(h.actsOf(skogen))))
		ruler.get(keys).shows(t, http.StatusOK, offered)
		got := ruler.post(keys, "scope", "installation", "name", "Watch", "days", "30")
		_, after, _ := strings.Cut(got.body, `<code id="link">`)
		secret, _, _ := strings.Cut(after, "</code>")
		g := &program{house: h, t: t, secret: secret}
		g.get(apiInstallation).shows(t, http.StatusOK)
		return g
	}
	ended := func(g *program) {
		t.Helper()
		h.wait(time.Minute) // others have failed before
		g.get(apiInstallation).problem(t, http.StatusUnauthorized, "unknown_key")
	}
	g, path := made(), fmt.Sprint("/people/", ruler.id)
	g.get(api.Base+"/trail").problem(t, http.StatusForbidden, "scope_missing")
	other.post(path+"/operator", "operator", "no").leads(t, path+"?done=saved")
	ended(g)
	boss.get("/organisations/skogen/trail?action=key.end").shows(t, http.StatusOK, "En API-nøkkel tok slutt", "«Watch»")
	other.post(path+"/operator", "operator", "yes").leads(t, path+"?done=saved")
	ended(g)

	g = made()
	boss.agrees("/organisations/skogen"+path+"/remove").leads(t, "/organisations/skogen/people?done=removed")
	ended(g)
	must(t, h.store.SetRole(t.Context(), ruler.id, skogen, consent.RoleAdministrator))
	g = made()
	other.agrees(path+"/close").leads(t, path+"?done=closed")
	ended(g)
}

package admin_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
)

// What became of a plan is told where it ended, with whose it was and for which time, and
// not as one of several things that it may have been.
func TestTrailTellsWhatBecameOfAPlan(t *testing.T) {
	h, kari, ola, per := pair(t)
	const page, trail = "/sites/skogen/publish", "/organisations/skogen/trail"
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	says := func(action, what, object string) {
		t.Helper()
		boss.get(trail+"?action="+action).shows(t, http.StatusOK, "<td>"+what+` <bdi class="quiet">`+object)
	}
	kari.proposes(t)
	ola.post(page+"/return", "plan", ola.get(page).plan(t), "reason", "Mangler nynorsk").leads(t, page+"?done=plan_return")
	says("publish.return", "Sendte tilbake et forslag om å publisere", "Person: Kari")
	kari.proposes(t)
	kari.post(page+"/return", "plan", kari.get(page).plan(t)).leads(t, page+"?done=plan_return")
	boss.get(trail+"?action=publish.return").shows(t, http.StatusOK, "<td>Trakk sitt eget forslag om å publisere</td>")
	day, clock := dayAndClock(h.clock().Add(48 * time.Hour))
	kari.proposes(t, "when", "later", "day", day, "clock", clock)
	ola.post(page+"/approve", ola.get(page).approval(t)...).leads(t, page+"?done=plan_approve")
	says("publish.approve", "Godkjente et forslag om å publisere på et tidspunkt", "Kontrollsum for kladden: ")
	ola.post(page+"/cancel", "plan", ola.get(page).plan(t)).leads(t, page+"?done=plan_cancel")
	says("publish.cancel", "Avlyste en publisering som var bestemt til et tidspunkt", "Person: Kari, Publiseres: ")
	kari.proposes(t)
	per.edits(t, rounder)
	kari.post(page+"/return", "plan", kari.get(page).plan(t)).leads(t, page+"?done=plan_return")
	boss.get(trail+"?action=publish.return").shows(t, http.StatusOK, "<td>Ryddet bort en plan om å publisere som falt bort da kladden ble endret</td>")
	kari.proposes(t)
	ola.post(page+"/approve", ola.get(page).approval(t)...).leads(t, "/sites/skogen/notices/3?done=publish")
	says("publish.approve", "Godkjente et forslag, og kunngjøringen ble publisert", "Kontrollsum for kladden: ")
	if body := boss.get(trail).body; strings.Contains(body, "plan=") {
		t.Error("what became of a plan is told in codes, too")
	}
}

// A text, a cookie and what became of a request are called in the trail what the pages
// call them, and a cookie has one name whether it was saved on a page, with a key or by a
// command.
func TestTrailNamesTextsAndCookies(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	for _, c := range []struct{ action, object, says string }{
		{"draft.texts.save", "services.counter.purpose.nn", "Tjenesten counter, formål (nynorsk)"},
		{"api.draft.text.save", "key=0123456789ab site.wording.accept_many.nb", "API-nøkkel: 0123456789ab, Nettstedet, faste tekster med egne ord › Knapp: ja til alle (bokmål)"},
		{"draft.cookie.save", "counter/_pk_id.*", "Informasjonskapselen _pk_id.* i counter"},
		{"draft.cookie.add", "counter/_a counter/_b", "Informasjonskapselen _a, _b i counter"},
		{"api.draft.cookie.remove", "key=0123456789ab counter/_a", "API-nøkkel: 0123456789ab, Informasjonskapselen _a i counter"},
		{"request.extend", "01K ground=complexity day=2026-03-02", "01K: Grunn: kravet er sammensatt, Dag: 2. mars 2026"},
		{"request.close", "01K outcome=partly day=2026-03-02", "01K: Utfall: Delvis innvilget, Dag: 2. mars 2026"},
		{"api.request.close", "key=0123456789ab 01K outcome=refused day=2026-03-02", "API-nøkkel: 0123456789ab, 01K: Utfall: Avslått, Dag: 2. mars 2026"},
		{"request.close", "01J granted", "01J: Innvilget"}, // earlier lines
		{"request.extend", "01J", "01J"},
		{"draft.texts.save", "", "Endret tekster i kladden</td>"},
	} {
		must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: boss.id, Organisation: skogen, Site: "skogen", Action: c.action, Object: c.object}))
		boss.get("/organisations/skogen/trail?action="+c.action).shows(t, http.StatusOK, c.says)
	}
	const name = "_ses.0a" // what an address does not hold
	boss.save(counterPage+"/new-cookie", boss.get(counterPage+"/new-cookie").form(t), "pattern.name", name, "lifetime.declared", "1 år").leads(t, counterPage+"?done=cookie_added")
	cookie := counterPage + "/cookies/" + admin.AddressName(name)
	boss.save(cookie, boss.get(cookie).form(t), "lifetime.declared", "2 år").leads(t, counterPage+"?done=saved")
	boss.post(cookie+"/remove", "was", regexp.MustCompile(`name="was" value="([^"]*)"`).FindStringSubmatch(boss.get(cookie + "/remove").body)[1]).leads(t, counterPage+"?done=cookie_removed")
	boss.save("/sites/skogen/new-service", boss.get("/sites/skogen/new-service").form(t), "key", "kart", "name.nb", "Kart").leads(t, "/sites/skogen/services/kart?done=service_added")
	told := h.actsOf(skogen)
	for _, want := range []string{`draft.cookie.add "counter/` + name + `"`, `draft.cookie.save "counter/` + name + `"`, `draft.cookie.remove "counter/` + name + `"`, `draft.service.add "kart"`} {
		if !strings.Contains(told, want) {
			t.Errorf("the trail lacks %s:\n%s", want, told)
		}
	}
}

package admin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// approves agrees to what waits.
func (p *person) approves(t *testing.T) answer {
	t.Helper()
	return p.post("/sites/skogen/publish/approve", p.get("/sites/skogen/publish").approval(t)...)
}

// A notice and the history say who made it, who agreed, and what was said of it.
func TestNoticesSayWhoMadeThem(t *testing.T) {
	h, kari, ola, per := pair(t)
	vera := h.member("vera@example.no", consent.RoleViewer, skogen)
	says := func(number string, texts ...string) {
		t.Helper()
		vera.get("/sites/skogen/notices/"+number).follows(t, texts...)
	}
	says("2", "Publisert av", "Revisjonssporet sier det ikke.")

	kari.proposes(t)
	ola.approves(t).leads(t, "/sites/skogen/notices/3?done=publish")
	says("3", "Foreslått av</dt><dd><bdi>Kari</bdi>", "Godkjent av</dt><dd><bdi>Ola</bdi>, 2. mars 2026 kl.", "Kommentar</dt>", "Ny &lt;b&gt;teller&lt;/b&gt;")

	kari.edits(t, rounder)
	day, clock := dayAndClock(h.clock().Add(20 * time.Minute))
	kari.proposes(t, "when", "later", "day", day, "clock", clock)
	ola.post("/sites/skogen/publish/return", "plan", ola.get("/sites/skogen/publish").plan(t), "reason", "Vent").leads(t, "/sites/skogen/publish?done=plan_return")
	per.proposes(t, "when", "later", "day", day, "clock", clock)
	ola.approves(t).leads(t, "/sites/skogen/publish?done=plan_approve")
	h.wait(30 * time.Minute)
	h.publisher().PublishDue(t.Context())
	says("4", "Foreslått av</dt><dd><bdi>Per</bdi>", "Godkjent av</dt><dd><bdi>Ola</bdi>", "på tidspunktet som var bestemt", "Ny &lt;b&gt;teller")

	h.two(t, skogen, false)
	per = h.loggedIn(per.id, "again")
	kari.edits(t, rounder)
	per.post("/sites/skogen/publish", "was", per.get("/sites/skogen/publish").was(t), "reason", "Haster").leads(t, "/sites/skogen/notices/5?done=publish")
	says("5", "Publisert av</dt><dd><bdi>Per</bdi>", "Haster")
	kari.edits(t, rounder)
	per.schedules(t, 10*time.Minute)
	h.wait(15 * time.Minute)
	h.publisher().PublishDue(t.Context())
	says("6", "Tidspunktet bestemt av</dt><dd><bdi>Per</bdi>", "Ny teller")

	kari.edits(t, rounder)
	g := per.program(t, consent.ScopeRead, consent.ScopePublish)
	g.call(http.MethodPost, apiSite+"/publish", `{"comment": "Fra byggeserveren"}`, "If-Match", g.get(apiDraft).header.Get("ETag")).shows(t, http.StatusCreated)
	says("7", "Publisert av</dt><dd><bdi>Per, med en API-nøkkel</bdi>", "Fra byggeserveren")

	kari.edits(t, rounder)
	h.publishedByCommand(t)
	says("8", "Publisert av</dt><dd><bdi>En kommando på serveren</bdi>")

	vera.get("/sites/skogen/notices").follows(t, "Kunngjøring 8", "En kommando på serveren", "Kunngjøring 7", "Per, med en API-nøkkel", "Fra byggeserveren", "Kunngjøring 5", "<bdi>Per</bdi>", "Haster",
		"Kunngjøring 3", "<bdi>Kari</bdi>", "Godkjent av <bdi>Ola</bdi>", "Ny &lt;b&gt;teller&lt;/b&gt;", "Kunngjøring 2", "Ukjent")
}

// Notices of one day are told apart by when they were published and what was said of them.
func TestNoticesOfOneDayAreToldApart(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	ola := h.member("ola@example.no", consent.RolePublisher, skogen)
	for _, comment := range []string{"Kartet er nytt", "Kartet er borte"} {
		h.wait(20 * time.Second)
		ola.edits(t, rounder)
		ola.post("/sites/skogen/publish", "was", ola.get("/sites/skogen/publish").was(t), "reason", comment)
	}
	at := func(ago time.Duration) string { return consent.InNorway(h.clock().Add(-ago)).Format("15.04.05") }
	ola.get("/sites/skogen/notices").follows(t, "Kunngjøring 4", "2. mars 2026 kl. "+at(0), "Kartet er borte", "Kunngjøring 3", "2. mars 2026 kl. "+at(20*time.Second), "Kartet er nytt")
}

// A program that may read the site is told of its notices what viewers see on the page.
func TestAPINoticesSayWhoMadeThem(t *testing.T) {
	h, kari, ola, per := pair(t)
	kari.proposes(t)
	ola.approves(t).leads(t, "/sites/skogen/notices/3?done=publish")
	kari.edits(t, rounder)
	h.publishedByCommand(t)
	g := per.program(t, consent.ScopeRead)
	all := read[api.Notices](t, g.get(apiSite+"/notices")).Notices
	if len(all) != 4 {
		t.Fatalf("got %+v", all)
	}
	is := func(hand *api.Hand, who *person, name string) bool {
		return hand != nil && hand.Account != nil && *hand.Account == int64(who.id) && hand.Name != nil && *hand.Name == name && !hand.Key && !hand.Command
	}
	if n := all[1]; n.Number != 3 || !is(n.Maker, kari, "Kari") || !is(n.Approver, ola, "Ola") || n.Approved == nil || n.Comment != "Ny <b>teller</b>" || n.Unapproved {
		t.Errorf("the approved one: %+v", n)
	}
	if n := all[0]; n.Maker == nil || !n.Maker.Command || n.Maker.Account != nil || n.Approver != nil || n.Approved != nil || !n.Unapproved {
		t.Errorf("that of a command: %+v", n)
	}
	if n := all[2]; n.Maker != nil || n.Comment != "" || n.Unapproved || n.Hash == "" {
		t.Errorf("one that the trail does not tell of: %+v", n)
	}
	for _, of := range []string{"Kari", "Ola", "teller"} {
		if body := g.get(apiSite + "/notices/3").body; strings.Contains(body, of+"<") || strings.Contains(body, `"`+of) || strings.Contains(body, "<b>") {
			t.Errorf("the notice itself holds %q", of)
		}
	}
	per.program(t, consent.ScopeEdit).get(apiSite+"/notices").problem(t, http.StatusForbidden, "scope_missing")
}

// What visitors and the public can have of a notice names nobody who made it.
func TestNobodyWhoPublishesIsPublic(t *testing.T) {
	h, kari, ola, _ := pair(t)
	kari.proposes(t)
	ola.approves(t).leads(t, "/sites/skogen/notices/3?done=publish")
	site := h.site(t, "skogen")
	_, err := h.store.Append(t.Context(), site.Decision(1))
	must(t, err)
	h.wait(50 * time.Hour)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	taken := map[string]string{"the notice": auditor.get("/sites/skogen/notices/3/notice.json").body}
	for _, form := range []string{"public", "csv", "jsonl", "jsonld"} {
		got := auditor.post("/sites/skogen/log/export", "form", form)
		got.shows(t, http.StatusOK)
		taken[form] = got.body
	}
	for name, body := range taken {
		for _, of := range []string{"Kari", "Ola", "@example.no", "teller</b>"} {
			if strings.Contains(body, of) {
				t.Errorf("%s holds %q:\n%s", name, of, body)
			}
		}
	}
}

// A long comment stands in the list as far as there is room for whole words; one without
// a blank is cut where the room ends.
func TestLongCommentEndsAtAWord(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	ola := h.member("ola@example.no", consent.RolePublisher, skogen)
	words := strings.Repeat("informasjonskapsler, ", 12)
	for _, comment := range []string{words, strings.Repeat("q", 200)} {
		ola.edits(t, rounder)
		ola.post("/sites/skogen/publish", "was", ola.get("/sites/skogen/publish").was(t), "reason", comment)
	}
	ola.get("/sites/skogen/notices").shows(t, http.StatusOK, strings.TrimSuffix(words[:7*len("informasjonskapsler, ")], ", ")+"…<", strings.Repeat("q", 160)+"…<")
}

package admin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
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
	draft, err := h.store.Draft(t.Context(), "skogen")
	must(t, err)
	byCommand := consent.WithAct(t.Context(), consent.Act{Time: h.clock(), Organisation: skogen, Site: "skogen", Action: consent.ActPublish})
	_, err = banner.Publish(byCommand, h.store, draft, consent.Shipped(), h.clock)
	must(t, err)
	says("8", "Publisert av</dt><dd><bdi>En kommando på serveren</bdi>")

	vera.get("/sites/skogen/notices").follows(t, "Kunngjøring 8", "En kommando på serveren", "Kunngjøring 7", "Per, med en API-nøkkel", "Fra byggeserveren", "Kunngjøring 5", "<bdi>Per</bdi>", "Haster",
		"Kunngjøring 3", "<bdi>Kari</bdi>", "Godkjent av <bdi>Ola</bdi>", "Ny &lt;b&gt;teller&lt;/b&gt;", "Kunngjøring 2", "Ukjent")
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

package admin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/server/api"
)

// A program that changes a draft is told that what waited lapsed by it, and so is the
// trail; what lapsed is cleared away with its own tag.
func TestAPITellsWhatLapses(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	g := boss.program(t, consent.Scopes...)
	const restore, lapsed = apiSite + "/notices/2/restore", "Samtykke-Plan-Lapsed"
	read[api.Planned](t, g.seen(apiPlan+"/schedule", apiDraft, `{"due": "`+h.clock().Add(time.Hour).Format(time.RFC3339)+`"}`))
	for _, want := range []string{"scheduled", ""} { // the second time nothing is left to lapse
		got := g.seen(restore, apiDraft, "")
		read[api.Restored](t, got)
		if is := got.header.Get(lapsed); is != want {
			t.Errorf("the answer tells of %q, want %q", is, want)
		}
	}
	boss.get("/organisations/skogen/trail").shows(t, http.StatusOK, "Det som var planlagt", "bestemt tidspunkt</bdi> → <bdi>falt bort")
	if p := read[api.Planned](t, g.seen(apiPlan+"/cancel", apiPlan, "")).Plan; p.State != consent.PlanCancelled {
		t.Errorf("got %+v", p)
	}
	g.seen(apiPlan+"/cancel", apiPlan, "").problem(t, http.StatusConflict, "plan_changed")
}

// What lapsed is cleared away on the page, by who could have ended it.
func TestWhatLapsedIsClearedAway(t *testing.T) {
	h, kari, ola, per := pair(t)
	const page = "/sites/skogen/publish"
	kari.post(page+"/propose", "was", kari.get(page).was(t), "reason", "Ny teller").leads(t, page+"?done=plan_propose")
	plan := ola.get(page).plan(t)
	h.redraft(t, rounder)
	for _, each := range []*person{kari, ola} {
		each.get(page).shows(t, http.StatusOK, "falt bort, fordi kladden er endret", "Rydd bort", `action="/sites/skogen/publish/return"`)
	}
	if strings.Contains(h.member("eva@example.no", consent.RoleViewer, skogen).get(page).body, "Rydd bort") {
		t.Error("a viewer is offered to clear it away")
	}
	ola.post(page+"/return", "plan", plan).leads(t, page+"?done=plan_return")
	ola.post(page+"/return", "plan", plan).shows(t, http.StatusConflict)

	h.two(t, skogen, false)
	ola.schedules(t, 10*time.Minute)
	plan = ola.get(page).plan(t)
	per.edits(t, rounder)
	ola.get(page).shows(t, http.StatusOK, "er avlyst, fordi kladden er endret.", "Rydd bort")
	ola.post(page+"/cancel", "plan", plan).leads(t, page+"?done=plan_cancel")
	if shown := ola.get(page); strings.Contains(shown.body, "Rydd bort") {
		t.Error("what was cleared away is there to be cleared away")
	}
}

// Who gives an organisation another name is told before for which sites something lapses
// by that, and the sites say that it did.
func TestARenameSaysWhatLapses(t *testing.T) {
	h, kari, ola, per := pair(t)
	const settings, named = "/organisations/skogen/settings", `<li><a href="/sites/skogen/publish">`
	rename := func(name string) {
		t.Helper()
		per.post(settings, "was", per.get(settings).was(t), "name", name, "number", "864949762").leads(t, settings+"?done=organisation")
	}
	says := func(want bool) {
		t.Helper()
		if got := strings.Contains(per.get(settings).body, named); got != want {
			t.Errorf("the page says that something lapses: %t", got)
		}
	}
	says(false)
	kari.proposes(t)
	says(true)
	rename("Nye Skogen kommune")
	says(false)
	ola.get("/sites/skogen").shows(t, http.StatusOK, "Forslaget fra Kari", "falt bort, fordi kladden er endret")
	h.two(t, skogen, false)
	ola.post("/sites/skogen/publish/return", "plan", ola.get("/sites/skogen/publish").plan(t)).leads(t, "/sites/skogen/publish?done=plan_return")
	ola.schedules(t, 10*time.Minute)
	says(true)
	rename("Skogen kommune")
	says(false)
	ola.get("/sites/skogen").shows(t, http.StatusOK, "er avlyst, fordi kladden er endret.")
}

// Who may change a draft for which something is planned is told so before, and once it is
// saved that it fell, by whom it was planned and for when; a viewer reads nothing of it.
func TestWhoChangesAPlannedDraftIsTold(t *testing.T) {
	h, kari, ola, _ := pair(t)
	h.two(t, skogen, false)
	const settings, publish = "/sites/skogen/settings", "/sites/skogen/publish"
	if body := kari.get(settings).body; strings.Contains(body, "planned") {
		t.Error("it is said that something is planned, and nothing is")
	}
	ola.schedules(t, 48*time.Hour)
	kari.get(settings).shows(t, http.StatusOK, "Kladden blir publisert 4. mars 2026", "Det har Ola bestemt. Lagrer du en endring, er publiseringen avlyst")
	if body := kari.get("/sites/skogen/notices").body; strings.Contains(body, "Lagrer du en endring") {
		t.Error("a page that changes nothing warns")
	}
	saved := kari.save(counterPage, kari.get(counterPage).form(t), "name.nb", "Ny teller")
	kari.get(saved.header.Get("Location")).shows(t, http.StatusOK, "Publiseringen som Ola hadde bestemt til 4. mars 2026", "er avlyst, fordi kladden ble endret", `<a href="`+publish+`">Planlegg på nytt</a>`)
	again := kari.save(counterPage, kari.get(counterPage).form(t), "name.nb", "Nyere teller")
	again.leads(t, counterPage+"?done=saved")
	for _, page := range []string{settings, settings + "?done=saved", counterPage + "?done=saved"} {
		if strings.Contains(kari.get(page).body, "hadde bestemt") {
			t.Errorf("%s tells of it, where nothing fell", page)
		}
	}
	const by = "er avlyst, fordi kladden er endret. Den ble endret 2. mars 2026 kl. 09.30 norsk tid (UTC&#43;1) av "
	kari.get(publish).shows(t, http.StatusOK, by+"deg selv: Endret en tjeneste i kladden.")
	ola.get("/sites/skogen").shows(t, http.StatusOK, by+"Kari: Endret en tjeneste i kladden.")
	if strings.Contains(h.member("eva@example.no", consent.RoleViewer, skogen).get("/sites/skogen?done=saved").body, "hadde bestemt") {
		t.Error("a viewer is told of it")
	}
}

// Who saves what is saved already changes nothing: no act, no other revision, and what is
// planned is published.
func TestSavingTheSameLapsesNothing(t *testing.T) {
	h, _, ola, per := pair(t)
	h.two(t, skogen, false)
	restore := func() {
		t.Helper()
		draft, err := h.store.Draft(t.Context(), "skogen")
		must(t, err)
		answer := per.agrees("/sites/skogen/notices/1/restore", "was", admin.Fingerprint(draft))
		if answer.status != http.StatusSeeOther {
			t.Fatalf("status %d", answer.status)
		}
	}
	restore()
	ola.schedules(t, 48*time.Hour)
	_, revision, err := h.store.DraftAt(t.Context(), "skogen")
	must(t, err)
	for _, part := range []string{"site", "manner", "look", "contacts", "keeping"} {
		page := "/sites/skogen/settings/" + part
		per.save(page, per.get(page).settingsOf(t, part), "agreed", "yes").leads(t, page+"?done=saved")
	}
	restore()
	if _, now, err := h.store.DraftAt(t.Context(), "skogen"); err != nil || now != revision {
		t.Errorf("the draft is at revision %d, was at %d: %v", now, revision, err)
	}
	if plan, err := h.store.Plan(t.Context(), "skogen"); err != nil || !plan.Waits() {
		t.Errorf("got %+v, %v", plan, err)
	}
	per.save("/sites/skogen/settings/site", per.get("/sites/skogen/settings/site").settingsOf(t, "site"), "name.nb", "Nye Skogen")
	if plan, err := h.store.Plan(t.Context(), "skogen"); err != nil || plan.Waits() {
		t.Errorf("what another draft was planned for still waits: %+v, %v", plan, err)
	}
}

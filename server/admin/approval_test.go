package admin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// draftHash is what tells the draft of Skogen from any other.
func (h *house) draftHash(t *testing.T) consent.Hash {
	t.Helper()
	draft, err := h.store.Draft(t.Context(), "skogen")
	must(t, err)
	return draft.Hash()
}

// object gives what the trail of Skogen tells that its last act of a kind was about.
func (h *house) object(t *testing.T, action string) string {
	t.Helper()
	acts, err := h.store.Acts(t.Context(), consent.TrailQuery{Organisation: skogen, Action: action, Limit: 1})
	must(t, err)
	if len(acts) != 1 {
		t.Fatalf("the trail tells of no %s", action)
	}
	return acts[0].Object
}

// Whoever proposes and whoever approves see the same checksum, and the trail tells it
// of both. What is approved is what the person has seen, also when another draft was
// proposed while the page stood open.
func TestAnApprovalIsOfWhatWasSeen(t *testing.T) {
	h, kari, ola, per := pair(t)
	first := h.draftHash(t)
	kari.get("/sites/skogen/publish").shows(t, 200, "Kontrollsum for kladden:", first.Short())
	kari.proposes(t)
	old := ola.get("/sites/skogen/publish")
	old.shows(t, 200, "Kontrollsum for kladden:", "<code>"+first.String()+"</code>", first.Short())
	if got := h.object(t, "publish.propose"); got != "draft="+first.String() {
		t.Errorf("the trail tells of a proposal about %q", got)
	}

	kari.edits(t, rounder)
	kari.proposes(t)
	second := h.draftHash(t)
	fresh := ola.get("/sites/skogen/publish")
	fresh.shows(t, 200, second.Short())
	if first == second || strings.Contains(fresh.body, first.Short()) {
		t.Error("two drafts have one checksum")
	}
	for name, was := range map[string]string{"another draft": old.was(t), "nothing": "", "no checksum": "x"} {
		ola.post("/sites/skogen/publish/approve", "plan", fresh.plan(t), "was", was).shows(t, 409, "er endret i mellomtiden", second.Short())
		if got := h.number(t, "skogen"); got != 2 {
			t.Fatalf("who saw %s has published notice %d", name, got)
		}
	}
	ola.post("/sites/skogen/publish/approve", fresh.approval(t)...).leads(t, "/sites/skogen/notices/3?done=publish")
	if got := h.object(t, "publish.approve"); got != "draft="+second.String()+" notice=3" {
		t.Errorf("the trail tells of an approval of %q", got)
	}
	per.get("/organisations/skogen/trail").shows(t, 200, "Kontrollsum for kladden: "+second.Short()+", Kunngjøring: 3")
	per.get("/organisations/skogen/trail?action=notice.publish").shows(t, 200, "Kontrollsum for kladden: "+second.Short()+", Kunngjøring: 3")
}

// What is published at its time is told by the checksum that was approved.
func TestTheTrailTellsWhichDraftWasDue(t *testing.T) {
	h, kari, ola, per := pair(t)
	day, clock := dayAndClock(h.clock().Add(20 * time.Minute))
	kari.proposes(t, "when", "later", "day", day, "clock", clock)
	ola.post("/sites/skogen/publish/approve", ola.get("/sites/skogen/publish").approval(t)...).leads(t, "/sites/skogen/publish?done=plan_approve")
	sum := h.draftHash(t)
	kari.get("/sites/skogen/publish").shows(t, 200, "Ola godkjente det.", sum.Short())
	h.wait(30 * time.Minute)
	h.publisher().PublishDue(t.Context())
	for action, want := range map[string]string{
		"publish.propose": day + " " + clock + " draft=" + sum.String(), "publish.approve": "draft=" + sum.String() + " due=" + day + "T" + clock, "publish.due": "draft=" + sum.String() + " notice=3",
	} {
		if got := h.object(t, action); got != want {
			t.Errorf("%s is about %q, want %q", action, got, want)
		}
	}
	per.get("/organisations/skogen/trail").shows(t, 200, " kl. "+strings.Replace(clock, ":", ".", 1)+" norsk tid", "), Kontrollsum for kladden: "+sum.Short())
	published := per.get("/organisations/skogen/trail?action=notice.publish")
	published.shows(t, 200, "Kontrollsum for kladden: "+sum.Short()+", Kunngjøring: 3")
	if n := strings.Count(published.body, "Kontrollsum for kladden:"); n != 1 {
		t.Errorf("%d acts are told to have published one notice", n)
	}
}

// The page says which categories are asked again, and why.
func TestPublishSaysWhyVisitorsAreAskedAgain(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	h.redraft(t, func(d *consent.Draft) {
		d.Services[1].Provider.Name = "Filmselskapet AS"
		d.Categories[1].Purpose = consent.Text{consent.Bokmaal: "Vi selger reklame.", consent.English: "We sell advertisements."}
	})
	kari := h.member("kari@example.no", consent.RolePublisher, skogen)
	kari.get("/sites/skogen/publish").shows(t, 200,
		"<li>Statistikk<ul><li>Informasjonskapslene til Telleren er endret: ny.kake.</li></ul></li>",
		"<li>Markedsføring<ul><li>Formålet er endret.</li><li>Filmviseren har fått en annen leverandør eller mottaker.</li><li>Filmviseren er ikke med lenger.</li></ul></li>")
	kari.post("/sites/skogen/publish", "was", kari.get("/sites/skogen/publish").was(t)).leads(t, "/sites/skogen/notices/3?done=publish")
	kari.get("/sites/skogen/notices/3").shows(t, 200, "<li>Informasjonskapslene til Telleren er endret: ny.kake.</li>")
}

// Who may not publish reads who may, and what they may do themselves.
func TestPublishSaysWhoMay(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	viewer, auditor, editor := h.member("v@example.no", consent.RoleViewer, skogen), h.member("a@example.no", consent.RoleAuditor, skogen), h.member("e@example.no", consent.RoleEditor, skogen)
	viewer.get("/sites/skogen/publish").shows(t, 200, "Rollen din er Leser, og den kan ikke publisere.", "Ingen her har rollen Utgiver eller Administrator ennå.")
	ola := h.member("ola@example.no", consent.RolePublisher, skogen)
	must(t, h.store.SetProfile(t.Context(), ola.id, "Ola <b>", consent.Bokmaal))
	for _, p := range []*person{viewer, auditor} {
		page := p.get("/sites/skogen/publish")
		page.shows(t, 200, "og den kan ikke publisere.", "Dette kan publiseres av: <bdi>Ola &lt;b&gt;</bdi>.", "men ikke endre eller foreslå noe.")
		if strings.Contains(page.body, `action="/sites/skogen/publish`) {
			t.Error("who may only look is offered more")
		}
	}
	viewer.get("/sites/faulty/publish").shows(t, 200, "Dette kan publiseres av:")

	page := editor.get("/sites/skogen/publish")
	page.shows(t, 200, "Rollen din er Redaktør", "Du kan foreslå kladden slik den er nå.", `action="/sites/skogen/publish/propose"`, "Foreslå publisering")
	if strings.Contains(page.body, `action="/sites/skogen/publish"`) {
		t.Error("an editor is offered to publish")
	}
	editor.proposes(t)
	// Nobody has to wait for it where one publishes alone.
	theirs := ola.get("/sites/skogen/publish")
	theirs.shows(t, 200, `action="/sites/skogen/publish/approve"`, `action="/sites/skogen/publish"`)
	if strings.Contains(theirs.body, "Dette kan publiseres av") {
		t.Error("who may publish is told who may")
	}
	ola.post("/sites/skogen/publish/approve", theirs.approval(t)...).leads(t, "/sites/skogen/notices/3?done=publish")
}

// What says the same as the notice in force is neither proposed nor planned.
func TestAnUnchangedDraftIsNotPlanned(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	h.publish(t)
	ola := h.member("ola@example.no", consent.RolePublisher, skogen)
	day, clock := dayAndClock(h.clock().Add(20 * time.Minute))
	seen := []string{"was", h.draftHash(t).String()}
	const why = "så det er ingenting å foreslå eller planlegge."
	ola.post("/sites/skogen/publish/propose", seen...).shows(t, http.StatusConflict, why)
	ola.post("/sites/skogen/publish", append(seen, "when", "later", "day", day, "clock", clock)...).shows(t, http.StatusConflict, why)
	g := ola.program(t, consent.ScopeRead, consent.ScopeEdit, consent.ScopePublish)
	g.seen(apiPlan+"/propose", apiDraft, "{}").problem(t, http.StatusConflict, "nothing_changed")
	g.seen(apiPlan+"/schedule", apiDraft, `{"due": "`+h.clock().Add(time.Hour).Format(time.RFC3339)+`"}`).problem(t, http.StatusConflict, "nothing_changed")
	if plan, err := h.store.Plan(t.Context(), "skogen"); consent.KindOf(err) != consent.NotFound {
		t.Errorf("planned is %+v (%v)", plan, err)
	}
}

// Of a purpose that was rewritten in one of the other languages nobody is asked, and
// whoever publishes is told.
func TestPublishTellsWhatWasRetold(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	h.redraft(t, func(d *consent.Draft) { d.Categories[1].Purpose[consent.English] = "We sell what we know of you." })
	kari := h.member("kari@example.no", consent.RolePublisher, skogen)
	kari.get("/sites/skogen/publish").shows(t, 200, "Et formål er skrevet om på et av språkene, og ingen blir spurt igjen for det.", "sett formålets utgave til 2.")
	got := read[api.Changes](t, kari.program(t, consent.ScopeRead).get(apiSite+"/draft/changes"))
	if len(got.Retold) != 1 || got.Retold[0].Place != "category marketing" || got.Retold[0].Revision != 2 {
		t.Errorf("got %+v", got)
	}
}

package admin_test

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
)

// approval gives what approves what a page shows.
func (a answer) approval(t *testing.T) []string {
	t.Helper()
	return []string{"plan", a.plan(t), "was", a.was(t)}
}

var planField = regexp.MustCompile(`name="plan" value="(\d+)"`)

// plan gives which plan a page shows.
func (a answer) plan(t *testing.T) string {
	t.Helper()
	found := planField.FindStringSubmatch(a.body)
	if found == nil {
		t.Fatalf("the page offers no answer to a plan:\n%s", a.body)
	}
	return found[1]
}

// edits changes the draft of Skogen as its page would, in a person's name.
func (p *person) edits(t *testing.T, change func(*consent.Draft)) {
	t.Helper()
	draft, revision, err := p.store.DraftAt(t.Context(), "skogen")
	must(t, err)
	change(draft)
	ctx := consent.WithAct(t.Context(), consent.Act{Time: p.clock(), Account: p.id, Organisation: skogen, Site: "skogen", Action: "draft.save"})
	must(t, p.store.ReplaceDraft(ctx, draft, revision, p.clock()))
}

func rounder(d *consent.Draft) { d.Site.Look.Radius++ }

// pair is a house whose organisation asks for two people: an editor who has changed
// the draft last, and two who publish.
func pair(t *testing.T) (h *house, kari, ola, per *person) {
	t.Helper()
	h = open(t)
	publishingFixtures(t, h)
	named := func(name string, role consent.AccountRole) *person {
		p := h.member(name+"@example.no", role, skogen)
		must(t, h.store.SetProfile(t.Context(), p.id, name, consent.Bokmaal))
		return p
	}
	kari, ola, per = named("Kari", consent.RoleEditor), named("Ola", consent.RolePublisher), named("Per", consent.RoleAdministrator)
	per.post("/organisations/skogen/two", "needed", "yes").leads(t, "/organisations/skogen/settings?done=saved")
	kari.edits(t, rounder)
	return h, kari, ola, per
}

// two sets whether nobody publishes alone, as if it had always been so.
func (h *house) two(t *testing.T, organisation consent.OrganisationID, on bool) {
	t.Helper()
	was, err := h.store.TwoRule(t.Context(), organisation)
	must(t, err)
	must(t, h.store.SetTwoRule(t.Context(), organisation, consent.TwoRule{On: on}, was))
}

// proposes proposes what the page shows.
func (p *person) proposes(t *testing.T, pairs ...string) {
	t.Helper()
	page := p.get("/sites/skogen/publish")
	p.post("/sites/skogen/publish/propose", append([]string{"was", page.was(t), "reason", "Ny <b>teller</b>"}, pairs...)...).leads(t, "/sites/skogen/publish?done=plan_propose")
}

// acts gives what the trail of Skogen tells last, the newest first.
func (h *house) lastActs(t *testing.T, n int) string {
	t.Helper()
	acts, err := h.store.Acts(t.Context(), consent.TrailQuery{Organisation: skogen, Limit: n})
	must(t, err)
	var all []string
	for _, act := range acts {
		all = append(all, act.Action+" by "+strconv.Itoa(int(act.Account))+" for "+act.Reason)
	}
	return strings.Join(all, "; ")
}

// One proposes, another approves, and the very draft that was proposed is
// published.
func TestTwoPeoplePublish(t *testing.T) {
	h, kari, ola, per := pair(t)
	ola.get("/sites/skogen/publish").shows(t, 200, "I denne organisasjonen publiserer ingen alene.", `action="/sites/skogen/publish/propose"`)
	kari.proposes(t)
	kari.get("/sites/skogen/publish").shows(t, 200, "Kari foreslo", "Ny &lt;b&gt;teller&lt;/b&gt;", "Dette kan godkjennes av: Ola, Per.", "Trekk forslaget")
	kari.get("/sites/skogen").shows(t, 200, "Kari foreslo", "Dette kan godkjennes av: Ola, Per.")
	page := ola.get("/sites/skogen/publish")
	page.shows(t, 200, "Kari foreslo", `action="/sites/skogen/publish/approve"`, "Legger til informasjonskapselen.")
	if strings.Contains(page.body, `action="/sites/skogen/publish/propose"`) {
		t.Error("another proposal is offered while one waits")
	}
	draft, err := h.store.Draft(t.Context(), "skogen")
	must(t, err)
	per.post("/sites/skogen/publish/propose", "was", admin.Fingerprint(draft)).shows(t, 409, "Det er allerede bestemt noe")
	ola.post("/sites/skogen/publish/approve", page.approval(t)...).leads(t, "/sites/skogen/notices/3?done=publish")
	notice, err := h.store.Notice(t.Context(), "skogen", 3)
	must(t, err)
	if notice.Draft.Site.Look.Radius != draft.Site.Look.Radius {
		t.Error("another draft was published than the one that was proposed")
	}
	want := "publish.approve by " + strconv.Itoa(int(ola.id)) + " for ; publish.propose by " + strconv.Itoa(int(kari.id)) + " for Ny <b>teller</b>"
	if got := h.lastActs(t, 2); got != want {
		t.Errorf("the trail tells %q, want %q", got, want)
	}
	ola.post("/sites/skogen/publish/approve", "plan", page.plan(t)).shows(t, 409, "er endret i mellomtiden")
	if got := h.number(t, "skogen"); got != 3 {
		t.Errorf("approved twice: notice %d is in force", got)
	}
}

// Nobody approves their own work, and nobody publishes beside a proposal.
func TestNobodyPublishesAlone(t *testing.T) {
	h, kari, ola, per := pair(t)
	draft, err := h.store.Draft(t.Context(), "skogen")
	must(t, err)
	per.post("/sites/skogen/publish", "was", admin.Fingerprint(draft), "reason", "Haster").shows(t, 403, "I denne organisasjonen publiserer ingen alene.", ">Haster</textarea>")
	ola.proposes(t)
	own := ola.get("/sites/skogen/publish")
	own.shows(t, 200, "Du har foreslått dette selv.", "Dette kan godkjennes av: Per.")
	if strings.Contains(own.body, "/publish/approve") {
		t.Error("who proposed is offered to approve")
	}
	ola.post("/sites/skogen/publish/approve", "plan", own.plan(t)).shows(t, 403, "Du har foreslått dette selv.")
	kari.post("/sites/skogen/publish/approve", "plan", own.plan(t)).shows(t, 403)
	kari.post("/sites/skogen/publish/return", "plan", own.plan(t), "reason", "Nei").shows(t, 403)

	per.edits(t, rounder)
	per.get("/sites/skogen/publish").shows(t, 200, "Forslaget fra Ola", "falt bort, fordi kladden er endret etterpå")
	per.post("/sites/skogen/publish/approve", "plan", own.plan(t)).shows(t, 409, "er endret i mellomtiden")
	kari.proposes(t)
	page := per.get("/sites/skogen/publish")
	page.shows(t, 200, "Du har endret kladden siden forrige kunngjøring.", "Dette kan godkjennes av: Ola.")
	per.post("/sites/skogen/publish/approve", "plan", page.plan(t)).shows(t, 403, "Du har endret kladden siden forrige kunngjøring.")

	// An older notice comes back through the same door.
	per.agrees("/sites/skogen/notices/1/restore", "was", per.get("/sites/skogen/notices/1").was(t)).leads(t, "/sites/skogen/publish?done=restore&fell=2")
	draft, err = h.store.Draft(t.Context(), "skogen")
	must(t, err)
	per.post("/sites/skogen/publish", "was", admin.Fingerprint(draft)).shows(t, 403)
	if got := h.number(t, "skogen"); got != 2 {
		t.Errorf("notice %d is in force", got)
	}
	h.publish(t) // the operator may, on the machine
	if got := h.number(t, "skogen"); got != 3 {
		t.Errorf("notice %d is in force", got)
	}
}

// A proposal goes back with a reason, or is taken back by who made it.
func TestAProposalIsReturned(t *testing.T) {
	h, kari, ola, _ := pair(t)
	kari.proposes(t)
	plan := ola.get("/sites/skogen/publish").plan(t)
	ola.post("/sites/skogen/publish/return", "plan", plan).shows(t, 422, "Skriv hva som må endres.")
	ola.post("/sites/skogen/publish/return", "plan", plan, "reason", strings.Repeat("å", 2001)).shows(t, 422, "Kommentaren har 2\u202f001 tegn.")
	ola.post("/sites/skogen/publish/return", "plan", plan, "reason", "Mangler <i>nynorsk</i>").leads(t, "/sites/skogen/publish?done=plan_return")
	kari.get("/sites/skogen/publish").shows(t, 200, "Ola sendte forslaget ditt tilbake.", "Mangler &lt;i&gt;nynorsk&lt;/i&gt;", `action="/sites/skogen/publish/propose"`)
	ola.post("/sites/skogen/publish/approve", "plan", plan).shows(t, 409)
	kari.proposes(t)
	kari.post("/sites/skogen/publish/return", "plan", kari.get("/sites/skogen/publish").plan(t)).leads(t, "/sites/skogen/publish?done=plan_return")
	if got := h.lastActs(t, 1); !strings.HasPrefix(got, "publish.return by "+strconv.Itoa(int(kari.id))) {
		t.Errorf("the trail tells %q", got)
	}
	if got := h.number(t, "skogen"); got != 2 {
		t.Errorf("notice %d is in force", got)
	}
}

// Two people cannot be asked for where there is one.
func TestTwoPeopleNeedTwo(t *testing.T) {
	h := open(t)
	per := h.member("per@example.no", consent.RoleAdministrator, skogen)
	h.member("kari@example.no", consent.RoleEditor, skogen)
	h.member("ola@example.no", consent.RolePublisher, havet)
	per.get("/organisations/skogen/settings").shows(t, 200, "Bare én person kan publisere her.")
	per.post("/organisations/skogen/two", "needed", "yes").shows(t, 409, "Bare én person kan publisere her.")
	h.member("eva@example.no", consent.RolePublisher, skogen)
	per.post("/organisations/skogen/two", "needed", "yes").leads(t, "/organisations/skogen/settings?done=saved")
	per.get("/organisations/skogen/settings").shows(t, 200, "Ingen publiserer alene", "Ingen kan bekrefte dette nå.")
	if needed, err := h.store.NeedsTwo(t.Context(), havet); err != nil || needed {
		t.Errorf("another organisation is asked, too: %v", err)
	}
}

// A program publishes no more alone than a person does.
func TestAPIDoesNotPublishAlone(t *testing.T) {
	h := open(t)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.Scopes...)
	g.two(t, skogen, true)
	g.redraft(t, rounder)
	tag := g.get(apiDraft).header.Get("ETag")
	g.call(http.MethodPost, apiSite+"/publish", `{}`, "If-Match", tag).problem(t, http.StatusForbidden, "approval_needed")
	if got := g.number(t, "skogen"); got != 1 {
		t.Errorf("notice %d is in force", got)
	}
}

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

const madeWithKey = "Forslaget er laget med en API-nøkkel, og kan ikke godkjennes"

// writes changes the draft with a key.
func (g *program) writes(t *testing.T, radius int) {
	t.Helper()
	body, tag := g.changed(func(d map[string]any) {
		d["site"].(map[string]any)["look"].(map[string]any)["radius"] = radius
	})
	if got := read[api.Saved](t, g.call(http.MethodPut, apiDraft, body, "If-Match", tag)); !got.Changed {
		t.Fatal("the key has not changed the draft")
	}
}

// Whoever holds another's key is one person still: the key changes the draft, and neither
// proposes it nor sets a time, and the page says whose key it was.
func TestAnothersKeyIsNoSecondPerson(t *testing.T) {
	h, kari, ola, per := pair(t)
	const publish = "/sites/skogen/publish"
	if page := ola.get(publish); strings.Contains(page.body, `id="keys"`) {
		t.Error("what people changed is told to be changed with a key")
	}
	pers := per.program(t, consent.ScopeRead, consent.ScopeEdit, consent.ScopePublish) // in the hands of Ola
	pers.writes(t, 7)
	pers.seen(apiPlan+"/propose", apiDraft, "{}").problem(t, http.StatusForbidden, "two_people_key")
	due := `{"due": "` + h.clock().Add(time.Hour).Format(time.RFC3339) + `"}`
	pers.seen(apiPlan+"/propose", apiDraft, due).problem(t, http.StatusForbidden, "two_people_key")
	pers.seen(apiPlan+"/schedule", apiDraft, due).problem(t, http.StatusForbidden, "two_people_key")
	if none := read[api.Planned](t, pers.get(apiPlan)); none.Plan != nil {
		t.Fatalf("a key has proposed %+v", none.Plan)
	}
	ola.post(publish+"/approve", "plan", "1", "was", ola.get(publish).was(t)).shows(t, http.StatusConflict)

	// Whoever proposes on the page sees whose key has changed the draft, as does who approves.
	told := []string{"endret med en API-nøkkel siden forrige kunngjøring. Nøkkelen er laget av: <bdi>Per</bdi>."}
	kari.get(publish).shows(t, 200, told...)
	kari.proposes(t)
	page := ola.get(publish)
	page.shows(t, 200, told...)
	per.post(publish+"/approve", page.approval(t)...).shows(t, http.StatusForbidden, "Du har endret kladden siden forrige kunngjøring.")
	ola.post(publish+"/approve", page.approval(t)...).leads(t, "/sites/skogen/notices/3?done=publish")
}

// What a key proposed before two people were required is proposed anew by hand.
func TestAKeysProposalDoesNotOutliveTheRule(t *testing.T) {
	h, kari, ola, per := pair(t)
	const publish = "/sites/skogen/publish"
	h.two(t, skogen, false)
	pers := per.program(t, consent.ScopeRead, consent.ScopeEdit, consent.ScopePublish)
	read[api.Planned](t, pers.seen(apiPlan+"/propose", apiDraft, "{}"))
	h.two(t, skogen, true)
	page := ola.get(publish)
	page.shows(t, 200, madeWithKey)
	if strings.Contains(page.body, publish+"/approve") {
		t.Error("the page offers to approve what a key proposed")
	}
	draft, err := h.store.Draft(t.Context(), "skogen")
	must(t, err)
	ola.post(publish+"/approve", "plan", page.plan(t), "was", admin.Fingerprint(draft)).shows(t, http.StatusForbidden, madeWithKey)
	per.post(publish+"/return", "plan", page.plan(t)).leads(t, publish+"?done=plan_return")
	kari.proposes(t)
	page = ola.get(publish)
	if strings.Contains(page.body, madeWithKey) {
		t.Error("what was proposed by hand is told to be by a key")
	}
	ola.post(publish+"/approve", page.approval(t)...).leads(t, "/sites/skogen/notices/3?done=publish")
}

// Nor is it published at its time, though somebody agreed before.
func TestAKeysProposalFailsAtItsTime(t *testing.T) {
	h, _, ola, per := pair(t)
	const publish = "/sites/skogen/publish"
	h.two(t, skogen, false)
	pers := per.program(t, consent.ScopeRead, consent.ScopeEdit)
	due := `{"due": "` + h.clock().Add(10*time.Minute).Format(time.RFC3339) + `"}`
	read[api.Planned](t, pers.seen(apiPlan+"/propose", apiDraft, due))
	ola.post(publish+"/approve", ola.get(publish).approval(t)...).leads(t, publish+"?done=plan_approve")
	h.two(t, skogen, true)
	h.wait(11 * time.Minute)
	h.publisher().PublishDue(t.Context())
	if got := h.number(t, "skogen"); got != 2 {
		t.Fatalf("notice %d is in force", got)
	}
	ola.get(publish).shows(t, 200, "organisasjonen krever nå at en annen godkjenner.")
}

// What a key of an earlier version asked for ends no rule.
func TestAKeyDoesNotEndTheRule(t *testing.T) {
	h, _, _, per := pair(t)
	const settings, two = "/organisations/skogen/settings", "/organisations/skogen/two"
	eva := h.member("eva@example.no", consent.RoleAdministrator, skogen)
	was, err := h.store.TwoRule(t.Context(), skogen)
	must(t, err)
	asked := was
	asked.Ender, asked.Asked = per.id, h.clock()
	ctx := consent.WithAct(t.Context(), consent.Act{Time: h.clock(), Account: per.id, Organisation: skogen, Action: "api.organisation.two", Object: "key=000000000000 no"})
	must(t, h.store.SetTwoRule(ctx, skogen, asked, was))
	if page := eva.get(settings); strings.Contains(page.body, two+"/end") {
		t.Error("the page offers to agree with a key")
	}
	eva.post(two+"/end").shows(t, http.StatusConflict)
	if needed, err := h.store.NeedsTwo(t.Context(), skogen); err != nil || !needed {
		t.Fatalf("one person has ended the rule with another's key: %v", err)
	}
	per.post(two+"/propose").leads(t, settings+"?done=two_proposed")
	eva.post(two+"/end").leads(t, settings+"?done=two_ended")
}

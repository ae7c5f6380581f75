package admin_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

const apiPlan = apiSite + "/plan"

// seen sends something to where it is about what was got of an address.
func (g *program) seen(path, of, body string) answer {
	g.t.Helper()
	return g.call(http.MethodPost, path, body, "If-Match", g.get(of).header.Get("ETag"))
}

// What is wrong with a draft is told as the page tells it, and what is sound is.
func TestAPICheck(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	g := h.member("boss@example.no", consent.RoleViewer, skogen).program(t, consent.ScopeRead)
	got := g.get(apiDraft + "/problems")
	if said := read[api.Checked](t, got); !said.Sound || len(said.Faults) != 0 || got.header.Get("ETag") != g.get(apiDraft).header.Get("ETag") {
		t.Errorf("got %+v, %s", said, got.header.Get("ETag"))
	}
	said := read[api.Checked](t, g.get(api.Base+"/sites/faulty/draft/problems"))
	for path, code := range map[string]string{"site.heading_level": "heading_level", "site.origins": "no_origin", "services.counter.provider.name": "no_provider", "services.counter.ask": "unknown_value"} {
		if !slices.ContainsFunc(said.Faults, func(p consent.Problem) bool {
			return p.Path == path && p.Code == code && p.Message != "" && p.Repair != ""
		}) {
			t.Errorf("%s at %s is not told: %+v", code, path, said.Faults)
		}
	}
	if said.Sound {
		t.Error("a draft with faults is sound")
	}
	h.redraft(t, func(d *consent.Draft) { d.Services = slices.Repeat(d.Services, 700) })
	said = read[api.Checked](t, g.get(apiDraft+"/problems"))
	if len(said.Faults) != 1000 || said.More == 0 {
		t.Errorf("%d faults are told, and %d are not", len(said.Faults), said.More)
	}
}

// What publishing would change is told in words, field by field, and by who is asked
// again, as on the page.
func TestAPIChanges(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	g := h.member("boss@example.no", consent.RoleViewer, skogen).program(t, consent.ScopeRead)
	said := read[api.Changes](t, g.get(apiDraft+"/changes?language=nb"))
	if said.Notice == nil || *said.Notice != 2 || !said.Changed || said.Draft == "" || said.More != 0 || said.MoreThings != 0 {
		t.Fatalf("got %+v", said)
	}
	thing := func(name string) *api.ChangedThing {
		at := slices.IndexFunc(said.Things, func(c api.ChangedThing) bool { return c.Thing == name })
		if at < 0 {
			t.Fatalf("nothing is said of %s: %+v", name, said.Things)
		}
		return &said.Things[at]
	}
	if c := thing("Informasjonskapselen ny.kake i Telleren"); len(c.Lines) != 4 || c.Lines[0].Sentence != "Legger til informasjonskapselen." || *c.Lines[1].New != "Statistikk" || c.Lines[1].Old != nil {
		t.Errorf("got %+v", c)
	}
	if c := thing("Nettstedet"); len(c.Lines) != 1 || c.Lines[0].Old == nil || *c.Lines[0].Old != "12 måneder" || *c.Lines[0].New != "6 måneder" {
		t.Errorf("got %+v", c)
	}
	at := func(path string) *api.Difference {
		for i := range said.Differences {
			if strings.Join(said.Differences[i].Path, ".") == path {
				return &said.Differences[i]
			}
		}
		t.Fatalf("%s is not told: %+v", path, said.Differences)
		return nil
	}
	if d := at("site.validity"); d.Change != consent.Altered || d.Old != "P12M" || d.New != "P6M" {
		t.Errorf("got %+v", d)
	}
	if d := at("services.leaving"); d.Change != consent.Vanished || d.Old == nil || d.New != nil {
		t.Errorf("got %+v", d)
	}
	if !slices.Equal(said.Asked.Again, []string{"statistics", "marketing"}) || said.Asked.OlderThan != "P6M" {
		t.Errorf("got %+v", said.Asked)
	}
	if english := read[api.Changes](t, g.get(apiDraft+"/changes")); !slices.ContainsFunc(english.Things, func(c api.ChangedThing) bool { return strings.Contains(c.Thing, "cookie ny.kake") }) {
		t.Errorf("got %+v", english.Things)
	}
	g.get(apiDraft+"/changes?language=se").faultsAt(t, "language")
	h.publish(t)
	if none := read[api.Changes](t, g.get(apiDraft+"/changes")); none.Changed || len(none.Things) != 0 || len(none.Differences) != 0 {
		t.Errorf("got %+v", none)
	}
	if first := read[api.Changes](t, g.get(api.Base+"/sites/faulty/draft/changes")); first.Notice != nil || !first.Changed || len(first.Differences) != 0 || len(first.Asked.First) == 0 {
		t.Errorf("got %+v", first)
	}
}

// Where nobody has asked for two people, a key proposes in the name of its maker. It agrees
// to nothing, and its maker does not agree to what it proposed.
func TestAPIProposes(t *testing.T) {
	h, kari, ola, per := pair(t)
	editor, publisher := kari.program(t, consent.ScopeRead, consent.ScopeEdit), per.program(t, consent.Scopes...)
	if none := read[api.Planned](t, editor.get(apiPlan)); none.Plan != nil || !none.TwoPeople {
		t.Errorf("got %+v", none)
	}
	publisher.seen(apiSite+"/publish", apiDraft, "{}").problem(t, http.StatusForbidden, "approval_needed")
	h.two(t, skogen, false)
	publisher.post(apiPlan+"/propose", map[string]any{}).problem(t, http.StatusPreconditionRequired, "match_needed")
	publisher.seen(apiPlan+"/propose", apiDraft, `{"comment": "`+strings.Repeat("😀", 2001)+`"}`).faultsAt(t, "comment")
	if len(publisher.trail()) != 0 {
		t.Error("what was refused stands in the trail as done")
	}
	got := publisher.seen(apiPlan+"/propose", apiDraft, `{"comment": "Sak <b>2026/1</b>"}`)
	made := read[api.Planned](t, got)
	if p := made.Plan; p == nil || p.State != consent.PlanProposed || !p.Waits || p.Proposer != int64(per.id) || p.Comment != "Sak <b>2026/1</b>" || p.Due != nil || `"`+p.Draft+`"` != editor.get(apiDraft).header.Get("ETag") {
		t.Fatalf("got %+v", p)
	}
	if got.header.Get("ETag") != editor.get(apiPlan).header.Get("ETag") {
		t.Error("the tag is not that of the plan")
	}
	draft, err := h.store.Draft(t.Context(), "skogen")
	must(t, err)
	publisher.wantLast("api.publish.propose", "draft="+draft.Hash().String())
	if made.Plan.Sum == nil || *made.Plan.Sum != draft.Hash().String() {
		t.Errorf("the plan is of the draft %v", made.Plan.Sum)
	}
	if reason := publisher.last().Reason; reason != "Sak <b>2026/1</b>" {
		t.Errorf("the trail keeps %q", reason)
	}
	publisher.seen(apiPlan+"/propose", apiDraft, "{}").problem(t, http.StatusConflict, "plan_waits")
	own := per.get("/sites/skogen/publish")
	per.post("/sites/skogen/publish/approve", "plan", own.plan(t)).shows(t, 403, "Du har foreslått dette selv.")
	publisher.call(http.MethodPost, apiPlan+"/approve", "{}").problem(t, http.StatusNotFound, "unknown_address")

	// Others' proposals are sent back by those who publish, with a reason.
	editor.seen(apiPlan+"/return", apiPlan, `{"reason": "Nei"}`).problem(t, http.StatusForbidden, "scope_missing")
	olas := ola.program(t, consent.ScopeRead, consent.ScopeEdit, consent.ScopePublish)
	olas.call(http.MethodPost, apiPlan+"/return", "{}").problem(t, http.StatusPreconditionRequired, "match_needed")
	olas.seen(apiPlan+"/return", apiDraft, "{}").problem(t, http.StatusPreconditionFailed, "changed")
	olas.seen(apiPlan+"/return", apiPlan, "{}").faultsAt(t, "reason")
	back := read[api.Planned](t, olas.seen(apiPlan+"/return", apiPlan, `{"reason": "Mangler nynorsk"}`))
	if p := back.Plan; p.State != consent.PlanReturned || p.Waits || p.Reason != "Mangler nynorsk" || *p.Decider != int64(ola.id) || p.Decided == nil {
		t.Errorf("got %+v", p)
	}
	olas.wantLast("api.publish.return", "plan=returned account="+strconv.Itoa(int(per.id)))
	olas.seen(apiPlan+"/return", apiPlan, `{"reason": "Igjen"}`).problem(t, http.StatusConflict, "plan_changed")

	// What one has proposed is taken back without one, and another agrees on the page.
	read[api.Planned](t, editor.seen(apiPlan+"/propose", apiDraft, "{}"))
	read[api.Planned](t, editor.seen(apiPlan+"/return", apiPlan, "{}"))
	read[api.Planned](t, editor.seen(apiPlan+"/propose", apiDraft, "{}"))
	page := ola.get("/sites/skogen/publish")
	ola.post("/sites/skogen/publish/approve", page.approval(t)...).leads(t, "/sites/skogen/notices/3?done=publish")
	if none := read[api.Planned](t, editor.get(apiPlan)); none.Plan != nil {
		t.Errorf("got %+v", none.Plan)
	}
}

// A draft is published at the time that a key has set, unless that is cancelled or the
// draft is another by then.
func TestAPISchedules(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.Scopes...)
	due := func(in time.Duration) string {
		return `{"due": "` + h.clock().Add(in).Format(time.RFC3339) + `", "comment": "Sak 1"}`
	}
	for _, body := range []string{`{}`, `{"due": ""}`, `{"due": "2026-12-01 08:00"}`, due(0), due(367 * 24 * time.Hour)} {
		g.seen(apiPlan+"/schedule", apiDraft, body).faultsAt(t, "due")
	}
	g.seen(apiPlan+"/schedule", apiPlan, due(time.Hour)).problem(t, http.StatusPreconditionFailed, "draft_changed")
	g.seen(api.Base+"/sites/faulty/plan/schedule", api.Base+"/sites/faulty/draft/problems", due(time.Hour)).problem(t, http.StatusUnprocessableEntity, "faults")
	g.seen(api.Base+"/sites/faulty/plan/propose", api.Base+"/sites/faulty/draft/problems", "{}").problem(t, http.StatusUnprocessableEntity, "faults")
	if len(g.trail()) != 0 {
		t.Error("what was refused stands in the trail as done")
	}
	made := read[api.Planned](t, g.seen(apiPlan+"/schedule", apiDraft, due(time.Hour)))
	if p := made.Plan; p.State != consent.PlanScheduled || !p.Waits || p.Due == nil || made.TwoPeople {
		t.Fatalf("got %+v", p)
	}
	g.wantLast("api.publish.schedule", consent.InNorway(h.clock().Add(time.Hour)).Format("2006-01-02 15:04")+" draft="+*made.Plan.Sum)
	g.seen(apiPlan+"/schedule", apiDraft, due(time.Hour)).problem(t, http.StatusConflict, "plan_waits")
	if p := read[api.Planned](t, g.seen(apiPlan+"/cancel", apiPlan, "")).Plan; p.State != consent.PlanCancelled || p.Waits {
		t.Errorf("got %+v", p)
	}
	g.wantLast("api.publish.cancel", "plan=cancelled due="+consent.InNorway(h.clock().Add(time.Hour)).Format("2006-01-02T15:04"))
	g.seen(apiPlan+"/cancel", apiPlan, "").problem(t, http.StatusConflict, "plan_changed")

	h.wait(time.Minute)
	again := g.call(http.MethodPost, apiPlan+"/schedule", due(time.Hour), "If-Match", g.get(apiDraft).header.Get("ETag"), "Idempotency-Key", "one")
	if same := g.call(http.MethodPost, apiPlan+"/schedule", due(time.Hour), "If-Match", g.get(apiDraft).header.Get("ETag"), "Idempotency-Key", "one"); same.body != again.body || same.status != again.status {
		t.Errorf("who asks again gets %d", same.status)
	}
	h.redraft(t, rounder)
	if p := read[api.Planned](t, g.get(apiPlan)).Plan; !p.Fallen || p.Waits || p.Sum != nil {
		t.Errorf("got %+v", p)
	}
	h.wait(time.Minute)
	read[api.Planned](t, g.seen(apiPlan+"/schedule", apiDraft, due(time.Hour)))
	h.wait(time.Hour)
	h.publisher().PublishDue(t.Context())
	if got := h.number(t, "skogen"); got != 3 {
		t.Errorf("notice %d is in force", got)
	}
}

// An older notice comes back as the draft, with the time that answers are kept as it is
// now, and its program is given as visitors got it.
func TestAPIPastNotices(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.Scopes...)
	const path = apiSite + "/notices/2"
	g.call(http.MethodPost, path+"/restore", "").problem(t, http.StatusPreconditionRequired, "match_needed")
	g.call(http.MethodPost, path+"/restore", "", "If-Match", `"0"`).problem(t, http.StatusPreconditionFailed, "draft_changed")
	g.seen(apiSite+"/notices/9/restore", apiDraft, "").problem(t, http.StatusNotFound, "unknown_address")
	got := g.seen(path+"/restore", apiDraft, "")
	if said := read[api.Restored](t, got); !said.Changed || !said.Keeping || got.header.Get("ETag") != g.get(apiDraft).header.Get("ETag") {
		t.Errorf("got %+v", said)
	}
	g.wantLast("api.draft.restore", "2")
	if d := h.draft(); d.Site.Validity != "P6M" || d.Service("leaving") == nil || len(d.Services[0].Cookies) != 1 {
		t.Errorf("the draft is %+v", d)
	}
	if said := read[api.Restored](t, g.seen(path+"/restore", apiDraft, "")); said.Changed {
		t.Error("what the draft says already changes it")
	}

	shown := read[api.Replay](t, g.get(path+"/replay"))
	bundle, err := h.store.Bundle(t.Context(), "skogen", shown.Bundle)
	must(t, err)
	if !shown.Equal || shown.Program == nil || *shown.Program != string(bundle.Files[consent.MainFile]) || consent.HashOf([]byte(*shown.Program)).String() != shown.Recorded || shown.Page != h.url+"/sites/skogen/notices/2/shown?bundle="+string(shown.Bundle) {
		t.Errorf("got %+v", shown)
	}
	g.get(path+"/replay?bundle=zzz").problem(t, http.StatusNotFound, "unknown_address")
	if first := read[api.Replay](t, g.get(apiSite+"/notices/1/replay")); first.Bundle == shown.Bundle || first.Notice != 1 {
		t.Errorf("got %+v", first)
	}
}

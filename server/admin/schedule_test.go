package admin_test

import (
	"context"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
)

// publisher is the part of the server that publishes what is due.
func (h *house) publisher() *publishing.Publisher {
	return publishing.New(h.store, consent.Shipped(), h.clock, h.log())
}

// dayAndClock writes a moment as the form does.
func dayAndClock(at time.Time) (day, clock string) {
	local := consent.InNorway(at)
	return local.Format(time.DateOnly), local.Format("15:04")
}

// schedules has what the page shows published after a while.
func (p *person) schedules(t *testing.T, after time.Duration) {
	t.Helper()
	day, clock := dayAndClock(p.clock().Add(after))
	p.post("/sites/skogen/publish", "was", p.get("/sites/skogen/publish").was(t), "reason", "Ny teller", "when", "later", "day", day, "clock", clock).
		leads(t, "/sites/skogen/publish?done=plan_schedule")
}

// A draft is published at its time, once, by Norwegian clocks.
func TestScheduledPublishing(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	ola := h.member("ola@example.no", consent.RolePublisher, skogen)
	ola.schedules(t, 20*time.Minute)
	_, clock := dayAndClock(h.clock().Add(20 * time.Minute))
	page := ola.get("/sites/skogen/publish")
	page.shows(t, 200, "Blir publisert senere", "kl. "+strings.Replace(clock, ":", ".", 1), "Det har Kari Nordmann bestemt.", `action="/sites/skogen/publish/cancel"`)
	ola.get("/sites/skogen").shows(t, 200, "Det har Kari Nordmann bestemt.")
	if got := h.lastActs(t, 1); !strings.HasPrefix(got, "publish.schedule by "+strconv.Itoa(int(ola.id))) {
		t.Errorf("the trail tells %q", got)
	}
	h.wait(20*time.Minute - time.Second)
	h.publisher().PublishDue(t.Context())
	if got := h.number(t, "skogen"); got != 2 {
		t.Fatalf("published before its time: notice %d is in force", got)
	}
	h.wait(time.Second)
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() { h.publisher().PublishDue(t.Context()) })
	}
	all.Wait()
	if got := h.number(t, "skogen"); got != 3 {
		t.Fatalf("notice %d is in force", got)
	}
	if got := h.lastActs(t, 2); !strings.HasPrefix(got, "publish.due by 0 for Ny teller; publish.schedule") {
		t.Errorf("the trail tells %q", got)
	}
	h.redraft(t, rounder)
	h.publisher().PublishDue(t.Context())
	if got := h.number(t, "skogen"); got != 3 {
		t.Errorf("published again: notice %d is in force", got)
	}
	page = ola.get("/sites/skogen/publish")
	page.shows(t, 200)
	if strings.Contains(page.body, `id="plan"`) {
		t.Error("what was carried out is still planned")
	}
}

// ender ends a context when a line is logged.
type ender struct{ end context.CancelFunc }

func (e ender) Write(line []byte) (int, error) {
	e.end()
	return len(line), nil
}

// What came due while no server ran is published when one begins.
func TestDueWhileTheServerWasDown(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	h.member("ola@example.no", consent.RolePublisher, skogen).schedules(t, time.Hour)
	h.wait(100 * time.Hour)
	ctx, end := context.WithTimeout(t.Context(), time.Minute)
	defer end()
	must(t, publishing.New(h.store, consent.Shipped(), h.clock, slog.New(slog.NewTextHandler(ender{end}, nil))).Run(ctx))
	if got := h.number(t, "skogen"); got != 3 {
		t.Errorf("notice %d is in force", got)
	}
}

// A changed draft ends what was scheduled, and the page says so; so does somebody
// who publishes.
func TestAScheduleEnds(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	ola, eva := h.member("ola@example.no", consent.RolePublisher, skogen), h.member("eva@example.no", consent.RoleEditor, skogen)
	ola.schedules(t, 10*time.Minute)
	plan := ola.get("/sites/skogen/publish").plan(t)
	if strings.Contains(eva.get("/sites/skogen/publish").body, "/publish/cancel") {
		t.Error("an editor is offered to cancel")
	}
	eva.post("/sites/skogen/publish/cancel", "plan", plan).shows(t, 403)
	eva.edits(t, rounder)
	ola.get("/sites/skogen/publish").shows(t, 200, "er avlyst, fordi kladden er endret.")
	ola.get("/sites/skogen").shows(t, 200, "er avlyst, fordi kladden er endret.")
	h.wait(15 * time.Minute)
	h.publisher().PublishDue(t.Context())
	if got := h.number(t, "skogen"); got != 2 {
		t.Fatalf("another draft than the one that was scheduled is notice %d", got)
	}

	ola.schedules(t, 10*time.Minute)
	plan = ola.get("/sites/skogen/publish").plan(t)
	ola.post("/sites/skogen/publish/cancel", "plan", plan).leads(t, "/sites/skogen/publish?done=plan_cancel")
	ola.get("/sites/skogen/publish").shows(t, 200, "Kari Nordmann (ola@example.no) avlyste publiseringen", `action="/sites/skogen/publish"`)
	ola.post("/sites/skogen/publish/cancel", "plan", plan).shows(t, 409)
	h.wait(15 * time.Minute)
	h.publisher().PublishDue(t.Context())
	if got := h.number(t, "skogen"); got != 2 {
		t.Errorf("what was cancelled is notice %d", got)
	}
}

// Why nothing was published at its time is told on the page and in the log.
func TestAScheduleFails(t *testing.T) {
	h, _, ola, per := pair(t)
	h.two(t, skogen, false)
	ola.schedules(t, 10*time.Minute)
	h.two(t, skogen, true)
	h.wait(15 * time.Minute)
	h.publisher().PublishDue(t.Context())
	page := per.get("/sites/skogen/publish")
	page.shows(t, 200, "organisasjonen krever nå at en annen godkjenner.")
	per.get("/sites/skogen").shows(t, 200, "organisasjonen krever nå at en annen godkjenner.")
	if got := h.lastActs(t, 1); !strings.HasPrefix(got, "publish.fail by 0") || !strings.Contains(h.said.String(), "why=unapproved") {
		t.Errorf("the trail tells %q, the log\n%s", got, h.said.String())
	}

	// Faults that come with another version of the program.
	h.two(t, skogen, false)
	h.redraft(t, func(d *consent.Draft) { d.Site.Heading = 9 })
	_, revision, err := h.store.DraftAt(t.Context(), "skogen")
	must(t, err)
	before, err := h.store.Plan(t.Context(), "skogen")
	must(t, err)
	must(t, h.store.SetPlan(t.Context(), &consent.Plan{
		Site: "skogen", State: consent.PlanScheduled, Revision: revision, Proposer: ola.id, Proposed: h.clock(), Due: h.clock(),
	}, before.ID))
	h.publisher().PublishDue(t.Context())
	per.get("/sites/skogen/publish").shows(t, 200, "den har feil. Rett dem, og bestem et nytt tidspunkt.")
	if !strings.Contains(h.said.String(), "why=faults") {
		t.Errorf("the log says\n%s", h.said.String())
	}
	if got := h.number(t, "skogen"); got != 2 {
		t.Errorf("notice %d is in force", got)
	}
}

// Where two people are needed, a time needs them, too.
func TestAScheduleIsApproved(t *testing.T) {
	h, kari, ola, _ := pair(t)
	day, clock := dayAndClock(h.clock().Add(20 * time.Minute))
	was := ola.get("/sites/skogen/publish").was(t)
	ola.post("/sites/skogen/publish", "was", was, "when", "later", "day", day, "clock", clock).shows(t, 403, "publiserer ingen alene")
	kari.proposes(t, "when", "later", "day", day, "clock", clock)
	page := ola.get("/sites/skogen/publish")
	page.shows(t, 200, "Blir det godkjent, publiseres kladden", "Godkjenn tidspunktet")
	h.wait(10 * time.Minute)
	ola.post("/sites/skogen/publish/approve", page.approval(t)...).leads(t, "/sites/skogen/publish?done=plan_approve")
	kari.get("/sites/skogen/publish").shows(t, 200, "Kari foreslo det, og Ola godkjente det.")
	kari.post("/sites/skogen/publish/return", "plan", page.plan(t)).shows(t, 409)
	h.publisher().PublishDue(t.Context())
	if got := h.number(t, "skogen"); got != 2 {
		t.Fatalf("published before its time: notice %d", got)
	}
	h.wait(10 * time.Minute)
	h.publisher().PublishDue(t.Context())
	if got := h.number(t, "skogen"); got != 3 {
		t.Errorf("notice %d is in force", got)
	}

	// A time that has passed before anybody agreed is now.
	kari.edits(t, rounder)
	day, clock = dayAndClock(h.clock().Add(time.Minute))
	kari.proposes(t, "when", "later", "day", day, "clock", clock)
	h.wait(20 * time.Minute)
	h.publisher().PublishDue(t.Context())
	if got := h.number(t, "skogen"); got != 3 {
		t.Fatalf("published without anybody who agreed: notice %d", got)
	}
	late := ola.get("/sites/skogen/publish")
	late.shows(t, 200, "publiseres med en gang du godkjenner")
	ola.post("/sites/skogen/publish/approve", late.approval(t)...).leads(t, "/sites/skogen/notices/4?done=publish")
}

// Who may not publish any more has nothing published, whatever they set before: by
// another role, by a closed account, or as who agreed.
func TestAScheduleNeedsWhoMayPublish(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	per := h.member("per@example.no", consent.RoleAdministrator, skogen)
	refused := func(who string, loses func() error) {
		t.Helper()
		number := h.number(t, "skogen")
		must(t, loses())
		h.wait(15 * time.Minute)
		h.publisher().PublishDue(t.Context())
		if got := h.number(t, "skogen"); got != number {
			t.Fatalf("%s has notice %d published", who, got)
		}
		const why = "den som bestemte tidspunktet, kan ikke lenger publisere her."
		here := h.loggedIn(per.id, "per after "+who)
		here.get("/sites/skogen/publish").shows(t, 200, why)
		here.get("/sites/skogen").shows(t, 200, why)
		if got := h.lastActs(t, 1); !strings.HasPrefix(got, "publish.fail by 0") {
			t.Errorf("%s: the trail tells %q", who, got)
		}
	}
	ola := h.member("ola@example.no", consent.RolePublisher, skogen)
	ola.schedules(t, 10*time.Minute)
	refused("an editor", func() error { return h.store.SetRole(t.Context(), ola.id, skogen, consent.RoleEditor) })
	if !strings.Contains(h.said.String(), "why=unpermitted") {
		t.Errorf("the log says\n%s", h.said.String())
	}
	eva := h.member("eva@example.no", consent.RolePublisher, skogen)
	eva.schedules(t, 10*time.Minute)
	refused("nobody", func() error {
		account, err := h.store.Account(t.Context(), eva.id)
		must(t, err)
		account.Closed = true
		return h.store.ChangeAccount(t.Context(), account)
	})

	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	h.two(t, skogen, true)
	liv := h.member("liv@example.no", consent.RolePublisher, skogen)
	day, clock := dayAndClock(h.clock().Add(10 * time.Minute))
	kari.proposes(t, "when", "later", "day", day, "clock", clock)
	liv.post("/sites/skogen/publish/approve", liv.get("/sites/skogen/publish").approval(t)...)
	refused("who agreed", func() error { return h.store.SetRole(t.Context(), liv.id, skogen, consent.RoleViewer) })
}

// Only a time to come is a time.
func TestTimesOfSchedules(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	ola := h.member("ola@example.no", consent.RolePublisher, skogen)
	was := ola.get("/sites/skogen/publish").was(t)
	now := consent.InNorway(h.clock())
	for _, each := range []struct{ day, clock, says string }{
		{"", "", "Dette er ikke et tidspunkt."},
		{"2026-13-01", "10:00", "Dette er ikke et tidspunkt."},
		{now.Format(time.DateOnly), "25:00", "Dette er ikke et tidspunkt."},
		{now.Format(time.DateOnly), `"><script>`, "&#34;&gt;&lt;script&gt;"},
		{strconv.Itoa(now.Year()+1) + "-03-28", "02:30", "Dette er ikke et tidspunkt."}, // left out that night in 2027
		{now.Format(time.DateOnly), now.Format("15:04"), "Tidspunktet er passert."},
		{now.AddDate(1, 0, 1).Format(time.DateOnly), now.Format("15:04"), "mer enn ett år fram"},
	} {
		ola.post("/sites/skogen/publish", "was", was, "reason", "Ny teller", "when", "later", "day", each.day, "clock", each.clock).
			shows(t, 422, each.says, `id="when-wrong"`, `autofocus><p>Dette må rettes:</p><ul><li><a href="#day">`, "Ny teller</textarea>", `value="later" checked`)
	}
	if _, err := h.store.Plan(t.Context(), "skogen"); consent.KindOf(err) != consent.NotFound {
		t.Errorf("something is planned: %v", err)
	}
}

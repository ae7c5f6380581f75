package storagetest

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

func testPlans(t *testing.T, open Opener) {
	t.Run("one plan for each draft", func(t *testing.T) { testOnePlan(t, open(t)) })
	t.Run("a changed draft", func(t *testing.T) { testFallenPlan(t, open(t)) })
	t.Run("what is carried out", func(t *testing.T) { testPlannedNotice(t, open(t)) })
}

// planned gives a plan for the draft of skogen, which two people work on.
func planned(t *testing.T, store consent.Store) (plan *consent.Plan, ola consent.AccountID) {
	t.Helper()
	PublishDraft(t.Context(), t, store, Draft("skogen"))
	kari, ola, _ := twoPeople(t, store)
	_, revision, err := store.DraftAt(t.Context(), "skogen")
	must(t, err)
	return &consent.Plan{
		Site: "skogen", State: consent.PlanProposed, Revision: revision, Proposer: kari, Proposed: Morning, Comment: "Ny teller 😀",
	}, ola
}

func testOnePlan(t *testing.T, store consent.Store) {
	ctx := t.Context()
	plan, ola := planned(t, store)
	_, err := store.Plan(ctx, "skogen")
	wantKind(t, err, consent.NotFound, "no_plan")
	must(t, store.SetPlan(ctx, plan, 0))
	got, err := store.Plan(ctx, "skogen")
	must(t, err)
	if *got != *plan || plan.ID == 0 || !got.Waits() {
		t.Fatalf("got %+v, want %+v", got, plan)
	}
	second := *plan
	wantKind(t, store.SetPlan(ctx, &second, 0), consent.Conflict, "plan_changed")
	wantKind(t, store.SetPlan(ctx, &second, plan.ID+1), consent.Conflict, "plan_changed")
	second.State, second.Due = consent.PlanScheduled, Morning.Add(time.Hour)
	must(t, store.SetPlan(ctx, &second, plan.ID))
	wantKind(t, store.MovePlan(ctx, plan, consent.PlanProposed), consent.Conflict, "plan_changed")

	for _, each := range []struct {
		after time.Duration
		want  int
	}{{time.Hour - time.Millisecond, 0}, {time.Hour, 1}, {1000 * time.Hour, 1}} {
		due, err := store.DuePlans(ctx, Morning.Add(each.after))
		must(t, err)
		if len(due) != each.want || each.want == 1 && due[0] != second {
			t.Errorf("after %s %+v are due", each.after, due)
		}
	}
	second.State, second.Decider, second.Decided, second.Reason = consent.PlanCancelled, ola, Morning.Add(time.Minute), "Ikke ennå"
	wantKind(t, store.MovePlan(ctx, &second, consent.PlanProposed), consent.Conflict, "plan_changed")
	must(t, store.MovePlan(ctx, &second, consent.PlanScheduled))
	wantKind(t, store.MovePlan(ctx, &second, consent.PlanScheduled), consent.Conflict, "plan_changed")
	if got, err = store.Plan(ctx, "skogen"); err != nil || *got != second || got.Waits() {
		t.Errorf("got %+v, %v", got, err)
	}
	if due, err := store.DuePlans(ctx, Morning.Add(1000*time.Hour)); err != nil || len(due) > 0 {
		t.Errorf("what was cancelled is due: %+v, %v", due, err)
	}
	other := *plan
	other.Site = "nowhere"
	wantKind(t, store.SetPlan(ctx, &other, 0), consent.NotFound, "unknown_site")
}

// Once the draft is another, nothing comes of a plan.
func testFallenPlan(t *testing.T, store consent.Store) {
	ctx := t.Context()
	plan, _ := planned(t, store)
	plan.State, plan.Due = consent.PlanScheduled, Morning.Add(time.Hour)
	must(t, store.SetPlan(ctx, plan, 0))
	changed := Draft("skogen")
	changed.Site.Name = consent.Text{consent.Bokmaal: "Nyskogen"}
	act := consent.Act{Time: Morning, Organisation: changed.Organisation.ID, Site: "skogen", Action: "draft.save"}
	for range 2 { // the second change ends nothing more
		must(t, store.SaveDraft(consent.WithAct(ctx, act), changed, Morning))
	}
	acts, err := store.Acts(ctx, consent.TrailQuery{Organisation: changed.Organisation.ID})
	must(t, err)
	if told := acts[1].Changes; len(told) == 0 || told[0] != (consent.FieldChange{Field: consent.PlanField, Was: "scheduled", Is: consent.PlanLapsed}) {
		t.Errorf("the act tells %+v", told)
	}
	if len(acts[0].Changes) != 0 {
		t.Errorf("the next act tells %+v", acts[0].Changes)
	}
	got, err := store.Plan(ctx, "skogen")
	must(t, err)
	if !got.Fallen || got.Waits() || !got.Lapsed() {
		t.Errorf("the plan stands: %+v", got)
	}
	if due, err := store.DuePlans(ctx, Morning.Add(2*time.Hour)); err != nil || len(due) > 0 {
		t.Errorf("it is due: %+v, %v", due, err)
	}
	wantKind(t, store.MovePlan(ctx, plan, consent.PlanScheduled), consent.Conflict, "plan_changed")
	failed := *plan
	failed.State = consent.PlanFailed
	wantKind(t, store.MovePlan(ctx, &failed, consent.PlanScheduled), consent.Conflict, "plan_changed")
	wantKind(t, store.SavePlanned(ctx, plan, freeze(t, Draft("skogen"), 2, Morning)), consent.Conflict, "plan_changed")
	wantKind(t, store.SetPlan(ctx, plan, plan.ID), consent.Conflict, "draft_changed")
	if entry, err := store.CurrentNotice(ctx, "skogen"); err != nil || entry.Number != 1 {
		t.Errorf("notice %d is in force, %v", entry.Number, err)
	}
	plan.State = consent.PlanCancelled
	must(t, store.MovePlan(ctx, plan, consent.PlanScheduled))
	if got, err = store.Plan(ctx, "skogen"); err != nil || got.State != consent.PlanCancelled || got.Open() {
		t.Errorf("what was cleared away is %+v, %v", got, err)
	}
}

// A plan becomes a notice once, and whatever is published ends it.
func testPlannedNotice(t *testing.T, store consent.Store) {
	ctx := t.Context()
	plan, _ := planned(t, store)
	must(t, store.SetPlan(ctx, plan, 0))
	wantKind(t, store.SavePlanned(ctx, plan, freeze(t, Draft("skogen"), 7, Morning)), consent.Conflict, "notice_number")
	second := freeze(t, Draft("skogen"), 2, Morning.Add(time.Hour))
	other := *plan
	other.State = consent.PlanScheduled
	wantKind(t, store.SavePlanned(ctx, &other, second), consent.Conflict, "plan_changed")
	must(t, store.SavePlanned(ctx, plan, second))
	if entry, err := store.CurrentNotice(ctx, "skogen"); err != nil || entry != second.Entry() {
		t.Fatalf("%+v is in force, %v", entry, err)
	}
	wantKind(t, store.SavePlanned(ctx, plan, freeze(t, Draft("skogen"), 3, Morning)), consent.Conflict, "plan_changed")
	_, err := store.Plan(ctx, "skogen")
	wantKind(t, err, consent.NotFound, "no_plan")

	must(t, store.SetPlan(ctx, plan, 0))
	must(t, store.SaveNotice(ctx, "skogen", freeze(t, Draft("skogen"), 3, Morning)))
	_, err = store.Plan(ctx, "skogen")
	wantKind(t, err, consent.NotFound, "no_plan")
}

func testTwoPeople(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	draft := Draft("skogen")
	must(t, store.SaveDraft(ctx, draft, Morning))
	organisation := draft.Organisation.ID
	needs := func(of consent.OrganisationID) bool {
		needed, err := store.NeedsTwo(ctx, of)
		must(t, err)
		return needed
	}
	if needs(organisation) || needs("nowhere") {
		t.Error("two people are needed before anybody has said so")
	}
	rule := consent.TwoRule{On: true, Since: Morning, Ender: 7, Asked: Morning.Add(time.Hour)}
	must(t, store.SetTwoRule(ctx, organisation, rule, consent.TwoRule{}))
	if !needs(organisation) {
		t.Error("two people are not needed")
	}
	if is, err := store.TwoRule(ctx, organisation); err != nil || is != rule {
		t.Errorf("the rule is %+v, %v", is, err)
	}
	wantKind(t, store.SetTwoRule(ctx, "nowhere", rule, consent.TwoRule{}), consent.NotFound, "unknown_organisation")
	wantKind(t, store.SetTwoRule(ctx, organisation, consent.TwoRule{}, consent.TwoRule{}), consent.Conflict, "two_changed")
	must(t, store.SetTwoRule(ctx, organisation, consent.TwoRule{}, rule))
	if needs(organisation) {
		t.Error("two people are still needed")
	}
	_, err := store.TwoRule(ctx, "nowhere")
	wantKind(t, err, consent.NotFound, "unknown_organisation")
}

func testLetIn(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	organisation := Draft("skogen").Organisation.ID
	kari, ola, _ := twoPeople(t, store)
	let := func(from time.Time, want ...consent.LetIn) {
		t.Helper()
		if got, err := store.LetInSince(ctx, organisation, from); err != nil || !slices.Equal(got, want) {
			t.Errorf("%v were let in, want %v, %v", got, want, err)
		}
	}
	link := func(n byte, maker consent.AccountID, at time.Time) {
		t.Helper()
		must(t, store.AddLink(ctx, &consent.Link{ID: consent.LinkID{n}, Account: ola, Expires: at.Add(time.Hour), Maker: maker}))
		_, err := store.RedeemLink(ctx, consent.LinkID{n}, "", at)
		must(t, err)
	}
	link(1, 0, Morning) // a command on the machine
	link(2, ola, Morning)
	let(time.Time{})
	link(3, kari, Morning)
	let(Morning, consent.LetIn{Account: ola, Maker: kari})
	let(Morning.Add(time.Millisecond))
	link(4, kari, Morning.Add(time.Hour))
	let(Morning.Add(time.Hour), consent.LetIn{Account: ola, Maker: kari})

	id := consent.InvitationID{1}
	must(t, store.AddInvitation(ctx, &consent.Invitation{ID: id, Organisation: organisation, Email: "per@example.no", Role: consent.RoleEditor, Maker: ola, Expires: Morning.Add(time.Hour)}))
	per, err := store.TakeInvitation(ctx, id, &consent.Account{Email: "per@example.no", Language: consent.Bokmaal, Created: Morning}, Morning)
	must(t, err)
	let(Morning, consent.LetIn{Account: ola, Maker: kari}, consent.LetIn{Account: per, Maker: ola})

	// Whoever had an account before, and comes into another organisation, counts there alone.
	other := Draft("havet")
	other.Organisation.ID = "havet"
	must(t, store.SaveDraft(ctx, other, Morning))
	elsewhere := other.Organisation.ID
	id = consent.InvitationID{2}
	must(t, store.AddInvitation(ctx, &consent.Invitation{ID: id, Organisation: elsewhere, Email: "kari@example.no", Role: consent.RoleViewer, Maker: per, Expires: Morning.Add(time.Hour)}))
	_, err = store.TakeInvitation(ctx, id, &consent.Account{ID: kari}, Morning)
	must(t, err)
	let(Morning, consent.LetIn{Account: ola, Maker: kari}, consent.LetIn{Account: per, Maker: ola})
	if got, err := store.LetInSince(ctx, elsewhere, Morning); err != nil || !slices.Contains(got, consent.LetIn{Account: kari, Maker: per}) {
		t.Errorf("in the other organisation %v were let in, %v", got, err)
	}
}

func testSavers(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	draft := Draft("skogen")
	must(t, store.SaveDraft(ctx, draft, Morning))
	organisation := draft.Organisation.ID
	kari, ola, _ := twoPeople(t, store)
	by := func(account consent.AccountID) context.Context {
		return consent.WithAct(ctx, consent.Act{Time: Morning, Account: account, Organisation: organisation, Site: "skogen", Action: "draft.save"})
	}
	saved := func(want consent.AccountID) consent.DraftRevision {
		t.Helper()
		saver, revision, err := store.Saver(ctx, "skogen")
		must(t, err)
		if _, is, err := store.DraftAt(ctx, "skogen"); err != nil || saver != want || is != revision {
			t.Errorf("revision %d was saved by %d, want %d; the draft has %d, %v", revision, saver, want, is, err)
		}
		return revision
	}
	saved(0)
	must(t, store.SaveDraft(by(kari), draft, Morning))
	revision := saved(kari)
	must(t, store.ReplaceDraft(by(ola), &draft, revision, Morning))
	saved(ola)
	must(t, store.SaveDraft(ctx, draft, Morning))
	saved(0)
	savers := func(want ...consent.AccountID) {
		t.Helper()
		got, err := store.Savers(ctx, "skogen")
		must(t, err)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("the savers are %v, want %v", got, want)
		}
	}
	savers(kari, ola)
	PublishDraft(ctx, t, store, draft)
	savers()
	must(t, store.SaveDraft(by(ola), draft, Morning))
	savers(ola)
	_, _, err := store.Saver(ctx, "nowhere")
	wantKind(t, err, consent.NotFound, "unknown_site")
}

package sqlite_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/sqlite"
	"github.com/samtykke/samtykke/storage/sqlite/sqlitetest"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// What has read a draft of the database that was replaced overwrites none of the one that
// is put in its place; plans are still those of their drafts, and nobody has saved any.
func TestRestoredDraftsAreNumberedAnew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	sqlitetest.Begin(t, path)
	store, ctx := open(t, sqlite.Options{Path: path, Exclusive: true}), t.Context()
	published := storagetest.Publish(ctx, t, store, "skogen")
	var people []consent.AccountID
	for _, email := range []string{"kari@example.no", "ola@example.no"} {
		id, err := store.AddAccount(ctx, &consent.Account{Email: email, Language: consent.Bokmaal, Created: storagetest.Morning})
		must(t, err)
		people = append(people, id)
	}
	kari, ola := people[0], people[1]
	saves := func(by consent.AccountID) (*consent.Draft, consent.DraftRevision) {
		t.Helper()
		draft, revision, err := store.DraftAt(ctx, "skogen")
		must(t, err)
		telling := consent.WithAct(ctx, consent.Act{Time: storagetest.Morning, Account: by, Organisation: draft.Organisation.ID, Site: "skogen", Action: "draft.save"})
		must(t, store.ReplaceDraft(telling, draft, revision, storagetest.Morning))
		_, revision, err = store.DraftAt(ctx, "skogen")
		must(t, err)
		return draft, revision
	}
	draft, revision := saves(kari)
	published.Republish(ctx, t, store)
	must(t, store.SetPlan(ctx, &consent.Plan{Site: "skogen", State: consent.PlanProposed, Revision: revision, Proposer: kari, Proposed: storagetest.Morning}, 0))

	must(t, store.NumberAnew(ctx))
	plan, err := store.Plan(ctx, "skogen")
	must(t, err)
	saver, raised, err := store.Saver(ctx, "skogen")
	must(t, err)
	if plan.Fallen || plan.Revision != raised || saver != kari {
		t.Errorf("of the draft at revision %d, which %d saved, the plan is %+v", raised, saver, plan)
	}
	_, now := saves(ola)
	for stale := range consent.DraftRevision(20) {
		if err := store.ReplaceDraft(ctx, draft, revision+stale, storagetest.Morning); consent.KindOf(err) != consent.Conflict {
			t.Fatalf("who has read revision %d of the database that was replaced overwrites %d of another: %v", revision+stale, now, err)
		}
	}
	if savers, err := store.Savers(ctx, "skogen"); err != nil || !slices.Equal(savers, []consent.AccountID{ola}) {
		t.Errorf("since the notice %v have changed the draft, and not only %d: %v", savers, ola, err)
	}
	must(t, store.NumberAnew(ctx))
	if _, again, err := store.DraftAt(ctx, "skogen"); err != nil || again-now < 1<<32 || again > 1<<40 {
		t.Errorf("after another restore it is at revision %d: %v", again, err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

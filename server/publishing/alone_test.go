package publishing_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
	"github.com/samtykke/samtykke/storage/sqlite"
	"github.com/samtykke/samtykke/storage/sqlite/sqlitetest"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// meanwhile is a store in which two people are required from when somebody has looked.
type meanwhile struct {
	consent.Store
	begin func()
}

func (m *meanwhile) NeedsTwo(ctx context.Context, organisation consent.OrganisationID) (bool, error) {
	needed, err := m.Store.NeedsTwo(ctx, organisation)
	m.begin()
	return needed, err
}

// A rule that begins while somebody publishes alone is held: of the two, the rule was
// answered first.
func TestNobodyPublishesAloneOnceTheRuleHasBegun(t *testing.T) {
	for name, publish := range map[string]func(*testing.T, *publishing.Publisher, consent.Store, *consent.Draft){
		"at once": func(t *testing.T, p *publishing.Publisher, _ consent.Store, draft *consent.Draft) {
			_, err := p.Now(t.Context(), draft.Organisation.ID, draft)
			if consent.KindOf(err) != consent.Forbidden || consent.CodeOf(err) != "approval_needed" {
				t.Errorf("got %v", err)
			}
		},
		"at its time": func(t *testing.T, p *publishing.Publisher, store consent.Store, draft *consent.Draft) {
			_, revision, err := store.DraftAt(t.Context(), "skogen")
			must(t, err)
			kari, err := store.AddAccount(t.Context(), &consent.Account{
				Email: "kari@example.no", Language: consent.Bokmaal, Created: storagetest.Morning,
				Memberships: []consent.Membership{{Organisation: draft.Organisation.ID, Role: consent.RolePublisher}},
			})
			must(t, err)
			plan := &consent.Plan{Site: "skogen", Proposer: kari, State: consent.PlanScheduled, Revision: revision, Proposed: storagetest.Morning, Due: storagetest.Morning}
			must(t, store.SetPlan(t.Context(), plan, 0))
			p.PublishDue(t.Context())
			if failed, err := store.Plan(t.Context(), "skogen"); err != nil || failed.State != consent.PlanFailed || failed.Reason != publishing.Unapproved {
				t.Errorf("the plan is %+v, %v", failed, err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "samtykke.db")
			sqlitetest.Begin(t, path)
			store, err := sqlite.Open(t.Context(), sqlite.Options{Path: path})
			must(t, err)
			t.Cleanup(func() { _ = store.Close() })
			draft := storagetest.Draft("skogen")
			must(t, store.SaveDraft(t.Context(), draft, storagetest.Morning))
			begun := &meanwhile{store, sync.OnceFunc(func() {
				must(t, store.SetTwoRule(t.Context(), draft.Organisation.ID, consent.TwoRule{On: true, Since: storagetest.Morning}, consent.TwoRule{}))
			})}
			clock := func() time.Time { return storagetest.Morning }
			publish(t, publishing.New(begun, consent.Shipped(), clock, slog.New(slog.DiscardHandler)), store, &draft)
			if entry, err := store.CurrentNotice(t.Context(), "skogen"); consent.KindOf(err) != consent.NotFound {
				t.Errorf("notice %d is in force, %v", entry.Number, err)
			}
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

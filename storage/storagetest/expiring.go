package storagetest

import (
	"context"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/samtykke/samtykke/consent"
)

// testExpire: what is older than a moment goes, on that site alone; what is left
// of the ledger still holds.
func testExpire(t *testing.T, open Opener) {
	ctx := t.Context()
	store := open(t)
	for _, key := range []consent.SiteKey{"skogen", "havet"} {
		site := Publish(ctx, t, store, key)
		var group errgroup.Group
		group.SetLimit(64)
		for n := range 1200 {
			group.Go(func() error {
				d := site.Decision(n)
				d.Time = Morning.Add(time.Duration(n) * time.Minute)
				_, err := store.Append(ctx, d)
				return err
			})
		}
		must(t, group.Wait())
	}
	now := Morning.AddDate(1, 0, 0)
	cut := Morning.Add(1100 * time.Minute)
	for _, want := range []int{1100, 0} {
		years, err := store.Expire(ctx, "skogen", cut, now)
		must(t, err)
		gone, _ := consent.ExpiredInAll(years)
		if gone != want {
			t.Fatalf("%d decisions expired, want %d", gone, want)
		}
	}
	wantRemoval(ctx, t, store, 1100, now)
	left, err := store.Read(ctx, consent.LogQuery{Site: "skogen", Oldest: true, Limit: 10_000})
	must(t, err)
	for _, entry := range left {
		if entry.Time.Before(cut) {
			t.Errorf("%s is left, which is older", entry.ID)
		}
	}
	if len(left) != 100 {
		t.Fatalf("%d decisions are left", len(left))
	}
	if n := count(ctx, t, store, "havet"); n != 1200 {
		t.Errorf("%d decisions of the other site are left", n)
	}
	audited, err := store.Audit(ctx, "", func(int64, int64) {})
	must(t, err)
	for _, fault := range audited.Faults {
		t.Errorf("%s, index %d: %s", fault.Origin, fault.Index, fault.Why)
	}
	for _, tree := range audited.Trees {
		if tree.Site == "skogen" && (tree.Opened != 100 || tree.Removed != 1100 || tree.Events == 0 || tree.Events > 5) {
			t.Errorf("audited %+v", tree)
		}
	}
	if _, err := store.Receipt(ctx, "skogen", ID(5)); consent.KindOf(err) != consent.NotFound {
		t.Errorf("the receipt of an expired decision: %v", err)
	}
	if _, err := store.Receipt(ctx, "skogen", ID(1150)); err != nil {
		t.Errorf("the receipt of one that is kept: %v", err)
	}
}

// wantRemoval asserts what is told of the one time that retention removed something.
func wantRemoval(ctx context.Context, t *testing.T, store consent.Store, gone int, at time.Time) {
	t.Helper()
	removals, err := store.Removals(ctx, "skogen")
	must(t, err)
	if len(removals) != 1 || removals[0].Gone != gone || !removals[0].Time.Equal(at) || removals[0].Before.IsZero() || !removals[0].Before.Before(at) {
		t.Errorf("afterwards it is told that went %+v", removals)
	}
}

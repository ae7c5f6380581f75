package storagetest

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// testDrop: a past year of which no decision is left loses its leaves, on that site
// alone. What was given out before still proves what it did.
func testDrop(t *testing.T, open Opener) {
	ctx := t.Context()
	store := open(t)
	year := Morning.Year()
	for _, key := range []consent.SiteKey{"skogen", "havet"} {
		site := Publish(ctx, t, store, key)
		for n := range 60 {
			d := site.Decision(n)
			d.Time = d.Time.AddDate(n/30, 0, 0) // two years
			_, err := store.Append(ctx, d)
			must(t, err)
		}
	}
	kept, err := store.Receipt(ctx, "skogen", ID(3))
	must(t, err)
	cut, now := time.Date(year+1, 1, 1, 0, 0, 0, 0, time.UTC), Morning.AddDate(2, 0, 0)
	wantRestricted(t, store, consent.Restriction{ID: ID(7)}, 1)
	wantExpired(ctx, t, store, cut, now, consent.Expired{Year: year, Gone: 29, Frozen: 1})
	wantRestricted(t, store, consent.Restriction{ID: ID(7), Release: true}, 1)
	wantExpired(ctx, t, store, cut, now, consent.Expired{Year: year, Gone: 1, Dropped: true})
	wantExpired(ctx, t, store, cut, now)

	origin := wantDropped(t, store, kept, now)
	wantWhole(t, store)

	// The clock was set back: what is decided then is not lost.
	site := Published{Site: "skogen", Notice: &consent.Notice{Number: 1}, Bundle: &consent.Bundle{ID: "bundle-one"}}
	for n := range 3 {
		_, err = store.Append(ctx, site.Decision(100+n))
		must(t, err)
	}
	wantLeaves(t, store, origin+"-b", 4)
	wantWhole(t, store)
	wantExpired(ctx, t, store, cut, now, consent.Expired{Year: year, Gone: 3, Dropped: true})
	wantLeaves(t, store, origin+"-b", 0)
	wantWhole(t, store)
}

// wantDropped asserts that the older of the two trees of skogen has lost its leaves
// and nothing else, and gives its origin.
func wantDropped(t *testing.T, store consent.Store, kept []byte, when time.Time) (origin string) {
	t.Helper()
	ctx := t.Context()
	trees, err := store.Trees(ctx, "skogen")
	must(t, err)
	if len(trees) != 2 || !trees[0].Dropped.IsZero() || !trees[1].Dropped.Equal(when) || trees[1].Size < 31 {
		t.Fatalf("the trees are %+v", trees)
	}
	old := trees[1]
	wantLeaves(t, store, old.Origin, 0)
	wantLeaves(t, store, "localhost/consent/havet/2026", 30)
	_, err = store.Consistency(ctx, old.Origin, 1, old.Size)
	wantKind(t, err, consent.NotFound, "dropped")
	keys, err := ledger.ParseVerifiers(old.Keys)
	must(t, err)
	receipt, err := ledger.ParseReceipt(kept)
	must(t, err)
	if record, _, err := receipt.Verify(keys); err != nil || record.ID != ID(3) {
		t.Errorf("the receipt that somebody kept: %+v %v", record, err)
	}
	if head, err := ledger.OpenCheckpoint(old.Checkpoint, keys); err != nil || head.Size != old.Size {
		t.Errorf("the last checkpoint: %+v %v", head, err)
	}
	return old.Origin
}

// wantExpired expires on skogen, after asking what is due.
func wantExpired(ctx context.Context, t *testing.T, store consent.Store, before, now time.Time, want ...consent.Expired) {
	t.Helper()
	due, err := store.Due(ctx, "skogen", before)
	must(t, err)
	years, err := store.Expire(ctx, "skogen", before, now)
	must(t, err)
	if !slices.Equal(due, want) || !slices.Equal(years, want) {
		t.Errorf("due are %+v and %+v expired, want %+v", due, years, want)
	}
}

// wantLeaves asserts how many leaves a tree has.
func wantLeaves(t *testing.T, store consent.Store, origin string, want int) {
	t.Helper()
	n := 0
	must(t, store.Leaves(t.Context(), origin, 0, func(*consent.Leaf) error {
		n++
		return nil
	}))
	if n != want {
		t.Errorf("%s has %d leaves, want %d", origin, n, want)
	}
}

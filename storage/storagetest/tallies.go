package storagetest

import (
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

func testTallies(t *testing.T, open Opener) {
	t.Run("adding", func(t *testing.T) { testAdding(t, open(t)) })
	t.Run("what is stored", func(t *testing.T) { testStoredTally(t, open(t)) })
}

func testAdding(t *testing.T, store consent.Store) {
	ctx := t.Context()
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	must(t, store.SaveDraft(ctx, Draft("havet"), Morning))
	today := consent.MidnightOf(Morning)
	tomorrow := today.AddDate(0, 0, 1)
	must(t, store.AddTallies(ctx, nil))
	must(t, store.AddTallies(ctx, []consent.Tally{
		{Site: "skogen", Day: tomorrow, Shown: 1},
		{Site: "havet", Day: today, Shown: 100, Decided: 50},
		{Site: "skogen", Day: today, Shown: 2, Decided: 3, Stored: 9, Acknowledged: 4, Took: [7]int{1, 2, 3, 4, 5, 6, 7}},
	}))
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if err := store.AddTallies(ctx, []consent.Tally{{Site: "skogen", Day: today, Shown: 1, Decided: 1, Took: [7]int{0, 1, 6: 2}}}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	want := []consent.Tally{{Site: "skogen", Day: today, Shown: 22, Decided: 23, Acknowledged: 4, Took: [7]int{1, 22, 3, 4, 5, 6, 47}}, {Site: "skogen", Day: tomorrow, Shown: 1}}
	wantTallies(t, store, today, tomorrow.AddDate(0, 0, 1), want)
	wantTallies(t, store, today, tomorrow, want[:1])
	wantTallies(t, store, tomorrow, tomorrow.AddDate(0, 0, 1), want[1:])

	wantKind(t, store.AddTallies(ctx, []consent.Tally{{Site: "nowhere", Day: today, Shown: 1}}), consent.NotFound, "unknown_site")
	wantKind(t, store.AddTallies(ctx, []consent.Tally{
		{Site: "skogen", Day: today, Shown: 7}, {Site: "skogen", Day: tomorrow.AddDate(0, 0, 1), Shown: -1},
	}), consent.Invalid, "")
	wantKind(t, store.AddTallies(ctx, []consent.Tally{
		{Site: "skogen", Day: today, Took: [7]int{0: 7}}, {Site: "skogen", Day: tomorrow, Took: [7]int{3: -1}},
	}), consent.Invalid, "")
	wantTallies(t, store, today, tomorrow.AddDate(0, 0, 5), want)
}

// testStoredTally: what is stored counts once, on the decision's own day, and
// neither a repetition nor an erasure changes it.
func testStoredTally(t *testing.T, store consent.Store) {
	ctx := t.Context()
	site := Publish(ctx, t, store, "skogen")
	first, second, late, other := site.Decision(1), site.Decision(2), site.Decision(3), site.Decision(1)
	late.Time = first.Time.AddDate(0, 0, 1)
	other.Language = consent.English
	for _, d := range []*consent.Decision{first, first, second, late} {
		_, err := store.Append(ctx, d)
		must(t, err)
	}
	_, err := store.Append(ctx, other)
	wantKind(t, err, consent.Conflict, "")
	_, err = store.Erase(ctx, "skogen", consent.Erasure{ID: first.ID, Actor: consent.ActorOperator, Time: first.Time.Add(time.Hour)})
	must(t, err)
	_, err = store.Append(ctx, first)
	wantKind(t, err, consent.NotFound, "erased")
	// A refusal that is only counted is stored, too.
	must(t, store.CountRefusal(ctx, "skogen", 1, consent.Bokmaal, first.Time))
	today := consent.MidnightOf(first.Time)
	wantTallies(t, store, today, today.AddDate(0, 0, 2), []consent.Tally{
		{Site: "skogen", Day: today, Stored: 3}, {Site: "skogen", Day: today.AddDate(0, 0, 1), Stored: 1},
	})
}

func wantTallies(t *testing.T, store consent.Store, from, to time.Time, want []consent.Tally) {
	t.Helper()
	got, err := store.Tallies(t.Context(), "skogen", from, to)
	must(t, err)
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got %+v, want %+v", got, want)
	}
}

package storagetest

import (
	"context"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// fill appends n decisions to a site and gives the entries, oldest first.
func fill(ctx context.Context, t *testing.T, store consent.Store, site Published, from, to int) []consent.Entry {
	t.Helper()
	entries := make([]consent.Entry, 0, to-from)
	for n := from; n < to; n++ {
		entry, err := store.Append(ctx, site.Decision(n))
		must(t, err)
		entries = append(entries, entry.Entry)
	}
	return entries
}

func testRead(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	site := Publish(ctx, t, store, "skogen")
	other := Publish(ctx, t, store, "havet")
	var entries []consent.Entry
	for n := 0; n < 60; n += 20 { // interleaved, so that no site has the log for itself
		entries = append(entries, fill(ctx, t, store, site, n, n+20)...)
		fill(ctx, t, store, other, n, n+20)
		if n == 0 {
			site = site.Republish(ctx, t, store)
		}
	}
	for _, c := range readings(entries) {
		t.Run(c.name, func(t *testing.T) {
			var want []consent.Entry
			for i := range entries {
				if c.keep(&entries[i]) {
					want = append(want, entries[i])
				}
			}
			if c.query.Site == "" {
				c.query.Site = "skogen"
			}
			for _, limit := range []int{0, 1, 7} {
				c.query.Limit, c.query.Oldest = limit, true
				wantEntries(t, all(ctx, t, store, c.query), want)
				c.query.Oldest = false
				got := all(ctx, t, store, c.query)
				slices.Reverse(got)
				wantEntries(t, got, want)
			}
		})
	}
}

// reading is a query, and which entries answer it.
type reading struct {
	name  string
	query consent.LogQuery
	keep  func(*consent.Entry) bool
}

// readings are queries of every kind about the entries.
func readings(entries []consent.Entry) []reading {
	day := func(n int) time.Time { return Morning.Truncate(24*time.Hour).AddDate(0, 0, n) }
	return []reading{
		{"everything", consent.LogQuery{}, func(*consent.Entry) bool { return true }},
		{"a day", consent.LogQuery{From: day(1), To: day(2)}, func(e *consent.Entry) bool { return !e.Time.Before(day(1)) && e.Time.Before(day(2)) }},
		{"from a day on", consent.LogQuery{From: day(2)}, func(e *consent.Entry) bool { return !e.Time.Before(day(2)) }},
		{"before a day", consent.LogQuery{To: day(1)}, func(e *consent.Entry) bool { return e.Time.Before(day(1)) }},
		{
			"bounds in mid-hour, inclusive and exclusive",
			consent.LogQuery{From: entries[5].Time, To: entries[9].Time},
			func(e *consent.Entry) bool { return e.Index >= entries[5].Index && e.Index < entries[9].Index },
		},
		{"a day without decisions", consent.LogQuery{From: day(30), To: day(31)}, func(*consent.Entry) bool { return false }},
		{"a method", consent.LogQuery{Method: consent.Save}, func(e *consent.Entry) bool { return e.Method == consent.Save }},
		{"a method nobody used", consent.LogQuery{Method: consent.Expiry}, func(*consent.Entry) bool { return false }},
		{
			"a category, wholly or in part",
			consent.LogQuery{Category: consent.Statistics},
			func(e *consent.Entry) bool {
				return e.Choice.Categories[consent.Statistics] || e.Choice.Services["statistics/counter"]
			},
		},
		{"another category", consent.LogQuery{Category: consent.Marketing}, func(e *consent.Entry) bool { return e.Choice.Categories[consent.Marketing] }},
		{"part of a category's name", consent.LogQuery{Category: "stat"}, func(*consent.Entry) bool { return false }},
		{"a language", consent.LogQuery{Language: consent.English}, func(e *consent.Entry) bool { return e.Language == consent.English }},
		{"a language nobody read", consent.LogQuery{Language: consent.Nynorsk}, func(*consent.Entry) bool { return false }},
		{"part of a language's name", consent.LogQuery{Language: "e"}, func(*consent.Entry) bool { return false }},
		{"a notice", consent.LogQuery{Notice: 1}, func(e *consent.Entry) bool { return e.Notice == 1 }},
		{"a notice that is not there", consent.LogQuery{Notice: 3}, func(*consent.Entry) bool { return false }},
		{
			"a notice, a language and a day",
			consent.LogQuery{Notice: 2, Language: consent.English, From: day(1), To: day(2)},
			func(e *consent.Entry) bool {
				return e.Notice == 2 && e.Language == consent.English && !e.Time.Before(day(1)) && e.Time.Before(day(2))
			},
		},
		{"a category as a pattern", consent.LogQuery{Category: "%"}, func(*consent.Entry) bool { return false }},
		{
			"all conditions",
			consent.LogQuery{From: day(1), To: day(2), Method: consent.Save, Category: consent.Statistics},
			func(e *consent.Entry) bool {
				return !e.Time.Before(day(1)) && e.Time.Before(day(2)) && e.Method == consent.Save && e.Choice.Services["statistics/counter"]
			},
		},
		{"a receipt", consent.LogQuery{ID: ID(7)}, func(e *consent.Entry) bool { return e.ID == ID(7) }},
		{"a receipt of another method", consent.LogQuery{ID: ID(7), Method: consent.Save}, func(*consent.Entry) bool { return false }},
		{"a receipt of another language", consent.LogQuery{ID: ID(7), Language: consent.English}, func(*consent.Entry) bool { return false }},
		{"a receipt of another notice", consent.LogQuery{ID: ID(7), Notice: 3}, func(*consent.Entry) bool { return false }},
		{"a receipt of another day", consent.LogQuery{ID: ID(7), From: day(2)}, func(*consent.Entry) bool { return false }},
		{"an unknown receipt", consent.LogQuery{ID: ID(700)}, func(*consent.Entry) bool { return false }},
		{"an unknown site", consent.LogQuery{Site: "nowhere"}, func(*consent.Entry) bool { return false }},
	}
}

func wantEntries(t tester, got, want []consent.Entry) {
	t.Helper()
	if len(got) == 0 && len(want) == 0 {
		return
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got %d entries %v, want %d entries %v", len(got), indexes(got), len(want), indexes(want))
	}
}

func indexes(entries []consent.Entry) []int64 {
	list := make([]int64, len(entries))
	for i := range entries {
		list[i] = entries[i].Index
	}
	return list
}

func testPaging(t *testing.T, open Opener) {
	t.Run("limits", func(t *testing.T) {
		ctx, store := t.Context(), open(t)
		site := Publish(ctx, t, store, "skogen")
		fill(ctx, t, store, site, 0, 130)
		for limit, want := range map[int]int{-1: 100, 0: 100, 3: 3, 1000: 130, 1 << 40: 130} {
			page, err := store.Read(ctx, consent.LogQuery{Site: "skogen", Limit: limit})
			must(t, err)
			if len(page) != want {
				t.Errorf("limit %d gave %d entries, want %d", limit, len(page), want)
			}
		}
	})
	t.Run("while writing", func(t *testing.T) { testPagingWhileWriting(t, open(t)) })
	t.Run("a small site among large ones", func(t *testing.T) { testSmallSite(t, open(t)) })
	t.Run("a clock that jumps", func(t *testing.T) { testClockJumps(t, open(t)) })
}

// testPagingWhileWriting follows the log forwards and leafs back through it
// while others append: no entry is missed and none is seen twice.
func testPagingWhileWriting(t *testing.T, store consent.Store) {
	ctx := t.Context()
	site := Publish(ctx, t, store, "skogen")
	const writers, each = 8, 60
	fill(ctx, t, store, site, writers*each, writers*each+100)
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for n := range each {
				if _, err := store.Append(ctx, site.Decision(w*each+n)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	seen := make(map[consent.DecisionID]int)
	query := consent.LogQuery{Site: "skogen", Oldest: true, Limit: 9}
	for len(seen) < writers*each+100 && !t.Failed() {
		page, err := store.Read(ctx, query)
		must(t, err)
		for _, e := range page {
			if seen[e.ID]++; e.Index <= query.After || seen[e.ID] > 1 {
				t.Fatalf("entry %d after %d, seen %d times", e.Index, query.After, seen[e.ID])
			}
			query.After = e.Index
		}
		back, err := store.Read(ctx, consent.LogQuery{Site: "skogen", After: query.After + 1, Limit: 5})
		must(t, err)
		if len(back) > 0 && back[0].Index != query.After {
			t.Fatalf("leafing back from %d began at %d", query.After, back[0].Index)
		}
	}
	wg.Wait()
}

// testSmallSite reads a few entries that lie far apart in a log of others'.
func testSmallSite(t *testing.T, store consent.Store) {
	ctx := t.Context()
	small, large := Publish(ctx, t, store, "skogen"), Publish(ctx, t, store, "byen")
	want := make([]consent.Entry, 0, 4)
	for n := range 4 {
		want = append(want, fill(ctx, t, store, small, n, n+1)...)
		var wg sync.WaitGroup
		for m := range 300 {
			wg.Go(func() {
				if _, err := store.Append(ctx, large.Decision(n*300+m)); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	}
	for _, limit := range []int{1, 3, 100} {
		wantEntries(t, all(ctx, t, store, consent.LogQuery{Site: "skogen", Oldest: true, Limit: limit}), want)
		got := all(ctx, t, store, consent.LogQuery{Site: "skogen", Limit: limit})
		slices.Reverse(got)
		wantEntries(t, got, want)
	}
}

// testClockJumps has the server's clock jump back a day and forward again: the
// order is that of appending, and a day finds all that carries its date.
func testClockJumps(t *testing.T, store consent.Store) {
	ctx := t.Context()
	site := Publish(ctx, t, store, "skogen")
	var want []consent.Entry
	for n := range 90 {
		d := site.Decision(n)
		d.Time = Morning.Add(time.Duration(n) * time.Second)
		if n%30 > 20 {
			d.Time = d.Time.AddDate(0, 0, -1)
		}
		entry, err := store.Append(ctx, d)
		must(t, err)
		if n%30 > 20 {
			want = append(want, entry.Entry)
		}
	}
	today := Morning.Truncate(24 * time.Hour)
	query := consent.LogQuery{Site: "skogen", From: today.AddDate(0, 0, -1), To: today, Oldest: true, Limit: 4}
	wantEntries(t, all(ctx, t, store, query), want)
}

package storagetest

import (
	"slices"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/samtykke/samtykke/consent"
)

// testRefusals: each refusal adds one to its day, notice and language, on its own
// site, and no decision.
func testRefusals(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	Publish(ctx, t, store, "skogen")
	Publish(ctx, t, store, "havet")
	day := time.Date(Morning.Year(), Morning.Month(), Morning.Day(), 0, 0, 0, 0, time.UTC)
	late := day.Add(24*time.Hour - time.Millisecond)
	var group errgroup.Group
	for range 30 {
		group.Go(func() error { return store.CountRefusal(ctx, "skogen", 1, consent.Bokmaal, Morning) })
	}
	must(t, group.Wait())
	must(t, store.CountRefusal(ctx, "skogen", 1, consent.Bokmaal, late))
	must(t, store.CountRefusal(ctx, "skogen", 1, consent.Bokmaal, late.Add(time.Millisecond)))
	must(t, store.CountRefusal(ctx, "skogen", 1, consent.English, late))
	must(t, store.CountRefusal(ctx, "havet", 1, consent.English, late))
	wantKind(t, store.CountRefusal(ctx, "skogen", 2, consent.English, late), consent.NotFound, "unknown_notice")
	wantKind(t, store.CountRefusal(ctx, "nowhere", 1, consent.English, late), consent.NotFound, "unknown_notice")
	wantKind(t, store.CountRefusal(ctx, "skogen", 1, "", late), consent.Invalid, "")

	got, err := store.Refusals(ctx, "skogen")
	must(t, err)
	want := []consent.RefusalCount{
		{Site: "skogen", Day: day.AddDate(0, 0, 1), Notice: 1, Language: consent.Bokmaal, Count: 1},
		{Site: "skogen", Day: day, Notice: 1, Language: consent.English, Count: 1},
		{Site: "skogen", Day: day, Notice: 1, Language: consent.Bokmaal, Count: 31},
	}
	if !slices.EqualFunc(got, want, sameCount) {
		t.Errorf("counted %+v, want %+v", got, want)
	}
	if n := count(ctx, t, store, "skogen"); n != 0 {
		t.Errorf("there are %d decisions", n)
	}
}

func sameCount(a, b consent.RefusalCount) bool {
	return a.Day.Equal(b.Day) && a.Site == b.Site && a.Notice == b.Notice && a.Language == b.Language && a.Count == b.Count
}

package storagetest

import (
	"slices"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

func testReviews(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	for _, site := range []consent.SiteKey{"skogen", "havet"} {
		must(t, store.SaveDraft(ctx, Draft(site), Morning))
	}
	want := func(site consent.SiteKey, want ...consent.Review) {
		t.Helper()
		if got, err := store.Reviews(ctx, site); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: got %+v, want %+v, %v", site, got, want, err)
		}
	}
	want("skogen")
	later, sooner := consent.Review{Service: "statistics/counter", Due: 20_900, Reviewed: 20_500}, consent.Review{Service: "media/film", Due: 20_800}
	must(t, store.SetReview(ctx, "skogen", later))
	must(t, store.SetReview(ctx, "skogen", sooner))
	want("skogen", sooner, later)
	want("havet")
	sooner.Due, sooner.Reviewed = 21_000, 20_700
	must(t, store.SetReview(ctx, "skogen", sooner))
	want("skogen", later, sooner)
	wantKind(t, store.SetReview(ctx, "nowhere", later), consent.NotFound, "unknown_site")
	wantKind(t, store.SetReview(ctx, "skogen", consent.Review{Due: 1}), consent.Invalid, "invalid_review")
	wantKind(t, store.SetReview(ctx, "skogen", consent.Review{Service: "a", Due: -1}), consent.Invalid, "invalid_review")
	want("skogen", later, sooner)
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	want("skogen", later, sooner)
}

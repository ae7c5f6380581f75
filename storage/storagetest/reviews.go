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
	later, sooner := consent.Review{Service: "counter", Due: 20_900, Reviewed: 20_500}, consent.Review{Service: "film", Due: 20_800}
	must(t, store.SetReview(ctx, "skogen", later, consent.Review{}))
	must(t, store.SetReview(ctx, "skogen", sooner, consent.Review{}))
	want("skogen", sooner, later)
	want("havet")
	was := sooner
	sooner.Due, sooner.Reviewed = 21_000, 20_700
	must(t, store.SetReview(ctx, "skogen", sooner, was))
	want("skogen", later, sooner)
	for _, stale := range []consent.Review{{}, was, {Due: sooner.Due}, {Reviewed: sooner.Reviewed}} { // somebody else was faster
		wantKind(t, store.SetReview(ctx, "skogen", consent.Review{Service: "film", Due: 22_000}, stale), consent.Conflict, "review_changed")
	}
	wantKind(t, store.SetReview(ctx, "skogen", consent.Review{Service: "a", Due: 22_000}, was), consent.Conflict, "review_changed")
	wantKind(t, store.SetReview(ctx, "nowhere", later, consent.Review{}), consent.NotFound, "unknown_site")
	wantKind(t, store.SetReview(ctx, "skogen", consent.Review{Due: 1}, consent.Review{}), consent.Invalid, "invalid_review")
	wantKind(t, store.SetReview(ctx, "skogen", consent.Review{Service: "a", Due: -1}, consent.Review{}), consent.Invalid, "invalid_review")
	want("skogen", later, sooner)
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	want("skogen", later, sooner)

	// Of what stands in a notice the first one counts, also when it is gone meanwhile.
	for i, services := range [][]consent.ServiceKey{{"film"}, {"counter"}, {"film", "counter"}} {
		draft := Draft("skogen")
		for len(draft.Services) < len(services) {
			draft.Services = append(draft.Services, draft.Services[0])
		}
		draft.Services = draft.Services[:len(services)]
		for j, key := range services {
			draft.Services[j].Key = key
		}
		notice, err := consent.Freeze(draft, consent.NoticeNumber(i+1), Morning.AddDate(0, 0, i))
		must(t, err)
		must(t, store.SaveNotice(ctx, "skogen", notice))
	}
	later.Published, sooner.Published = consent.DayOf(Morning)+1, consent.DayOf(Morning)
	want("skogen", later, sooner)
	want("havet")
}

// testReviewInterval holds that each site has its own, beside the draft.
func testReviewInterval(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	for _, site := range []consent.SiteKey{"skogen", "havet"} {
		must(t, store.SaveDraft(ctx, Draft(site), Morning))
	}
	every := func(site consent.SiteKey, want consent.ReviewInterval) {
		t.Helper()
		if got, err := store.ReviewInterval(ctx, site); err != nil || got != want {
			t.Errorf("%s: every %d months, want %d: %v", site, got, want, err)
		}
	}
	_, revision, err := store.DraftAt(ctx, "skogen")
	must(t, err)
	every("skogen", consent.UsualReviewInterval)
	must(t, store.SetReviewInterval(ctx, "skogen", 3, consent.UsualReviewInterval))
	wantKind(t, store.SetReviewInterval(ctx, "skogen", 6, consent.UsualReviewInterval), consent.Conflict, "review_changed")
	every("skogen", 3)
	every("havet", consent.UsualReviewInterval)
	for _, wrong := range []consent.ReviewInterval{-3, 0, 4, 24} {
		wantKind(t, store.SetReviewInterval(ctx, "skogen", wrong, 3), consent.Invalid, "bad_choice")
	}
	every("skogen", 3)
	wantKind(t, store.SetReviewInterval(ctx, "nowhere", 3, 3), consent.NotFound, "unknown_site")
	_, err = store.ReviewInterval(ctx, "nowhere")
	wantKind(t, err, consent.NotFound, "unknown_site")
	if _, now, err := store.DraftAt(ctx, "skogen"); err != nil || now != revision {
		t.Errorf("the draft is another by that: %d, not %d: %v", now, revision, err)
	}
}

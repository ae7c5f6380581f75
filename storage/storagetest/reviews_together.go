package storagetest

import (
	"slices"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// testReviewsTogether holds that reviews of several services are stored with an act each,
// or none of them.
func testReviewsTogether(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	draft := Draft("skogen")
	must(t, store.SaveDraft(ctx, draft, Morning))
	act := func(object string) consent.Act {
		return consent.Act{Time: Morning, Organisation: draft.Organisation.ID, Site: "skogen", Action: "service.review.done", Object: object}
	}
	first := consent.Review{Service: "a", Due: 20_900}
	must(t, store.SetReview(ctx, "skogen", first, consent.Review{}))
	must(t, store.RecordAct(ctx, act("before")))
	kept := func(want []consent.Review, acts ...string) {
		t.Helper()
		if got, err := store.Reviews(ctx, "skogen"); err != nil || !slices.Equal(got, want) {
			t.Errorf("got %+v, want %+v, %v", got, want, err)
		}
		written, err := store.Acts(ctx, consent.TrailQuery{Organisation: draft.Organisation.ID})
		must(t, err)
		objects := make([]string, 0, len(written))
		for i := range written {
			objects = append(objects, written[i].Object)
		}
		if !slices.Equal(objects, acts) {
			t.Errorf("the trail has %q, want %q", objects, acts)
		}
		found, err := store.AuditTrails(ctx, draft.Organisation.ID)
		must(t, err)
		if at := slices.IndexFunc(found, func(trail consent.TrailAudit) bool { return trail.Fault.Code != "" }); at >= 0 {
			t.Errorf("the audit finds %+v", found[at])
		}
	}
	changes := func(services ...consent.ServiceKey) (all []consent.ReviewChange) {
		for _, service := range services {
			change := consent.ReviewChange{Review: consent.Review{Service: service, Reviewed: 20_500}, Act: act(string(service))}
			if service == first.Service {
				change.Was = first
			}
			all = append(all, change)
		}
		return all
	}

	t.Run("when one is another by now, nothing is written", func(t *testing.T) {
		stale := changes("a", "b", "c")
		stale[1].Was.Due = 20_900
		wantKind(t, store.SetReviews(ctx, "skogen", stale), consent.Conflict, "review_changed")
		wantKind(t, store.SetReviews(ctx, "skogen", changes("a", "b", "b")), consent.Conflict, "review_changed")
		kept([]consent.Review{first}, "before")
	})
	t.Run("when one cannot be stored, nothing is written", func(t *testing.T) {
		wantKind(t, store.SetReviews(ctx, "skogen", changes("a", "", "c")), consent.Invalid, "invalid_review")
		wantKind(t, store.SetReviews(ctx, "nowhere", changes("b", "c")), consent.NotFound, "unknown_site")
		kept([]consent.Review{first}, "before")
	})
	t.Run("when an act cannot be recorded, nothing is written", func(t *testing.T) {
		silent := changes("a", "b", "c")
		silent[1].Act.Action = ""
		if err := store.SetReviews(ctx, "skogen", silent); err == nil {
			t.Error("an act that does nothing was recorded")
		}
		kept([]consent.Review{first}, "before")
	})
	t.Run("when all can be, all are", func(t *testing.T) {
		acting := consent.WithAct(ctx, act("all of them")) // is not told beside its parts
		must(t, store.SetReviews(acting, "skogen", changes("a", "b", "c")))
		kept([]consent.Review{{Service: "a", Reviewed: 20_500}, {Service: "b", Reviewed: 20_500}, {Service: "c", Reviewed: 20_500}}, "c", "b", "a", "before")
	})
}

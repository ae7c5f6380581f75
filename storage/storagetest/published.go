package storagetest

import (
	"reflect"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// testPublishedStays: when the last Decision has expired or is erased, what was
// published stays. It is documentation of its own.
func testPublishedStays(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	site := Publish(ctx, t, store, "skogen")
	shot := Screenshot(320)
	must(t, store.SaveScreenshots(ctx, site.Site, site.Bundle.ID, []consent.Screenshot{shot}))
	for n := range 6 {
		_, err := store.Append(ctx, site.Decision(n))
		must(t, err)
	}
	erased, err := store.Erase(ctx, site.Site, consent.Erasure{Visitor: Visitor(5), Actor: consent.ActorVisitor, Time: Morning})
	must(t, err)
	expired, err := store.Expire(ctx, site.Site, Morning.AddDate(0, 1, 0), Morning.AddDate(1, 0, 0))
	must(t, err)
	gone, _ := consent.ExpiredInAll(expired)
	if left := count(ctx, t, store, site.Site); erased != 1 || gone != 5 || left != 0 {
		t.Fatalf("%d erased, %d expired, %d left", erased, gone, left)
	}
	notice, err := store.Notice(ctx, site.Site, site.Notice.Number)
	must(t, err)
	if string(notice.JSON) != string(site.Notice.JSON) || notice.Hash != site.Notice.Hash {
		t.Error("the notice is not what was published")
	}
	bundle, err := store.Bundle(ctx, site.Site, site.Bundle.ID)
	must(t, err)
	if !reflect.DeepEqual(bundle, site.Bundle) {
		t.Error("the bundle is not what visitors ran")
	}
	shots, err := store.Screenshots(ctx, site.Site, site.Bundle.ID)
	must(t, err)
	if !reflect.DeepEqual(shots, []consent.Screenshot{shot}) {
		t.Error("the picture is gone or another")
	}
}

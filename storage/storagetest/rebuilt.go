package storagetest

import (
	"reflect"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// testRebuilt closes a store and opens an empty one in its place, as after a
// database was lost. The same site then publishes other content under the same
// number and bundle id, and none of the old content comes back.
func testRebuilt(t *testing.T, open Opener) {
	ctx, lost := t.Context(), open(t)
	draft := Draft("skogen")
	old := PublishDraft(ctx, t, lost, draft)
	wantPublished(t, lost, old)
	must(t, lost.Close())

	rebuilt := open(t)
	_, err := rebuilt.Notice(ctx, "skogen", 1)
	wantKind(t, err, consent.NotFound, "unknown_notice")
	_, err = rebuilt.Bundle(ctx, "skogen", old.Bundle.ID)
	wantKind(t, err, consent.NotFound, "unknown_bundle")
	draft.Organisation.Name = "Nykommunen"
	wantPublished(t, rebuilt, PublishDraft(ctx, t, rebuilt, draft))
}

// wantPublished reads back what was published.
func wantPublished(t *testing.T, store consent.Store, want Published) {
	t.Helper()
	notice, err := store.Notice(t.Context(), want.Site, want.Notice.Number)
	must(t, err)
	if !reflect.DeepEqual(notice, want.Notice) {
		t.Errorf("got the notice of %s, want that of %s", notice.Draft.Organisation.Name, want.Notice.Draft.Organisation.Name)
	}
	bundle, err := store.Bundle(t.Context(), want.Site, want.Bundle.ID)
	must(t, err)
	if !reflect.DeepEqual(bundle, want.Bundle) {
		t.Errorf("got the bundle %s, want %s", bundle.Files[consent.MainFile], want.Bundle.Files[consent.MainFile])
	}
}

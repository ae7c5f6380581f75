package storagetest

import (
	"reflect"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

func testSites(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)

	t.Run("none at first", func(t *testing.T) {
		sites, err := store.Sites(ctx)
		must(t, err)
		if len(sites) != 0 {
			t.Fatalf("a new store has sites: %v", sites)
		}
		_, err = store.Draft(ctx, "nowhere")
		wantKind(t, err, consent.NotFound, "")
	})
	t.Run("a draft comes back as it was saved", func(t *testing.T) {
		saved := Draft("skogen")
		must(t, store.SaveDraft(ctx, saved, Morning))
		got, err := store.Draft(ctx, "skogen")
		must(t, err)
		if !reflect.DeepEqual(*got, saved) {
			t.Fatalf("got draft\n%+v, want\n%+v", *got, saved)
		}
	})
	t.Run("saving again replaces", func(t *testing.T) {
		later := Morning.Add(time.Hour)
		draft := Draft("skogen")
		draft.Site.Name[consent.Bokmaal] = "Skogen kommune"
		draft.Organisation.ID = "skogen"
		must(t, store.SaveDraft(ctx, draft, later))
		must(t, store.SaveDraft(ctx, Draft("havet"), later))
		sites, err := store.Sites(ctx)
		must(t, err)
		if len(sites) != 2 || sites[0].Key != "havet" || sites[1].Key != "skogen" {
			t.Fatalf("got sites %+v, want havet and skogen in key order", sites)
		}
		got := sites[1]
		if got.Organisation != "skogen" || got.Name[consent.Bokmaal] != "Skogen kommune" || !got.Changed.Equal(later) || got.Notice != 0 {
			t.Fatalf("got entry %+v", got)
		}
	})
	t.Run("a site key that no address can hold is refused", func(t *testing.T) {
		for _, key := range []consent.SiteKey{"", "Æ", "a b", "-a", "a/b", "A", consent.SiteKey(make([]byte, 41))} {
			wantKind(t, store.SaveDraft(ctx, Draft(key), Morning), consent.Invalid, "invalid_site")
		}
	})
}

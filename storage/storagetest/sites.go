package storagetest

import (
	"reflect"
	"strings"
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
	t.Run("the size is that of the longest of draft and notices", func(t *testing.T) {
		_, err := store.SiteSize(ctx, "nowhere")
		wantKind(t, err, consent.NotFound, "")
		size := func() int {
			t.Helper()
			n, err := store.SiteSize(ctx, "skogen")
			must(t, err)
			return n
		}
		small, draft := size(), Draft("skogen")
		draft.Services[0].Notes = []string{strings.Repeat("æ", 5000)}
		must(t, store.SaveDraft(ctx, draft, Morning))
		if grown := size() - small; grown < 10_000 || grown > 10_100 {
			t.Errorf("10,000 bytes make it %d larger", grown)
		}
		draft.Services[0].Notes = nil
		draft.Services[0].Purpose = consent.Text{consent.Bokmaal: strings.Repeat("x", 900), consent.English: strings.Repeat("x", 900)}
		PublishDraft(ctx, t, store, draft)
		long := size()
		must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
		if left := size(); left < long-500 || left < small+1500 {
			t.Errorf("a short draft of a long notice has size %d, the long one had %d, and the short one %d", left, long, small)
		}
	})
	t.Run("a site key that no address can hold is refused", func(t *testing.T) {
		for _, key := range []consent.SiteKey{"", "Æ", "a b", "-a", "a/b", "A", consent.SiteKey(make([]byte, 41))} {
			wantKind(t, store.SaveDraft(ctx, Draft(key), Morning), consent.Invalid, "invalid_site")
		}
	})
}

package storagetest

import (
	"reflect"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

func testBundles(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	site := Publish(ctx, t, store, "skogen")
	other := Publish(ctx, t, store, "havet")

	t.Run("comes back as it was saved", func(t *testing.T) {
		got, err := store.Bundle(ctx, site.Site, site.Bundle.ID)
		must(t, err)
		if !reflect.DeepEqual(got, site.Bundle) {
			t.Fatalf("got bundle %+v, want %+v", got, site.Bundle)
		}
	})
	t.Run("saving the same id again changes nothing", func(t *testing.T) {
		again := bundleOf(site.Site, site.Notice, site.Bundle.ID)
		again.Files = map[string][]byte{consent.MainFile: []byte("something else")}
		must(t, store.SaveBundle(ctx, again))
		got, err := store.Bundle(ctx, site.Site, site.Bundle.ID)
		must(t, err)
		if !reflect.DeepEqual(got, site.Bundle) {
			t.Fatalf("got bundle %+v, want the one saved first", got)
		}
	})
	t.Run("each site has its own", func(t *testing.T) {
		got, err := store.Bundle(ctx, other.Site, other.Bundle.ID)
		must(t, err)
		if got.Hash != other.Bundle.Hash || string(got.Files[consent.MainFile]) == string(site.Bundle.Files[consent.MainFile]) {
			t.Fatal("the other site's bundle came back")
		}
	})
	t.Run("unknown", func(t *testing.T) {
		_, err := store.Bundle(ctx, site.Site, "no-such-bundle")
		wantKind(t, err, consent.NotFound, "unknown_bundle")
		_, err = store.Bundle(ctx, "nowhere", site.Bundle.ID)
		wantKind(t, err, consent.NotFound, "unknown_bundle")
	})
	t.Run("of no notice", func(t *testing.T) {
		stray := bundleOf(site.Site, site.Notice, "stray")
		stray.NoticeHash[0] ^= 1
		wantKind(t, store.SaveBundle(ctx, stray), consent.NotFound, "unknown_notice")
		stray.NoticeHash, stray.Notice = site.Notice.Hash, 7
		wantKind(t, store.SaveBundle(ctx, stray), consent.NotFound, "unknown_notice")
	})
}

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
		entry, err := store.BundleEntry(ctx, site.Site, site.Bundle.ID)
		must(t, err)
		want := consent.BundleEntry{Notice: 1, NoticeHash: site.Notice.Hash, Hash: site.Bundle.Hash, Built: site.Bundle.Built}
		if entry != want {
			t.Fatalf("got the entry %+v, want %+v", entry, want)
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
		for _, none := range []struct {
			site consent.SiteKey
			id   consent.BundleID
		}{{site.Site, "no-such-bundle"}, {"nowhere", site.Bundle.ID}} {
			_, err := store.Bundle(ctx, none.site, none.id)
			wantKind(t, err, consent.NotFound, "unknown_bundle")
			_, err = store.BundleEntry(ctx, none.site, none.id)
			wantKind(t, err, consent.NotFound, "unknown_bundle")
		}
	})
	t.Run("of no notice", func(t *testing.T) {
		stray := bundleOf(site.Site, site.Notice, "stray")
		stray.NoticeHash[0] ^= 1
		wantKind(t, store.SaveBundle(ctx, stray), consent.NotFound, "unknown_notice")
		stray.NoticeHash, stray.Notice = site.Notice.Hash, 7
		wantKind(t, store.SaveBundle(ctx, stray), consent.NotFound, "unknown_notice")
	})
}

package storagetest

import (
	"reflect"
	"strconv"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// Screenshot gives a small picture of a width.
func Screenshot(width int) consent.Screenshot {
	png := []byte("\x89PNG\r\n\x1a\n" + strconv.Itoa(width))
	return consent.Screenshot{
		Language: consent.Bokmaal, Layer: consent.LayerFirst, Width: width, PNG: png, Hash: consent.HashOf(png), Taken: Morning,
	}
}

func testScreenshots(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	site, other := Publish(ctx, t, store, "skogen"), Publish(ctx, t, store, "havet")
	narrow, wide := Screenshot(320), Screenshot(1280)
	second := wide
	second.Layer = consent.LayerSecond
	must(t, store.SaveScreenshots(ctx, site.Site, site.Bundle.ID, []consent.Screenshot{second, wide, narrow}))

	changed := Screenshot(1)
	changed.Width = 320
	must(t, store.SaveScreenshots(ctx, site.Site, site.Bundle.ID, []consent.Screenshot{changed}))
	got, err := store.Screenshots(ctx, site.Site, site.Bundle.ID)
	must(t, err)
	if want := []consent.Screenshot{narrow, wide, second}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want those saved first, in order", got)
	}
	if got, err := store.Screenshots(ctx, other.Site, other.Bundle.ID); err != nil || len(got) != 0 {
		t.Errorf("the other site has %d pictures, %v", len(got), err)
	}
	wantKind(t, store.SaveScreenshots(ctx, site.Site, "no-such-bundle", []consent.Screenshot{narrow}), consent.NotFound, "unknown_bundle")
	narrow.PNG = append(narrow.PNG, 0)
	wantKind(t, store.SaveScreenshots(ctx, other.Site, other.Bundle.ID, []consent.Screenshot{narrow}), consent.Invalid, "wrong_hash")
}

package storagetest

import (
	"sync"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// testClosing closes a store under load: every caller is answered, and one that
// was not acknowledged is told to come again.
func testClosing(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	must(t, store.Ready(ctx))
	site := Publish(ctx, t, store, "skogen")
	var wg sync.WaitGroup
	for n := range 100 {
		wg.Go(func() {
			if _, err := store.Append(ctx, site.Decision(n)); err != nil {
				wantKindQuietly(t, err, consent.Unavailable)
			}
		})
	}
	must(t, store.Close())
	wg.Wait()
	_, err := store.Append(ctx, site.Decision(200))
	wantKind(t, err, consent.Unavailable, "")
	wantKind(t, store.Ready(ctx), consent.Unavailable, "")
	must(t, store.Close())
}

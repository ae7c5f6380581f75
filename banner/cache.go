package banner

import (
	"context"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"

	"github.com/samtykke/samtykke/consent"
)

// bundlesInMemory bounds the memory of a server with very many sites: a bundle
// with four languages takes about 100 kB in all its encodings.
const bundlesInMemory = 256

// Bundler makes Bundles and keeps the ones in use in memory.
type Bundler struct {
	store   consent.BundleStore
	said    consent.Translations
	clock   func() time.Time
	recent  *lru.Cache[string, *Built]
	pending singleflight.Group
}

// New makes a Bundler that keeps what it builds in the store.
func New(store consent.BundleStore, said consent.Translations, clock func() time.Time) *Bundler {
	recent, err := lru.New[string, *Built](bundlesInMemory)
	if err != nil {
		panic(err) // only a size below one is refused
	}
	return &Bundler{store: store, said: said, clock: clock, recent: recent}
}

// once gives the Bundle from memory, else from get. Simultaneous calls share one
// get, which runs to its end even when the first caller leaves.
func (b *Bundler) once(ctx context.Context, site consent.SiteKey, id consent.BundleID, get func(context.Context) (*consent.Bundle, error)) (*Built, error) {
	key := string(site) + "/" + string(id)
	if built, ok := b.recent.Get(key); ok {
		return built, nil
	}
	done := b.pending.DoChan(key, func() (any, error) {
		bundle, err := get(context.WithoutCancel(ctx))
		if err != nil {
			return nil, err
		}
		built := pack(bundle)
		b.recent.Add(key, built)
		return built, nil
	})
	select {
	case result := <-done:
		if result.Err != nil {
			return nil, result.Err
		}
		return result.Val.(*Built), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

package cache

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/samtykke/samtykke/consent"
)

// moment is how long an answer that may change is believed: which notice is
// current, and that something does not exist. A publish by another process is
// seen within it.
const moment = time.Second

// patience is how long a store may take for one answer that several callers
// wait for.
const patience = 10 * time.Second

// loaders is how many questions the store gets at once, so that a cold start
// cannot drown it.
const loaders = 8

// Options say how much is kept and where.
type Options struct {
	// Entries is how many notices, and how many bundles, are kept in memory.
	// 0 means 256.
	Entries int
	// URL is where Redis is (redis://, rediss:// or unix://). Empty means none.
	URL string
	// Key signs what is put into Redis. Without one, what is read is only
	// checked for damage: then nobody else may be able to write there.
	Key string
	// Prefix starts every key in Redis. Empty means "samtykke".
	Prefix string
	// Clock tells the time.
	Clock func() time.Time
	// Log hears when Redis fails and recovers. Nil means silence.
	Log *slog.Logger
}

// Cache is a store with its answers kept close at hand. The Notices and Bundles
// that it gives are shared between callers, who must not change them.
type Cache struct {
	consent.Store

	clock   func() time.Time
	notices *shelf[*consent.Notice]
	bundles *shelf[*consent.Bundle]
	current *currents
	remote  *remote // nil without Redis
	counts  Counters

	flights singleflight.Group
	loading chan struct{} // one place per question to the store
	closing sync.Once
}

var _ consent.Store = (*Cache)(nil)

// Wrap puts a cache in front of a store. Closing the cache closes the store.
func Wrap(store consent.Store, options Options) (*Cache, error) {
	options = withDefaults(options)
	c := &Cache{
		Store: store, clock: options.Clock, loading: make(chan struct{}, loaders),
		notices: newShelf("notice", options.Entries, encodeNotice),
		bundles: newShelf("bundle", options.Entries, encodeBundle),
		current: newCurrents(options.Entries),
	}
	if options.URL != "" {
		remote, err := newRemote(options, &c.counts)
		if err != nil {
			return nil, err
		}
		c.remote = remote
	}
	return c, nil
}

func withDefaults(options Options) Options {
	if options.Entries <= 0 {
		options.Entries = 256
	}
	if options.Prefix == "" {
		options.Prefix = "samtykke"
	}
	if options.Log == nil {
		options.Log = slog.New(slog.DiscardHandler)
	}
	return options
}

// Counters gives the counters of what the cache did.
func (c *Cache) Counters() *Counters { return &c.counts }

// LeftAlone says that Redis is not asked, because it failed and has not
// answered since.
func (c *Cache) LeftAlone() bool { return c.remote != nil && c.remote.alone() }

// Notice gives one notice.
func (c *Cache) Notice(ctx context.Context, site consent.SiteKey, number consent.NoticeNumber) (*consent.Notice, error) {
	return get(ctx, c, c.notices, site, strconv.Itoa(int(number)), source[*consent.Notice]{
		prove: func(ctx context.Context) (proof[*consent.Notice], error) {
			if entry, known := c.current.entry(site, number); known {
				return noticeProof(site, entry), nil
			}
			entry, err := ask(ctx, c, func(ctx context.Context) (consent.NoticeEntry, error) {
				return c.NoticeEntry(ctx, site, number)
			})
			return noticeProof(site, entry), err
		},
		load: func(ctx context.Context) (*consent.Notice, error) { return c.Store.Notice(ctx, site, number) },
	})
}

// SaveNotice appends a notice; this process sees it at once, others within a second.
func (c *Cache) SaveNotice(ctx context.Context, site consent.SiteKey, notice *consent.Notice) error {
	return c.appended(site, notice, c.Store.SaveNotice(ctx, site, notice))
}

// SavePlanned does the same for a notice that was planned.
func (c *Cache) SavePlanned(ctx context.Context, plan *consent.Plan, notice *consent.Notice) error {
	return c.appended(plan.Site, notice, c.Store.SavePlanned(ctx, plan, notice))
}

// SaveAlone does the same for a notice that nobody else has agreed to.
func (c *Cache) SaveAlone(ctx context.Context, site consent.SiteKey, notice *consent.Notice) error {
	return c.appended(site, notice, c.Store.SaveAlone(ctx, site, notice))
}

func (c *Cache) appended(site consent.SiteKey, notice *consent.Notice, err error) error {
	saved(c, c.notices, site, strconv.Itoa(int(notice.Number)))
	if err == nil {
		c.current.see(site, seen{entry: notice.Entry(), at: c.clock()})
	}
	return err
}

// Bundle gives one bundle with its files.
func (c *Cache) Bundle(ctx context.Context, site consent.SiteKey, id consent.BundleID) (*consent.Bundle, error) {
	return get(ctx, c, c.bundles, site, string(id), source[*consent.Bundle]{
		prove: func(ctx context.Context) (proof[*consent.Bundle], error) {
			entry, err := ask(ctx, c, func(ctx context.Context) (consent.BundleEntry, error) {
				return c.BundleEntry(ctx, site, id)
			})
			return bundleProof(site, id, entry), err
		},
		load: func(ctx context.Context) (*consent.Bundle, error) { return c.Store.Bundle(ctx, site, id) },
	})
}

// SaveBundle keeps a bundle.
func (c *Cache) SaveBundle(ctx context.Context, bundle *consent.Bundle) error {
	err := c.Store.SaveBundle(ctx, bundle)
	saved(c, c.bundles, bundle.Site, string(bundle.ID))
	return err
}

// CurrentNotice gives the entry of the newest notice, at most a second old.
func (c *Cache) CurrentNotice(ctx context.Context, site consent.SiteKey) (consent.NoticeEntry, error) {
	now := c.clock()
	if s, known := c.current.get(site, now); known {
		c.counts.MemoryHits.Add(1)
		return s.entry, s.err
	}
	s, err := share(ctx, c, "current:"+string(site), func(ctx context.Context) (seen, error) {
		if s, known := c.current.get(site, now); known {
			return s, nil // it came while this caller was on its way here
		}
		entry, err := ask(ctx, c, func(ctx context.Context) (consent.NoticeEntry, error) {
			return c.Store.CurrentNotice(ctx, site)
		})
		if err != nil && consent.KindOf(err) != consent.NotFound {
			return seen{}, err
		}
		return c.current.see(site, seen{entry, err, now}), nil
	})
	if err != nil {
		return consent.NoticeEntry{}, err
	}
	return s.entry, s.err
}

// share has one caller do the work that several wait for. The work goes on when
// a caller gives up, because the others still want it.
func share[V any](ctx context.Context, c *Cache, key string, work func(context.Context) (V, error)) (V, error) {
	var none V
	done := c.flights.DoChan(key, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
		defer cancel()
		return work(ctx)
	})
	select {
	case result := <-done:
		if result.Err != nil {
			return none, result.Err
		}
		return result.Val.(V), nil //nolint:forcetypeassert // the work above gave it
	case <-ctx.Done():
		return none, &consent.Error{Kind: consent.Unavailable, Code: "cancelled", Message: "The request ended before the answer was there. Send the same request again.", Err: ctx.Err()}
	}
}

// ask puts a question to the store when there is a place.
func ask[V any](ctx context.Context, c *Cache, question func(context.Context) (V, error)) (V, error) {
	select {
	case c.loading <- struct{}{}:
		defer func() { <-c.loading }()
	case <-ctx.Done():
		var none V
		return none, &consent.Error{Kind: consent.Unavailable, Code: "busy", Message: "The store is too busy to answer. Send the same request again in a moment.", Err: ctx.Err()}
	}
	c.counts.StoreReads.Add(1)
	return question(ctx)
}

// Close writes what waits for Redis and closes the store.
func (c *Cache) Close() error {
	var err error
	c.closing.Do(func() {
		if c.remote != nil {
			err = c.remote.close()
		}
	})
	return errors.Join(err, c.Store.Close())
}

package cache

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/samtykke/samtykke/consent"
)

// shelf keeps one kind of thing that never changes once it exists.
type shelf[V any] struct {
	kind   string
	memory *lru.Cache[string, V]
	absent *lru.Cache[string, absence]
	saves  atomic.Int64 // so that an absence seen before a save is not noted after it

	encode func(V) ([]byte, error)
	decode func(site consent.SiteKey, version string, payload []byte) (V, error)
}

// absence is that the store did not have something.
type absence struct {
	err error
	at  time.Time
}

func newShelf[V any](kind string, entries int, encode func(V) ([]byte, error), decode func(consent.SiteKey, string, []byte) (V, error)) *shelf[V] {
	return &shelf[V]{kind: kind, memory: newLRU[string, V](entries), absent: newLRU[string, absence](entries), encode: encode, decode: decode}
}

func newLRU[K comparable, V any](entries int) *lru.Cache[K, V] {
	cache, err := lru.New[K, V](entries)
	if err != nil {
		panic(err) // only for a size below 1, which Wrap excludes
	}
	return cache
}

// get answers from memory, else from Redis, else from the store.
func get[V any](ctx context.Context, c *Cache, s *shelf[V], site consent.SiteKey, version string, load func(context.Context) (V, error)) (V, error) {
	key := nameOf(site, version, s.kind)
	if value, known := s.memory.Get(key); known {
		c.counts.MemoryHits.Add(1)
		return value, nil
	}
	if gone, known := s.absent.Get(key); known && within(gone.at, c.clock()) {
		c.counts.MemoryHits.Add(1)
		var none V
		return none, gone.err
	}
	return share(ctx, c, key, func(ctx context.Context) (V, error) {
		if value, known := s.memory.Get(key); known {
			return value, nil // it came while this caller was on its way here
		}
		if value, found := fetch(ctx, c, s, site, version, key); found {
			s.memory.Add(key, value)
			return value, nil
		}
		now, saves := c.clock(), s.saves.Load()
		value, err := ask(ctx, c, load)
		if err == nil {
			s.memory.Add(key, value)
			c.offer(key, func() ([]byte, error) { return s.encode(value) })
		} else if consent.KindOf(err) == consent.NotFound && saves == s.saves.Load() {
			s.absent.Add(key, absence{err, now})
		}
		return value, err
	})
}

// fetch looks in Redis. Whatever is wrong there is a miss.
func fetch[V any](ctx context.Context, c *Cache, s *shelf[V], site consent.SiteKey, version, key string) (value V, found bool) {
	if c.remote == nil {
		return value, false
	}
	payload, found := c.remote.get(ctx, key)
	if !found {
		return value, false
	}
	value, err := s.decode(site, version, payload)
	if err != nil {
		c.counts.Rejected.Add(1)
		return value, false
	}
	c.counts.RemoteHits.Add(1)
	return value, true
}

// offer has a value put into Redis later, off the path of the request.
func (c *Cache) offer(key string, encode func() ([]byte, error)) {
	if c.remote != nil {
		c.remote.put(key, encode)
	}
}

// saved forgets that something was absent.
func saved[V any](c *Cache, s *shelf[V], site consent.SiteKey, version string) {
	key := nameOf(site, version, s.kind)
	s.saves.Add(1)
	s.absent.Remove(key)
	c.flights.Forget(key)
}

// within says that an answer may still be believed. A clock that went back
// makes every answer old.
func within(at, now time.Time) bool {
	age := now.Sub(at)
	return age >= 0 && age < moment
}

// seen is what the store said about a site's current notice.
type seen struct {
	number consent.NoticeNumber
	err    error // NotFound
	at     time.Time
}

// currents remembers for a moment which notice is current.
type currents struct {
	mu    sync.Mutex
	sites *lru.Cache[consent.SiteKey, seen]
}

func newCurrents(entries int) *currents {
	return &currents{sites: newLRU[consent.SiteKey, seen](entries)}
}

func (cs *currents) get(site consent.SiteKey, now time.Time) (seen, bool) {
	s, known := cs.sites.Get(site)
	return s, known && within(s.at, now)
}

// see notes an answer and gives the one that holds. Numbers only grow, so a
// slow answer from before a publish never replaces the later one.
func (cs *currents) see(site consent.SiteKey, s seen) seen {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if known, ok := cs.sites.Get(site); ok && known.number > s.number {
		return known
	}
	cs.sites.Add(site, s)
	return s
}

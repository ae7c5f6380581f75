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
}

// absence is that the store did not have something.
type absence struct {
	err error
	at  time.Time
}

func newShelf[V any](kind string, entries int, encode func(V) ([]byte, error)) *shelf[V] {
	return &shelf[V]{kind: kind, memory: newLRU[string, V](entries), absent: newLRU[string, absence](entries), encode: encode}
}

func newLRU[K comparable, V any](entries int) *lru.Cache[K, V] {
	cache, err := lru.New[K, V](entries)
	if err != nil {
		panic(err) // only for a size below 1, which Wrap excludes
	}
	return cache
}

// source is where something comes from that is not in memory.
type source[V any] struct {
	prove func(context.Context) (proof[V], error) // a small read of the store, if any
	load  func(context.Context) (V, error)        // the thing itself, from the store
}

// get answers from memory, else from Redis with the store's word for it, else
// from the store.
func get[V any](ctx context.Context, c *Cache, s *shelf[V], site consent.SiteKey, version string, from source[V]) (V, error) {
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
		now, saves := c.clock(), s.saves.Load()
		value, err := find(ctx, c, s, site, version, from)
		if err == nil {
			s.memory.Add(key, value)
		} else if consent.KindOf(err) == consent.NotFound && saves == s.saves.Load() {
			s.absent.Add(key, absence{err, now})
		}
		return value, err
	})
}

// find asks the store, or with a Redis at hand asks it for the proof only and
// takes the copy there that fits.
func find[V any](ctx context.Context, c *Cache, s *shelf[V], site consent.SiteKey, version string, from source[V]) (V, error) {
	if c.remote == nil {
		return ask(ctx, c, from.load)
	}
	proof, err := from.prove(ctx)
	if err != nil {
		var none V
		return none, err
	}
	name := nameOf(site, version+"."+proof.hash.String(), s.kind)
	if value, found := fetch(ctx, c, name, proof); found {
		return value, nil
	}
	value, err := ask(ctx, c, from.load)
	if err == nil {
		c.remote.put(name, func() ([]byte, error) { return s.encode(value) })
	}
	return value, err
}

// fetch looks in Redis. Whatever is wrong there is a miss.
func fetch[V any](ctx context.Context, c *Cache, name string, proof proof[V]) (value V, found bool) {
	payload, found := c.remote.get(ctx, name)
	if !found {
		return value, false
	}
	value, err := proof.read(payload)
	if err != nil {
		c.counts.Rejected.Add(1)
		return value, false
	}
	c.counts.RemoteHits.Add(1)
	return value, true
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
	entry consent.NoticeEntry
	err   error // NotFound
	at    time.Time
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

// entry gives the entry of a notice that was seen as the current one, however
// long ago: it is never changed.
func (cs *currents) entry(site consent.SiteKey, number consent.NoticeNumber) (consent.NoticeEntry, bool) {
	s, known := cs.sites.Peek(site)
	return s.entry, known && s.err == nil && s.entry.Number == number
}

// see notes an answer and gives the one that holds. Numbers only grow, so a
// slow answer from before a publish never replaces the later one.
func (cs *currents) see(site consent.SiteKey, s seen) seen {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if known, ok := cs.sites.Get(site); ok && known.entry.Number > s.entry.Number {
		return known
	}
	cs.sites.Add(site, s)
	return s
}

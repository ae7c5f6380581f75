package cache_test

import (
	"fmt"
	"net"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/cache"
	"github.com/samtykke/samtykke/storage/storagetest"
)

func contains(text, part string) bool { return strings.Contains(text, part) }

// world is a store with some sites published, behind a Redis.
type world struct {
	t     *testing.T
	redis *server
	store consent.Store
	sites []storagetest.Published
	clock clock
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, redis: startRedis(t), store: openSQLite(t)}
	for n := range 4 {
		w.sites = append(w.sites, storagetest.Publish(t.Context(), t, w.store, consent.SiteKey(fmt.Sprint("site-", n))))
	}
	return w
}

// process opens a cache as a process of its own would: with an empty memory.
func (w *world) process() (*cache.Cache, *counting) {
	w.t.Helper()
	return w.processWith(serverKey)
}

func (w *world) processWith(key string) (*cache.Cache, *counting) {
	w.t.Helper()
	counted := &counting{Store: w.store}
	return wrap(w.t, counted, cache.Options{URL: w.redis.url, Key: key, Entries: 1, Clock: w.clock.now}), counted
}

// read asks for everything and holds it against the truth.
func (w *world) read(c consent.Store) {
	w.t.Helper()
	if w.t.Failed() {
		return
	}
	for _, site := range w.sites {
		notice, err := c.Notice(w.t.Context(), site.Site, 1)
		if err != nil || !reflect.DeepEqual(notice, site.Notice) {
			w.t.Errorf("%s: got another notice (%v)", site.Site, err)
		}
		bundle, err := c.Bundle(w.t.Context(), site.Site, site.Bundle.ID)
		if err != nil || !reflect.DeepEqual(bundle, site.Bundle) {
			w.t.Errorf("%s: got another bundle (%v)", site.Site, err)
		}
	}
}

// used waits until answers come from Redis again. Time passes quickly for the
// cache, so that it does not leave Redis alone for long.
func (w *world) used(c *cache.Cache) {
	w.t.Helper()
	hits := c.Counters().RemoteHits.Load()
	until(w.t, "Redis is used again", func() bool {
		w.clock.advance(time.Minute)
		w.read(c)
		return c.Counters().RemoteHits.Load() > hits
	})
}

// warm fills Redis and gives its keys.
func (w *world) warm() []string {
	w.t.Helper()
	return w.warmAs(serverKey)
}

func (w *world) warmAs(key string) []string {
	w.t.Helper()
	c, _ := w.processWith(key)
	until(w.t, "everything is in Redis", func() bool {
		w.clock.advance(time.Minute)
		w.read(c)
		return len(w.redis.keys(w.t)) == 2*len(w.sites)
	})
	must(w.t, c.Close())
	return w.redis.keys(w.t)
}

// values gives what is in Redis under the keys.
func (w *world) values(keys []string) map[string]string {
	w.t.Helper()
	values := make(map[string]string, len(keys))
	for _, key := range keys {
		values[key] = w.redis.value(w.t, key)
	}
	return values
}

// served waits until a new process finds everything in Redis.
func (w *world) served() {
	w.t.Helper()
	until(w.t, "everything comes from Redis", func() bool {
		c, counted := w.process()
		w.read(c)
		must(w.t, c.Close())
		return counted.notices.Load()+counted.bundles.Load() == 0
	})
}

func TestRedisIsShared(t *testing.T) {
	w := newWorld(t)
	fresh, _ := w.process()
	w.read(fresh)
	if fresh.Counters().RemoteMisses.Load() == 0 {
		t.Error("nobody can see that Redis had nothing")
	}
	keys := w.warm()
	for _, key := range keys {
		if !strings.HasPrefix(key, "samtykke:2:site-") {
			t.Errorf("key %q is not versioned as it should be", key)
		}
		ttl, err := w.redis.client.TTL(t.Context(), key).Result()
		if err != nil || ttl.Hours() < 21 || ttl.Hours() > 27 {
			t.Errorf("key %q stays %v (%v), want a day give or take a tenth", key, ttl, err)
		}
	}
	w.served()
}

func TestWrongType(t *testing.T) {
	w := newWorld(t)
	for _, key := range w.warm() {
		must(t, w.redis.client.Del(t.Context(), key).Err())
		must(t, w.redis.client.RPush(t.Context(), key, "a", "list").Err())
	}
	w.served()
}

func TestFlushedAndFull(t *testing.T) {
	w := newWorld(t)
	w.warm()
	must(t, w.redis.client.FlushAll(t.Context()).Err())
	must(t, w.redis.client.ConfigSet(t.Context(), "maxmemory-policy", "noeviction").Err())
	must(t, w.redis.client.ConfigSet(t.Context(), "maxmemory", "1").Err())
	c, _ := w.process()
	for range 5 {
		w.read(c)
	}
	until(t, "the writes are refused", func() bool { return c.Counters().RemoteErrors.Load() > 0 })
	must(t, w.redis.client.ConfigSet(t.Context(), "maxmemory", "0").Err())
	w.warm()
}

// Everything stays right while Redis is killed, and comes back when it does.
func TestKilledUnderUse(t *testing.T) {
	w := newWorld(t)
	w.warm()
	c, _ := w.process()
	var stop atomic.Bool
	var rounds atomic.Int64
	var wg sync.WaitGroup
	defer wg.Wait()
	defer stop.Store(true)
	for range 8 {
		wg.Go(func() {
			for !stop.Load() && !t.Failed() {
				w.read(c)
				rounds.Add(1)
			}
		})
	}
	for range 3 {
		until(t, "some are served", func() bool { return rounds.Load() > 20 })
		w.redis.kill(t)
		rounds.Store(0)
		until(t, "some are served without Redis", func() bool { return rounds.Load() > 20 })
		w.redis.start(t)
		w.used(c)
		rounds.Store(0)
	}
}

// A Redis that accepts and never answers holds nobody.
func TestStopped(t *testing.T) {
	w := newWorld(t)
	w.warm()
	c, _ := w.process()
	w.read(c)
	w.redis.pause(t)
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() { w.read(c) })
	}
	wg.Wait() // while it is stopped
	if c.Counters().RemoteErrors.Load() == 0 {
		t.Error("no call to the stopped Redis failed, so the test proves nothing")
	}
	w.redis.resume(t)
	w.used(c)
	if c.LeftAlone() {
		t.Error("it answers and is said to be left alone")
	}
}

// While Redis is left alone it gets no call at all, however many ask.
func TestLeftAlone(t *testing.T) {
	store := openSQLite(t)
	sites := []storagetest.Published{storagetest.Publish(t.Context(), t, store, "skogen"), storagetest.Publish(t.Context(), t, store, "havet")}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	var dialled atomic.Int64
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			dialled.Add(1)
			_ = conn.Close()
		}
	}()
	defer listener.Close()
	clock := new(clock) // it stands still, so the time to try again never comes
	c := wrap(t, store, cache.Options{URL: "redis://" + listener.Addr().String(), Clock: clock.now, Entries: 1})
	for n := range 300 {
		site := sites[n%2] // in turn, so that neither stays in memory
		notice, err := c.Notice(t.Context(), site.Site, 1)
		if err != nil || notice.Hash != site.Notice.Hash {
			t.Fatalf("got %v (%v)", notice, err)
		}
	}
	if n := c.Counters().RemoteErrors.Load(); n < 5 || n > 50 {
		t.Errorf("%d calls failed before Redis was left alone, want 5 or few more", n)
	}
	if n := dialled.Load(); n > 60 {
		t.Errorf("Redis was dialled %d times while it should be left alone", n)
	}
	if c.Counters().Skipped.Load() == 0 {
		t.Error("nothing was skipped")
	}
	if !c.LeftAlone() {
		t.Error("nobody can see that it is left alone")
	}
}

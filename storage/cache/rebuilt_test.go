package cache_test

import (
	"fmt"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// A database that was rebuilt, or restored and published anew, gives its own
// notices and bundles, though Redis is full of the other's under the same key,
// site, number and bundle id; and what one server puts there the other never
// believes, whoever writes last.
func TestRebuiltDatabase(t *testing.T) {
	lost := newWorld(t)
	lost.warm()
	rebuilt := &world{t: t, redis: lost.redis, store: openSQLite(t)}
	for n := range lost.sites {
		draft := storagetest.Draft(consent.SiteKey(fmt.Sprint("site-", n)))
		draft.Organisation.Name = "Nykommunen"
		rebuilt.sites = append(rebuilt.sites, storagetest.PublishDraft(t.Context(), t, rebuilt.store, draft))
	}
	for range 3 {
		for _, w := range []*world{rebuilt, lost} {
			c, _ := w.process()
			w.read(c)
			must(t, c.Close())
		}
	}
	c, _ := rebuilt.process()
	rebuilt.read(c)
	if c.Counters().RemoteHits.Load() == 0 {
		t.Error("nothing came from Redis, so the test proves nothing")
	}
}

// The proof of the current notice is known from asking which one is current; a
// bundle's is one small read, and nothing is proved twice. What Redis is too slow for
// on a loaded machine comes whole from the store: that says nothing.
func TestProofCostsLittle(t *testing.T) {
	w := newWorld(t)
	w.warm()
	until(t, "everything comes from Redis", func() bool {
		c, counted := w.process()
		defer func() { must(t, c.Close()) }()
		for range 3 {
			entry, err := c.CurrentNotice(t.Context(), "site-0")
			must(t, err)
			_, err = c.Notice(t.Context(), "site-0", entry.Number)
			must(t, err)
		}
		ofNotices := counted.entries.Load()
		for range 3 {
			_, err := c.Bundle(t.Context(), "site-0", w.sites[0].Bundle.ID)
			must(t, err)
		}
		if counted.notices.Load()+counted.bundles.Load() > 0 {
			return false
		}
		if all := counted.entries.Load(); ofNotices != 0 || all != 1 {
			t.Fatalf("the store was asked for %d entries of notices, and %d in all, want none and 1", ofNotices, all)
		}
		return true
	})
}

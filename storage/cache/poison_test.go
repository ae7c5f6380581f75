package cache_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/storage/cache"
)

// Values under the right keys that are not ours, or are another's, or are
// damaged, are never believed.
func TestPoison(t *testing.T) {
	w := newWorld(t)
	strangers := w.values(w.warmAs("another key, made by somebody else"))
	must(t, w.redis.client.FlushAll(t.Context()).Err())
	keys := w.warm()
	good := w.values(keys)
	for name, poison := range map[string]func(key string) string{
		"nothing":       func(string) string { return "" },
		"garbage":       func(string) string { return strings.Repeat("garbage", 50) },
		"a script":      func(string) string { return "<script>alert(1)</script>" },
		"half a value":  func(key string) string { return good[key][:len(good[key])/2] },
		"one byte less": func(key string) string { return good[key][:len(good[key])-1] },
		"one byte more": func(key string) string { return good[key] + "x" },
		"another's":     func(key string) string { return good[other(good, key)] },
		"another's, signed by us": func(key string) string {
			from := other(good, key)
			return cache.Forge(t, serverKey, from, key, good[from])
		},
		"huge":           func(key string) string { return good[key] + strings.Repeat("x", 1<<20) },
		"another server": func(key string) string { return strangers[key] },
	} {
		t.Run(name, func(t *testing.T) {
			until(t, "the values are read and rejected", func() bool {
				for _, key := range keys {
					w.redis.set(t, key, poison(key))
				}
				return w.rejects()
			})
		})
	}
	t.Run("one bit of every byte", func(t *testing.T) {
		key := "samtykke:2:site-0:1." + w.sites[0].Notice.Hash.String() + ":notice"
		if good[key] == "" {
			t.Fatalf("no key %s in %v", key, keys)
		}
		rejected := 0
		for i := 0; i < len(good[key]); i += 7 {
			value := []byte(good[key])
			value[i] ^= 1 << (i % 8)
			w.redis.set(t, key, string(value))
			c, _ := w.process()
			notice, err := c.Notice(t.Context(), "site-0", 1)
			if err != nil || !reflect.DeepEqual(notice, w.sites[0].Notice) {
				t.Fatalf("byte %d: got another notice (%v)", i, err)
			}
			must(t, c.Close())
			if c.Counters().RemoteHits.Load() != 0 {
				t.Fatalf("byte %d: a changed value was believed", i)
			}
			rejected += int(c.Counters().Rejected.Load())
		}
		if rejected == 0 {
			t.Error("no changed value was read, so the test proves nothing")
		}
	})
}

// other gives another key of the same kind.
func other(values map[string]string, key string) string {
	kind := key[strings.LastIndexByte(key, ':'):]
	for candidate := range values {
		if candidate != key && strings.HasSuffix(candidate, kind) {
			return candidate
		}
	}
	return ""
}

// rejects reads everything in a new process, which must believe nothing of
// what is in Redis, and says whether it looked at it.
func (w *world) rejects() bool {
	w.t.Helper()
	c, counted := w.process()
	w.read(c)
	must(w.t, c.Close())
	believed, asked := c.Counters().RemoteHits.Load(), counted.notices.Load()+counted.bundles.Load()
	if believed != 0 || asked != 8 {
		w.t.Errorf("%d values were believed and the store asked %d times, want 0 and 8", believed, asked)
	}
	return w.t.Failed() || c.Counters().Rejected.Load() > 0
}

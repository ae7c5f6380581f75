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
	keys := w.warm()
	good := make(map[string]string)
	for _, key := range keys {
		good[key] = w.redis.value(t, key)
	}
	stranger := wrap(t, &counting{Store: w.store}, cache.Options{URL: w.redis.url, Key: "another key, made by somebody else"})
	poisons := map[string]func(key string) string{
		"nothing":        func(string) string { return "" },
		"garbage":        func(string) string { return strings.Repeat("garbage", 50) },
		"a script":       func(string) string { return "<script>alert(1)</script>" },
		"half a value":   func(key string) string { return good[key][:len(good[key])/2] },
		"one byte less":  func(key string) string { return good[key][:len(good[key])-1] },
		"one byte more":  func(key string) string { return good[key] + "x" },
		"another's":      func(key string) string { return other(good, key) },
		"huge":           func(key string) string { return good[key] + strings.Repeat("x", 2<<20) },
		"another server": nil,
	}
	for name, poison := range poisons {
		t.Run(name, func(t *testing.T) {
			if poison == nil {
				must(t, w.redis.client.FlushAll(t.Context()).Err())
				w.read(stranger)
				must(t, stranger.Close())
			}
			for _, key := range keys {
				if poison != nil {
					w.redis.set(t, key, poison(key))
				}
			}
			c, counted := w.process()
			w.read(c)
			must(t, c.Close())
			rejected, believed := c.Counters().Rejected.Load(), c.Counters().RemoteHits.Load()
			if asked := counted.notices.Load() + counted.bundles.Load(); rejected == 0 || believed != 0 || asked != 8 {
				t.Errorf("%d values were rejected, %d believed, and the store asked %d times, want 8, 0 and 8", rejected, believed, asked)
			}
		})
	}
	t.Run("one bit of every byte", func(t *testing.T) {
		key := "samtykke:1:site-0:1:notice"
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

// other gives the value of another key of the same kind.
func other(values map[string]string, key string) string {
	kind := key[strings.LastIndexByte(key, ':'):]
	for candidate, value := range values {
		if candidate != key && strings.HasSuffix(candidate, kind) {
			return value
		}
	}
	return ""
}

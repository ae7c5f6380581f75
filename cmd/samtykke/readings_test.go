package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// Whoever runs the server sees in the metrics that Redis is down and that the
// write-ahead log grows, though no visitor notices either.
func TestFaultsOfTheStorageAreSeen(t *testing.T) {
	nobody := newListener(t)
	redis := nobody.Addr().String()
	if err := nobody.Close(); err != nil {
		t.Fatal(err)
	}
	h := newHouse(t, map[string]any{"cache.redis.url": "redis://" + redis, "cache.redis.key": strings.Repeat("k", 40)})
	ctx, stop := context.WithCancel(t.Context())
	ended, ready := make(chan error, 1), make(chan struct{})
	go func() { ended <- h.serve(ctx, func() { close(ready) }) }()
	<-ready
	deadline := time.Now().Add(time.Minute)
	wanted := []string{
		`samtykke_redis_errors_total [1-9]`, `samtykke_redis_left_alone 1\n`, `samtykke_redis_hits_total 0\n`,
		`samtykke_cache_store_reads_total [1-9]`, `samtykke_sqlite_wal_bytes [1-9]`,
	}
	for n := 0; len(wanted) > 0 && time.Now().Before(deadline); n++ {
		site := storagetest.Publish(ctx, t, h.store, consent.SiteKey(fmt.Sprint("site-", n)))
		public := "http://" + h.public.Addr().String() + "/" + string(site.Site)
		if body := fetch(t, public+"/"+string(site.Bundle.ID)+".js"); body != string(site.Bundle.Files[consent.MainFile]) {
			t.Fatalf("got %q", body)
		}
		metrics := fetch(t, "http://"+h.debug.Addr().String()+"/metrics")
		if regexp.MustCompile(wanted[0]).MatchString(metrics) {
			wanted = wanted[1:]
		}
	}
	if len(wanted) > 0 {
		t.Errorf("the metrics never had %q", wanted)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func newHouse(t *testing.T, flags map[string]any) *house {
	t.Helper()
	flags["storage.sqlite.path"] = filepath.Join(t.TempDir(), databaseFile)
	settings, err := config.Load("", nil, flags)
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	store, err := storage.Open(t.Context(), settings, time.Now, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return &house{settings: settings, store: store, log: log, clock: time.Now, public: newListener(t), debug: newListener(t)}
}

func newListener(t *testing.T) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return listener
}

func fetch(t *testing.T, address string) string {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %v", address, answer.StatusCode, err)
	}
	return string(body)
}

package sqlite_test

import (
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/samtykke/samtykke/storage/sqlite"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// BenchmarkAppend has 64 callers append at once, each waiting for its own
// acknowledgement, with every commit synced.
func BenchmarkAppend(b *testing.B) {
	store := open(b, sqlite.Options{Path: filepath.Join(b.TempDir(), "samtykke.db"), Exclusive: true})
	site := storagetest.Publish(b.Context(), b, store, "skogen")
	var next atomic.Int64
	var wg sync.WaitGroup
	b.ReportAllocs()
	b.ResetTimer()
	for range 64 {
		wg.Go(func() {
			for n := int(next.Add(1)); n <= b.N; n = int(next.Add(1)) {
				if _, err := store.Append(b.Context(), site.Decision(n)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()

	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "decisions/s")
}

// BenchmarkAudit derives a ledger of 100,000 leaves anew.
func BenchmarkAudit(b *testing.B) {
	const leaves = 100_000
	store := open(b, sqlite.Options{Path: filepath.Join(b.TempDir(), "samtykke.db"), Exclusive: true})
	site := storagetest.Publish(b.Context(), b, store, "skogen")
	var next atomic.Int64
	var wg sync.WaitGroup
	for range 64 {
		wg.Go(func() {
			for n := int(next.Add(1)); n <= leaves; n = int(next.Add(1)) {
				if _, err := store.Append(b.Context(), site.Decision(n)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.ReportAllocs()
	for b.Loop() {
		found, err := store.Audit(b.Context(), "", func(int64, int64) {})
		if err != nil || len(found.Faults) > 0 {
			b.Fatal(err, found)
		}
	}
	b.ReportMetric(float64(leaves*b.N)/b.Elapsed().Seconds(), "leaves/s")
}

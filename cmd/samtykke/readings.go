package main

import (
	"math"
	"sync/atomic"

	"github.com/samtykke/samtykke/server/debug"
	"github.com/samtykke/samtykke/storage/cache"
	"github.com/samtykke/samtykke/storage/sqlite"
)

// readings are what the storage counts, for the metrics: its faults are
// answered for by the store and would be seen nowhere else.
func readings(store *cache.Cache, database string) []debug.Reading {
	counts := store.Counters()
	return []debug.Reading{
		counter("samtykke_cache_memory_hits_total", "Answers from memory.", &counts.MemoryHits),
		counter("samtykke_cache_store_reads_total", "Questions to the database that memory could not answer.", &counts.StoreReads),
		counter("samtykke_redis_hits_total", "Answers from Redis.", &counts.RemoteHits),
		counter("samtykke_redis_misses_total", "Questions to which Redis had no answer.", &counts.RemoteMisses),
		counter("samtykke_redis_rejected_total", "Values in Redis that were not believed: damaged, forged or another database's.", &counts.Rejected),
		counter("samtykke_redis_errors_total", "Calls that Redis did not answer, or with an error.", &counts.RemoteErrors),
		counter("samtykke_redis_skipped_total", "Calls that were not made, because Redis had failed.", &counts.Skipped),
		counter("samtykke_redis_written_total", "Values put into Redis.", &counts.Written),
		counter("samtykke_redis_dropped_total", "Values not put into Redis: too many waited, or too large.", &counts.Dropped),
		{Name: "samtykke_redis_left_alone", Help: "1 while Redis is left alone because it failed, else 0.", Value: func() float64 {
			if store.LeftAlone() {
				return 1
			}
			return 0
		}},
		{Name: "samtykke_sqlite_wal_bytes", Help: "Size of the database's write-ahead log.", Value: func() float64 {
			size, err := sqlite.WALSize(database)
			if err != nil {
				return math.NaN()
			}
			return float64(size)
		}},
	}
}

func counter(name, help string, count *atomic.Int64) debug.Reading {
	return debug.Reading{Name: name, Help: help, Counter: true, Value: func() float64 { return float64(count.Load()) }}
}

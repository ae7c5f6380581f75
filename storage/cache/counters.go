package cache

import "sync/atomic"

// Counters count what the cache did since the process started.
type Counters struct {
	MemoryHits   atomic.Int64 // answered from memory
	RemoteHits   atomic.Int64 // answered from Redis
	RemoteMisses atomic.Int64 // Redis did not have it
	StoreReads   atomic.Int64 // asked of the store
	RemoteErrors atomic.Int64 // Redis did not answer, or with an error
	Rejected     atomic.Int64 // Redis gave something that is not ours
	Written      atomic.Int64 // put into Redis
	Dropped      atomic.Int64 // not put into Redis: too much waited, or too large
	Skipped      atomic.Int64 // Redis was not asked, because it had failed
}

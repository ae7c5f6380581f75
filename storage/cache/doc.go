// Package cache keeps what never changes close at hand: notices and bundles, in
// the memory of the process and, where it is configured, in a Redis that
// several servers share. It wraps any store and offers the same ports.
//
// Redis is a cache and never the truth. It may be absent, slow, full, wrong,
// lying or another database's: every answer is the store's, or has the hash that
// the store has. Its faults are counted and never returned. Everything about
// decisions passes straight through to the store.
//
// A Redis user for this needs nothing but GET and SET on samtykke:*.
package cache

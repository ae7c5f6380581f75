package visitor

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// slots is how many networks can be told apart. Two that fall into one slot
// share its allowance until the key changes.
const slots = 1 << 16

// limiter shares out the right to write: a token bucket per network, in a
// table of fixed size. A bucket is found by a keyed hash of the network, under
// a random key that lives for a day and only in memory, so nothing here can be
// traced back to an address, not even by ourselves tomorrow. The table cannot
// grow, so a flood from many addresses cannot fill the memory.
type limiter struct {
	clock    func() time.Time
	start    time.Time
	interval time.Duration // the time in which one write is earned
	burst    time.Duration // what can be saved up: a minute's worth
	key      atomic.Pointer[dayKey]
	mu       sync.Mutex // held while the key changes
	// full holds, per slot, when its bucket is full again, as time since start.
	full [slots]atomic.Int64
}

// dayKey is the key of one day.
type dayKey struct {
	day   int64
	bytes [32]byte
}

// newLimiter lets each network write perMinute times a minute.
func newLimiter(perMinute int, clock func() time.Time) *limiter {
	return &limiter{
		clock:    clock,
		start:    clock(),
		interval: time.Minute / time.Duration(max(perMinute, 1)),
		burst:    time.Minute,
	}
}

// take uses one write of the network's allowance. When there is none left, it
// gives the time after which there is one.
func (l *limiter) take(network netip.Prefix) (wait time.Duration, ok bool) {
	now := l.clock().Sub(l.start)
	slot := &l.full[l.slot(network, now)]
	for {
		full := slot.Load()
		next := max(time.Duration(full), now) + l.interval
		if over := next - now - l.burst; over > 0 {
			return over, false
		}
		if slot.CompareAndSwap(full, int64(next)) {
			return 0, true
		}
	}
}

// slot finds the bucket of a network under the key of the day.
func (l *limiter) slot(network netip.Prefix, now time.Duration) uint16 {
	var text [32 + 17]byte
	key := l.keyOf(int64(now / (24 * time.Hour)))
	copy(text[:], key.bytes[:])
	addr := network.Addr().As16()
	copy(text[32:], addr[:])
	text[48] = byte(network.Bits()) //nolint:gosec // 32 or 64, or 255 for none
	sum := sha256.Sum256(text[:])
	return binary.BigEndian.Uint16(sum[:])
}

func (l *limiter) keyOf(day int64) *dayKey {
	if key := l.key.Load(); key != nil && key.day == day {
		return key
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if key := l.key.Load(); key != nil && key.day == day {
		return key
	}
	key := &dayKey{day: day}
	_, _ = rand.Read(key.bytes[:]) // never fails: the program ends instead
	l.key.Store(key)
	return key
}

// dayLimit counts what each Site stores in a day (UTC), so that a flood can
// fill neither the disk nor the Log. It forgets when the server starts anew.
type dayLimit struct {
	most int
	mu   sync.Mutex
	day  int64
	used map[consent.SiteKey]int
}

func newDayLimit(most int) *dayLimit {
	return &dayLimit{most: max(most, 1), used: map[consent.SiteKey]int{}}
}

// take counts one Decision of the Site, a known one. It is false when the day
// is used up.
func (d *dayLimit) take(site consent.SiteKey, now time.Time) bool {
	day := now.Unix() / (24 * 60 * 60)
	d.mu.Lock()
	defer d.mu.Unlock()
	if day != d.day {
		d.day = day
		clear(d.used)
	}
	if d.used[site] >= d.most {
		return false
	}
	d.used[site]++
	return true
}

func tooMany() error {
	return consent.Errorf(consent.Unavailable, "too_many",
		"Too much has come from this network. Wait for the time in Retry-After, then send the same again.")
}

func siteFull() error {
	return consent.Errorf(consent.Unavailable, "site_full",
		"This site has stored all that it may in a day. Raise limits.site_per_day if this is no flood; the banner keeps the choice until then.")
}

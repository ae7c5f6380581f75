package visitor

import (
	"net/netip"
	"sync/atomic"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// limiter shares out the right to write: a token bucket per network, in a
// table of fixed size. A bucket is found by a secret. The table cannot grow, so
// a flood from many addresses cannot fill the memory.
type limiter struct {
	clock    func() time.Time
	start    time.Time
	interval time.Duration // the time in which one write is earned
	burst    time.Duration // what can be saved up: a minute's worth
	secret   secret
	// full holds, per slot, when its bucket is full again, as time since start.
	full [slots]atomic.Int64
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
	slot := &l.full[l.secret.slot(int64(now/(24*time.Hour)), network, "")]
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

func tooMany() error {
	return consent.Errorf(consent.Unavailable, "too_many",
		"Too much has come from this network. Wait for the time in Retry-After, then send the same again.")
}

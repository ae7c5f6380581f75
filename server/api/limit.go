package api

import (
	"sync"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// perMinute is how often a key may ask in a minute.
const perMinute = 600

// limit counts what each key asks in a minute. Only keys that work are counted, and
// all are forgotten when a minute ends.
type limit struct {
	clock func() time.Time
	mu    sync.Mutex
	began time.Time
	asked map[consent.APIKeyID]int
}

func newLimit(clock func() time.Time) *limit { return &limit{clock: clock} }

// wait counts a request, and gives how long the key has to wait.
func (l *limit) wait(key consent.APIKeyID) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock()
	if now.Sub(l.began) >= time.Minute || now.Before(l.began) {
		l.began, l.asked = now, map[consent.APIKeyID]int{}
	}
	if l.asked[key] >= perMinute {
		return l.began.Add(time.Minute).Sub(now)
	}
	l.asked[key]++
	return 0
}

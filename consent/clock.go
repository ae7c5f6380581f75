package consent

import (
	"context"
	"time"
)

const (
	// ClockLeap is how far the clock may have gone while nobody looked, as when a
	// host was off: no more than that goes too early when it was set instead.
	ClockLeap = 7 * 24 * time.Hour
	// ClockPatience is for how long a clock that leapt is doubted. It is time enough
	// to correct it, and whose retention is over waits no longer for nothing.
	ClockPatience = 7 * 24 * time.Hour
)

// Clock is what a host has seen of its own clock. One that is set years ahead
// would have every Decision removed at once: a leap is told, and for a while
// nothing is removed for its age.
type Clock struct {
	Last  time.Time // when it was looked at last
	From  time.Time // before it leapt ahead the last time
	Since time.Time // after it leapt ahead, zero when it never did or was set back
}

// See gives what is known after looking at the clock again.
func (c Clock) See(now time.Time) Clock {
	if !c.Doubted(c.Last) {
		c.From = c.Last
	}
	switch ahead := now.Sub(c.From) > ClockLeap; {
	case c.From.IsZero() || !ahead:
		c.From, c.Since = time.Time{}, time.Time{}
	case !c.Doubted(c.Last) || now.Before(c.Last) || now.Sub(c.Last) > ClockLeap:
		c.Since = now
	}
	c.Last = now
	return c
}

// Doubted says whether the clock leapt ahead not long before.
func (c Clock) Doubted(now time.Time) bool {
	return !c.Since.IsZero() && now.Before(c.Until())
}

// Until gives when the clock is believed, unless it is set back before.
func (c Clock) Until() time.Time { return c.Since.Add(ClockPatience) }

// ClockStore remembers how the host's clock went.
type ClockStore interface {
	// Clock gives what was saved last, or zero.
	Clock(ctx context.Context) (Clock, error)
	SaveClock(ctx context.Context, clock Clock) error
}

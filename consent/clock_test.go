package consent_test

import (
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// TestClockThatLeapt: a clock is believed while it goes, after a pause and when it is
// set back; one that leaps ahead is doubted until a week has gone by evenly.
func TestClockThatLeapt(t *testing.T) {
	const day = 24 * time.Hour
	const years = 3 * 365 * day
	start := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	evenly := func(from, to time.Duration) (steps []time.Duration) {
		for ; from <= to; from += day / 4 {
			steps = append(steps, from)
		}
		return steps
	}
	for _, c := range []struct {
		name    string
		seen    []time.Duration
		doubted bool
	}{
		{"never looked at", nil, false},
		{"the first look", []time.Duration{years}, false},
		{"evenly for a month", evenly(0, 30*day), false},
		{"off for a week", []time.Duration{0, 7 * day}, false},
		{"off for longer", []time.Duration{0, 7*day + 1}, true},
		{"years ahead", []time.Duration{0, years}, true},
		{"years ahead, almost a week later", append(evenly(0, day), evenly(years, years+7*day-1)...), true},
		{"years ahead, a week later", append(evenly(0, day), evenly(years, years+7*day)...), false},
		{"years ahead, and corrected", []time.Duration{0, years, years + day, day}, false},
		{"corrected after it was believed", append(append(evenly(0, day), evenly(years, years+8*day)...), 9*day), false},
		{"years ahead, and corrected to months ahead", []time.Duration{0, years, 90 * day}, true},
		{"ahead once more while doubted", append(evenly(0, day), years, years+5*day, 2*years, 2*years+3*day), true},
		{"days back", []time.Duration{30 * day, 0, day}, false},
	} {
		var clock consent.Clock
		for _, after := range c.seen {
			clock = clock.See(start.Add(after))
		}
		if got := clock.Doubted(clock.Last); got != c.doubted {
			t.Errorf("%s: doubted %v, from %s since %s", c.name, got, clock.From, clock.Since)
		}
		if c.doubted && !clock.From.Before(start.Add(2*day)) {
			t.Errorf("%s: leapt from %s", c.name, clock.From)
		}
	}
}

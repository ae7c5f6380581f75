package consent

import (
	"math"
	"testing"
	"time"
)

func TestDelays(t *testing.T) {
	for took, want := range map[time.Duration]Delay{
		0: 0, 1999 * time.Millisecond: 0, 2 * time.Second: 2, 4999 * time.Millisecond: 2, 5 * time.Second: 5,
		10*time.Second - 1: 5, 10 * time.Second: 10, 30*time.Second - 1: 10, 30 * time.Second: 30, time.Minute - 1: 30,
		time.Minute: 60, 5*time.Minute - 1: 60, 5 * time.Minute: 300, 24*time.Hour - 1: 300,
	} {
		if place, ok := DelayOf(took); !ok || Delays[place] != want {
			t.Errorf("%v is of %d, %v; want %d", took, Delays[place], ok, want)
		}
	}
	for _, took := range []time.Duration{-1, math.MinInt64, 24 * time.Hour, math.MaxInt64} {
		if _, ok := DelayOf(took); ok {
			t.Errorf("%v is taken for a time that somebody thought", took)
		}
	}
}

package storagetest

import (
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

func testClock(t *testing.T, open Opener) {
	store := open(t)
	wantClock(t, store, consent.Clock{})
	for _, clock := range []consent.Clock{
		{Last: Morning},
		{Last: Morning.Add(time.Hour), From: Morning, Since: Morning.Add(time.Minute)},
		{Last: Morning.Add(2 * time.Hour)},
	} {
		must(t, store.SaveClock(t.Context(), clock))
		wantClock(t, store, clock)
	}
}

func wantClock(t *testing.T, store consent.Store, want consent.Clock) {
	t.Helper()
	if got, err := store.Clock(t.Context()); err != nil || got != want {
		t.Errorf("the clock went so: %+v (%v), want %+v", got, err, want)
	}
}

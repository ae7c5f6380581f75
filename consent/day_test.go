package consent_test

import (
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

func day(t *testing.T, text string) consent.Day {
	t.Helper()
	d, err := consent.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestDaysAreNorwegian: when it is night in Norway, it may still be yesterday in
// UTC, in summer an hour longer than in winter.
func TestDaysAreNorwegian(t *testing.T) {
	for moment, want := range map[string]string{
		"2026-01-31T22:59:59Z":      "2026-01-31",
		"2026-01-31T23:00:00Z":      "2026-02-01",
		"2026-07-31T21:59:59Z":      "2026-07-31",
		"2026-07-31T22:00:00Z":      "2026-08-01",
		"2026-03-29T00:30:00Z":      "2026-03-29", // the clocks go forward
		"2026-10-25T22:30:00Z":      "2026-10-25", // the clocks went back
		"2026-10-25T23:00:00Z":      "2026-10-26",
		"2026-12-31T20:00:00-08:00": "2027-01-01",
	} {
		at, err := time.Parse(time.RFC3339, moment)
		if err != nil {
			t.Fatal(err)
		}
		if got := consent.DayOf(at).String(); got != want {
			t.Errorf("%s is %s in Norway, want %s", moment, got, want)
		}
	}
	for _, text := range []string{"", "22.11.2026", "2026-02-30", "2026-1-2", "1969-12-31"} {
		if d, err := consent.ParseDay(text); err == nil {
			t.Errorf("%q was read as %s", text, d)
		}
	}
}

// TestHolidays has the whole calendar of a year, and Easter over many.
func TestHolidays(t *testing.T) {
	want := map[string]bool{}
	for _, text := range []string{
		"2026-01-01", "2026-04-02", "2026-04-03", "2026-04-05", "2026-04-06", "2026-05-01", "2026-05-14",
		"2026-05-17", "2026-05-24", "2026-05-25", "2026-12-25", "2026-12-26",
	} {
		want[text] = true
	}
	for d := day(t, "2026-01-01"); d <= day(t, "2026-12-31"); d++ {
		if d.Holiday() != want[d.String()] {
			t.Errorf("%s: holiday %v", d, d.Holiday())
		}
	}
	// Second day of Easter, with the earliest and one of the latest there can be.
	for _, text := range []string{"2000-04-24", "2008-03-24", "2011-04-25", "2019-04-22", "2024-04-01", "2025-04-21", "2027-03-29", "2038-04-26", "2049-04-19", "2285-03-23"} {
		if d := day(t, text); !d.Holiday() || d.Weekday() != time.Monday || !(d - 1).Holiday() || !(d - 3).Holiday() || !(d - 4).Holiday() {
			t.Errorf("%s is not the second day of Easter", text)
		}
	}
}

// A day begins at midnight by Norwegian clocks, also when they go forward or back.
func TestDayStart(t *testing.T) {
	for text, want := range map[string]string{
		"2026-03-02": "2026-03-01T23:00:00Z", "2026-03-29": "2026-03-28T23:00:00Z", "2026-03-30": "2026-03-29T22:00:00Z",
		"2026-10-25": "2026-10-24T22:00:00Z", "2026-10-26": "2026-10-25T23:00:00Z",
	} {
		start := day(t, text).Start()
		if got := start.UTC().Format(time.RFC3339); got != want || consent.DayOf(start) != day(t, text) || consent.DayOf(start.Add(-time.Second)) != day(t, text)-1 {
			t.Errorf("%s begins at %s, want %s", text, got, want)
		}
	}
}

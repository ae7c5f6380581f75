package main

import (
	"time"

	"github.com/samtykke/samtykke/consent"
)

// onClock is how commands write a moment for people.
const onClock = "2006-01-02 15:04:05 MST"

// whenShown gives a moment by Norwegian clocks, as the pages do, with the zone: what is
// said does not change with the machine. JSON has RFC 3339 in UTC.
func whenShown(moment time.Time) string { return consent.InNorway(moment).Format(onClock) }

// dayShown gives the day that a moment is on in Norway.
func dayShown(moment time.Time) string { return consent.InNorway(moment).Format(time.DateOnly) }

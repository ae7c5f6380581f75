package consent

import (
	"time"
	_ "time/tzdata" // the zone is there on a machine without a zone database, too
)

// Day is a calendar day in Norway, counted from 1 January 1970. Deadlines of the
// law are days, not moments. The zero Day stands for none.
type Day int32

// oslo is the time zone of Norway.
var oslo = mustZone("Europe/Oslo")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // the zones are embedded
	}
	return zone
}

// InNorway gives the moment by Norwegian clocks, which is how people read it.
func InNorway(moment time.Time) time.Time { return moment.In(oslo) }

// DayOf gives the day that it is in Norway at a moment.
func DayOf(moment time.Time) Day {
	year, month, day := InNorway(moment).Date()
	return dayOn(year, month, day)
}

func dayOn(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / daySeconds) //nolint:gosec // years have four digits
}

// ParseDay reads YYYY-MM-DD. The error is Invalid (malformed_day).
func ParseDay(text string) (Day, error) {
	parsed, err := time.Parse(time.DateOnly, text)
	if err != nil || parsed.Year() < 1970 {
		return 0, Errorf(Invalid, "malformed_day", "%q is no day: write year, month and day, such as 2026-11-22.", text)
	}
	return dayOn(parsed.Date()), nil
}

// String gives YYYY-MM-DD, and nothing for none.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// MarshalText writes YYYY-MM-DD.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// Start gives the moment at which the day begins in Norway.
func (d Day) Start() time.Time {
	year, month, day := d.utc().Date()
	return time.Date(year, month, day, 0, 0, 0, 0, oslo)
}

// Weekday gives the day of the week.
func (d Day) Weekday() time.Weekday { return d.utc().Weekday() }

// AddMonths gives the same date so many months later, or that month's last day
// when it has no such date: 31 January plus one is the last day of February.
func (d Day) AddMonths(months int) Day {
	year, month, day := d.utc().Date()
	last := time.Date(year, month+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC)
	return dayOn(last.Year(), last.Month(), min(day, last.Day()))
}

// utc gives the day's midnight by a clock that never jumps.
func (d Day) utc() time.Time {
	return time.Unix(int64(d)*daySeconds, 0).UTC()
}

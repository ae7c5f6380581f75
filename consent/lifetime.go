package consent

import (
	"cmp"
	"strconv"
	"strings"
	"time"
)

// Lifetime is how long something is kept: "session" (until the browser is
// closed) or an ISO 8601 duration such as "P1Y" or "PT17M". Empty means that
// none is stated.
type Lifetime string

// Session is the Lifetime of what goes when the browser is closed.
const Session Lifetime = "session"

// The mean Gregorian year and its twelfth part, in seconds, so that P12M and
// P1Y are the same length and P1M lies between P30D and P31D.
const (
	minuteSeconds = 60
	hourSeconds   = 60 * minuteSeconds
	daySeconds    = 24 * hourSeconds
	weekSeconds   = 7 * daySeconds
	yearSeconds   = 31_556_952 // 365.2425 days
	monthSeconds  = yearSeconds / 12
)

// maxSeconds bounds a Lifetime at 9,999 years: a cookie may be seen that
// expires in the year 9999.
const maxSeconds = 9999 * yearSeconds

// duration is a Lifetime taken apart. A week stands alone, as ISO 8601 has it.
type duration struct{ years, months, weeks, days, hours, minutes, seconds int64 }

// Valid says whether it is Session or an ISO 8601 duration of whole numbers in
// its shortest spelling, longer than nothing and at most 9,999 years.
func (l Lifetime) Valid() bool {
	if l == Session {
		return true
	}
	d, ok := l.parse()
	return ok && d.lifetime() == l
}

// Compare orders lifetimes by length: none stated, session, then durations by
// their mean length (a month is 30.436875 days, a year 365.2425). It is
// negative when l is the shorter. What is not valid counts as not stated.
func (l Lifetime) Compare(other Lifetime) int {
	return cmp.Compare(l.length(), other.length())
}

// UsualRetention is how long evidence is kept where a Site does not say it: as long
// as its Decisions hold, and a year more, in which somebody may still ask.
func UsualRetention(validity Lifetime) Lifetime {
	d, ok := validity.parse()
	if !ok {
		d, _ = longestValidity.parse()
	}
	d.years, d.months = d.years+1+d.months/12, d.months%12
	return d.lifetime()
}

// length is the mean length in seconds, -1 for none stated and 0 for Session.
func (l Lifetime) length() int64 {
	if l == Session {
		return 0
	}
	d, ok := l.parse()
	if !ok {
		return -1
	}
	return d.total()
}

// After gives t plus the lifetime by the calendar: years and months first, to
// the same day of the month or its last one (31 August plus P6M is the last
// day of February), then the rest. Session and none stated add nothing.
func (l Lifetime) After(t time.Time) time.Time {
	d, ok := l.parse()
	if !ok {
		return t
	}
	moved := t.AddDate(int(d.years), int(d.months), 0)
	if moved.Day() != t.Day() { // AddDate ran over into the next month
		moved = moved.AddDate(0, 0, -moved.Day())
	}
	moved = moved.AddDate(0, 0, int(d.weeks*7+d.days))
	return time.Unix(moved.Unix()+d.hours*hourSeconds+d.minutes*minuteSeconds+d.seconds, int64(moved.Nanosecond())).In(t.Location())
}

// Duration gives the length that the lifetime has from the start of 1970 on, for
// clocks without a calendar. Session and none stated are 0.
func (l Lifetime) Duration() time.Duration {
	start := time.Unix(0, 0).UTC()
	return l.After(start).Sub(start)
}

// Before gives the moment that comes this long before t: of what was made then
// or earlier, the lifetime has ended at t.
func (l Lifetime) Before(t time.Time) time.Time {
	d, ok := l.parse()
	if !ok {
		return t
	}
	moved := t.AddDate(-int(d.years), -int(d.months), 0)
	if moved.Day() != t.Day() { // AddDate ran over into the next month
		moved = moved.AddDate(0, 0, -moved.Day())
	}
	moved = moved.AddDate(0, 0, -int(d.weeks*7+d.days))
	return time.Unix(moved.Unix()-d.hours*hourSeconds-d.minutes*minuteSeconds-d.seconds, int64(moved.Nanosecond())).In(t.Location())
}

func (d duration) total() int64 {
	return d.years*yearSeconds + d.months*monthSeconds + d.weeks*weekSeconds + d.days*daySeconds +
		d.hours*hourSeconds + d.minutes*minuteSeconds + d.seconds
}

// valid keeps every sum of the parts far from overflow.
func (d duration) valid() bool {
	for _, n := range []int64{d.years, d.months, d.weeks, d.days, d.hours, d.minutes, d.seconds} {
		if n < 0 || n > maxSeconds {
			return false
		}
	}
	if d.years > 9999 || d.months > 9999*12 || d.weeks > 9999*53 || d.days > 9999*366 || d.hours > 9999*366*24 || d.minutes > 9999*366*24*60 {
		return false
	}
	total := d.total()
	return total > 0 && total <= maxSeconds
}

// lifetime spells the duration in ISO 8601. Weeks beside other parts become
// days.
func (d duration) lifetime() Lifetime {
	if d.weeks > 0 && d != (duration{weeks: d.weeks}) {
		d.days, d.weeks = d.days+7*d.weeks, 0
	}
	var out strings.Builder
	part := func(n int64, letter byte) {
		if n > 0 {
			out.WriteString(strconv.FormatInt(n, 10))
			out.WriteByte(letter)
		}
	}
	out.WriteByte('P')
	part(d.years, 'Y')
	part(d.months, 'M')
	part(d.weeks, 'W')
	part(d.days, 'D')
	if d.hours+d.minutes+d.seconds > 0 {
		out.WriteByte('T')
		part(d.hours, 'H')
		part(d.minutes, 'M')
		part(d.seconds, 'S')
	}
	return Lifetime(out.String())
}

// parse reads an ISO 8601 duration of whole numbers.
func (l Lifetime) parse() (duration, bool) {
	var d duration
	rest, ok := strings.CutPrefix(string(l), "P")
	if !ok || len(rest) > 80 {
		return duration{}, false
	}
	date, clock, hasClock := strings.Cut(rest, "T")
	if hasClock && clock == "" {
		return duration{}, false
	}
	if !readParts(date, "YMWD", []*int64{&d.years, &d.months, &d.weeks, &d.days}) ||
		!readParts(clock, "HMS", []*int64{&d.hours, &d.minutes, &d.seconds}) || !d.valid() {
		return duration{}, false
	}
	return d, true
}

// readParts reads numbers, each followed by one of letters, in their order.
func readParts(s, letters string, into []*int64) bool {
	for s != "" {
		end := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
		if end < 1 || end > 12 {
			return false
		}
		at := strings.IndexByte(letters, s[end])
		if at < 0 {
			return false
		}
		n, err := strconv.ParseInt(s[:end], 10, 64)
		if err != nil {
			return false
		}
		*into[at] = n
		letters, into, s = letters[at+1:], into[at+1:], s[end+1:]
	}
	return true
}

package consent

import "time"

// Working says whether people are at work in Norway: no Saturday, no Sunday and
// no public holiday.
func (d Day) Working() bool {
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday && !d.Holiday()
}

// NextWorking gives the day itself when it is a working day, else the next one.
func (d Day) NextWorking() Day {
	for !d.Working() {
		d++
	}
	return d
}

// Holiday says whether the day is a public holiday in Norway that may fall on a
// weekday: lov 24. februar 1995 nr. 12 om helligdager og helligdagsfred § 2, and
// lov 26. april 1947 nr. 1 om 1 og 17 mai som høgtidsdagar § 1.
func (d Day) Holiday() bool {
	year, month, day := d.utc().Date()
	switch {
	case month == time.January && day == 1, // første nyttårsdag
		month == time.May && (day == 1 || day == 17),
		month == time.December && (day == 25 || day == 26): // første og andre juledag
		return true
	}
	switch d - easter(year) {
	case -3, // skjærtorsdag
		-2,   // langfredag
		0, 1, // første og andre påskedag
		39,     // Kristi himmelfartsdag
		49, 50: // første og andre pinsedag
		return true
	default:
		return false
	}
}

// easter gives Easter Sunday of a year of the Gregorian calendar (the anonymous
// algorithm in the form of Jones, General Astronomy, 1922, and Meeus,
// Astronomical Algorithms, chapter 8, whose letters these are).
func easter(year int) Day {
	a, b, c := year%19, year/100, year%100
	d, e, f := b/4, b%4, (b+8)/25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return dayOn(year, time.Month(n/31), n%31+1)
}

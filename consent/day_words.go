package consent

import (
	"strconv"
	"strings"
)

var norwegianMonths = strings.Fields("januar februar mars april mai juni juli august september oktober november desember")

// Words writes the day as people do: 9. februar 2027, or 9 February 2027.
func (d Day) Words(lang Language) string {
	return d.words(lang) + " " + strconv.Itoa(d.utc().Year())
}

// WordsTo writes the days from this one to last as people do: what they share is said
// once, as in 9.–15. februar 2027.
func (d Day) WordsTo(last Day, lang Language) string {
	from, to := d.utc(), last.utc()
	switch {
	case d == last:
		return last.Words(lang)
	case from.Year() != to.Year():
		return d.Words(lang) + " – " + last.Words(lang)
	case from.Month() != to.Month():
		return d.words(lang) + " – " + last.Words(lang)
	default:
		return ordinal(from.Day(), lang) + "–" + last.Words(lang)
	}
}

// words writes the day of a year.
func (d Day) words(lang Language) string {
	_, month, day := d.utc().Date()
	if lang == English {
		return ordinal(day, lang) + " " + month.String()
	}
	return ordinal(day, lang) + " " + norwegianMonths[month-1]
}

// ordinal writes the day of a month.
func ordinal(day int, lang Language) string {
	if lang == English {
		return strconv.Itoa(day)
	}
	return strconv.Itoa(day) + "."
}

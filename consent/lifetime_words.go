package consent

import (
	"strconv"
	"strings"
)

// lifetimeWords are the words of one language: singular and plural of each
// unit, from years down to seconds.
type lifetimeWords struct {
	units             [7][2]string
	and, session, not string
}

// wordsIn gives the words of a language, bokmål for one that has none.
func wordsIn(lang Language) lifetimeWords {
	switch lang {
	case Nynorsk:
		return lifetimeWords{
			units:   [7][2]string{{"år", "år"}, {"månad", "månader"}, {"veke", "veker"}, {"dag", "dagar"}, {"time", "timar"}, {"minutt", "minutt"}, {"sekund", "sekund"}},
			and:     "og",
			session: "til du lukkar nettlesaren",
			not:     "ikkje oppgitt",
		}
	case NorthernSami: // numbers above one take the genitive singular
		return lifetimeWords{
			units:   [7][2]string{{"jahki", "jagi"}, {"mánnu", "mánu"}, {"vahkku", "vahku"}, {"beaivi", "beaivvi"}, {"diibmu", "diimmu"}, {"minuhtta", "minuhta"}, {"sekunda", "sekundda"}},
			and:     "ja",
			session: "dassážii go giddet neahttalohkki",
			not:     "ii leat almmuhuvvon",
		}
	case English:
		return lifetimeWords{
			units:   [7][2]string{{"year", "years"}, {"month", "months"}, {"week", "weeks"}, {"day", "days"}, {"hour", "hours"}, {"minute", "minutes"}, {"second", "seconds"}},
			and:     "and",
			session: "until you close the browser",
			not:     "not stated",
		}
	default:
		return lifetimeWords{
			units:   [7][2]string{{"år", "år"}, {"måned", "måneder"}, {"uke", "uker"}, {"dag", "dager"}, {"time", "timer"}, {"minutt", "minutter"}, {"sekund", "sekunder"}},
			and:     "og",
			session: "til du lukker nettleseren",
			not:     "ikke oppgitt",
		}
	}
}

// Words gives the lifetime as a person would say it: "17 minutter", "1 år og 6
// måneder", "until you close the browser". None stated is said so. What is not
// a lifetime is given back as it is. ParseLifetime reads nb, nn and en back.
func (l Lifetime) Words(lang Language) string {
	words := wordsIn(lang)
	if l == "" {
		return words.not
	}
	if l == Session {
		return words.session
	}
	d, ok := l.parse()
	if !ok {
		return string(l)
	}
	var parts []string
	for i, n := range []int64{d.years, d.months, d.weeks, d.days, d.hours, d.minutes, d.seconds} {
		switch {
		case n == 1:
			parts = append(parts, "1 "+words.units[i][0])
		case n > 1:
			parts = append(parts, strconv.FormatInt(n, 10)+" "+words.units[i][1])
		}
	}
	last := len(parts) - 1
	if last == 0 {
		return parts[0]
	}
	return strings.Join(parts[:last], ", ") + " " + words.and + " " + parts[last]
}

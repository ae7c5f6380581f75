package consent

import (
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// units are the parts of a lifetime in the keys of a Translation's words, from
// years down to seconds.
var units = [...]string{"year", "month", "week", "day", "hour", "minute", "second"}

// pluralForms are the forms that a language may tell numbers apart by (Unicode
// CLDR), as the keys of a Translation end.
var pluralForms = map[plural.Form]string{
	plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other",
}

// pluralForm gives the form that a number takes in the language.
func (lang Language) pluralForm(n int64) string {
	tag, err := language.Parse(string(lang))
	if err != nil {
		return "other"
	}
	last := int(n % 1_000_000) // no language looks at more digits of a whole number
	return pluralForms[plural.Cardinal.MatchPlural(tag, last, 0, 0, 0, 0)]
}

// Lifetime gives the lifetime as a person would say it: "17 minutter", "1 år og 6
// måneder", "until you close the browser". None stated is said so. What is not
// a lifetime is given back as it is.
func (t *Translation) Lifetime(l Lifetime) string {
	if l == "" {
		return t.Words["not_stated"]
	}
	if l == Session {
		return t.Words["session"]
	}
	d, ok := l.parse()
	if !ok {
		return string(l)
	}
	var parts []string
	for i, n := range []int64{d.years, d.months, d.weeks, d.days, d.hours, d.minutes, d.seconds} {
		if n > 0 {
			form := t.Words[units[i]+"_"+t.lang.pluralForm(n)]
			parts = append(parts, strings.ReplaceAll(form, "{n}", strconv.FormatInt(n, 10)))
		}
	}
	return t.List(parts)
}

// Words gives the lifetime as a person would say it in the language.
// ParseLifetime reads nb, nn and en back.
func (l Lifetime) Words(lang Language) string { return Shipped().In(lang).Lifetime(l) }

package web

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Words are the fixed texts of the public pages in one language, by key.
type Words map[string]string

// Languages are those that the public pages come in.
var Languages = consent.PageLanguages

var words = sync.OnceValue(mustReadWords)

// WordsIn gives the fixed texts in the language, or in the nearest one that
// they come in.
func WordsIn(lang consent.Language) (Words, consent.Language) {
	nearest := lang.Page(Languages)
	return words()[nearest], nearest
}

// Fill gives the text of a key with {names} replaced: pairs are a name and its
// value, in turn.
func (w Words) Fill(key string, pairs ...any) string {
	return fill(w[key], pairs...)
}

// Date writes a calendar day in words. What is not a date stays as it is.
func (w Words) Date(day string) string {
	parsed, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return w.day(parsed)
}

// Clock writes a moment in words, by Norwegian clocks and with the zone named: the
// page must not change with the time zone of the machine that renders it.
func (w Words) Clock(moment time.Time) string { return w.moment("clock", moment) }

// Exact is Clock to the second, for what is evidence.
func (w Words) Exact(moment time.Time) string { return w.moment("clock_exact", moment) }

// ExactHere is Exact without the zone, for where it is said once for many moments. In
// the hour that clocks run twice in autumn only the zone tells which is meant.
func (w Words) ExactHere(moment time.Time) string {
	clock := func(m time.Time) string { return consent.InNorway(m).Format(time.DateTime) }
	if at := clock(moment); at == clock(moment.Add(time.Hour)) || at == clock(moment.Add(-time.Hour)) {
		return w.Exact(moment)
	}
	local := consent.InNorway(moment)
	return strings.TrimSpace(w.Fill("clock_exact", "date", w.day(local), "hour", local.Format("15"), "minute", local.Format("04"), "second", local.Format("05"), "zone", ""))
}

// ExactTime is the time of day alone, to the second.
func (w Words) ExactTime(moment time.Time) string { return w.moment("time_exact", moment) }

func (w Words) moment(key string, moment time.Time) string {
	local := consent.InNorway(moment)
	return w.Fill(key, "date", w.day(local), "hour", local.Format("15"), "minute", local.Format("04"), "second", local.Format("05"), "zone", w.zone(local))
}

// zone names the zone, in words that people know and with how far it is from UTC.
func (w Words) zone(local time.Time) string {
	name, offset := local.Zone()
	return w.Fill("zone", "name", name, "hours", offset/int(time.Hour/time.Second))
}

func (w Words) day(moment time.Time) string {
	months := strings.Fields(w["months"])
	return w.Fill("date", "day", moment.Day(), "month", months[moment.Month()-1], "year", moment.Year())
}

// fill replaces {names} in a text: pairs are a name and its value, in turn.
func fill(text string, pairs ...any) string {
	var filled strings.Builder
	for at := strings.IndexByte(text, '{'); at >= 0; at = strings.IndexByte(text, '{') {
		filled.WriteString(text[:at])
		text = text[at:]
		name, value := "{", any("{") // what is not given a value stays
		for i := 0; i+1 < len(pairs); i += 2 {
			if given := "{" + plain(pairs[i]) + "}"; strings.HasPrefix(text, given) {
				name, value = given, pairs[i+1]
				break
			}
		}
		filled.WriteString(plain(value))
		text = text[len(name):]
	}
	filled.WriteString(text)
	return filled.String()
}

func plain(value any) string {
	if text, is := value.(string); is {
		return text
	}
	return fmt.Sprint(value)
}

// mustReadWords reads the embedded texts; a fault in them is a fault of the build.
func mustReadWords() map[consent.Language]Words {
	all := make(map[consent.Language]Words, len(Languages))
	for _, lang := range Languages {
		var texts Words
		if err := json.Unmarshal([]byte(mustRead("text/"+string(lang)+".json")), &texts); err != nil {
			panic(err)
		}
		all[lang] = texts
	}
	return all
}

package consent

import "strings"

// The units, from the longest to the shortest, as indexes.
const (
	unitYear = iota
	unitMonth
	unitWeek
	unitDay
	unitHour
	unitMinute
	unitSecond
)

// unitWords are the words people write for each unit in bokmål, nynorsk and
// English, singular, plural, genitive ("47-dagers") and abbreviated.
var unitWords = func() map[string]int {
	words := map[string]int{}
	for unit, list := range []string{
		unitYear:   "år års året aar year years yr yrs y",
		unitMonth:  "måned måneder måneders månad månader månaders månadar mnd mnder mndr mdr mån month months mth mths mo mos",
		unitWeek:   "uke uker ukers uka veke veker vekers veka week weeks wk wks",
		unitDay:    "dag dager dagers dagar dagars dags døgn døgns d day days",
		unitHour:   "time timer timers timar timars t h hour hours hr hrs",
		unitMinute: "minutt minutter minutters minute minutes min mins",
		unitSecond: "sekund sekunder sekunders second seconds sek s sec secs",
	} {
		for word := range strings.FieldsSeq(list) {
			words[word] = unit
		}
	}
	return words
}()

// abbreviations may end with a full stop that does not end the sentence.
var abbreviations = wordSet("mnd mndr mnder mdr mån yr yrs mo mos mth mths wk wks d t h hr hrs min mins sek s sec secs ca approx maks max")

// Words that make a time inexact when they stand right before it.
var inexactBefore = wordSet("minst minimum minstetid omtrent omlag cirka ca rundt circa over mellom kanskje vanligvis vanlegvis normalt typisk " +
	"about approximately approx around between least more roughly usually typically nearly almost under mindre mer meir enn than less nesten lenger lengre longer " +
	"ikke ikkje aldri not never")

// Words that make a time inexact after "or".
var inexactAfterOr = wordSet("mer meir lenger lengre mindre more longer less kortere kortare shorter")

// Words that say a thing is never removed.
var endless = wordSet("aldri never permanent permanently persistent varig evig uendelig unlimited forever indefinitely alltid vedvarende")

// Words for a session on their own, taken at their word in short texts only.
var sessionWords = wordSet("session sessions sesjon sesjonen sesjonens sesjonsbasert økt økta økten øktens øktbasert sessioncookie sesjonscookie øktcookie " +
	"sesjonskapsel sesjonsinformasjonskapsel øktkapsel øktinformasjonskapsel sesjonslengde øktslutt sesjonsslutt")

var (
	closingStems = []string{"lukk", "steng", "avslutt", "clos", "quit", "exit"}
	browserStems = []string{"nettleser", "nettlesar", "browser", "vindu", "vindauge", "window", "fane", "tab"}
	negations    = wordSet("ikke ikkje not never aldri don doesn uten utan without")
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

func hasStem(word string, stems []string) bool {
	for _, stem := range stems {
		if strings.HasPrefix(word, stem) {
			return true
		}
	}
	return false
}

package admin

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// mostFaults is how many faults, and how many warnings, a page lists.
const mostFaults = 200

// faultLine is a problem as a person reads it.
type faultLine struct {
	Spot   spot
	Text   string
	Repair string
	Lang   consent.Language // of the texts, "" for that of the page
}

// faultLines says problems in words, the first of them, and how many more there
// are.
func (r *request) faultLines(draft *consent.Draft, problems consent.Problems) (lines []faultLine, more int) {
	at := r.placesIn(draft)
	for i := range problems[:min(len(problems), mostFaults)] {
		line := r.sayProblem(&problems[i])
		line.Spot = at.spotOf(problems[i].Path, problems[i].Code)
		lines = append(lines, line)
	}
	return lines, max(0, len(problems)-mostFaults)
}

var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// sayProblem says a problem in the person's language. What our own sentence lacks,
// because it stands for many, is taken from the English one: {value} is what was
// written. Without a sentence of our own the English one is shown, and marked so.
func (r *request) sayProblem(p *consent.Problem) faultLine {
	value, found := "", true
	written := quoted.FindString(p.Message) // "" stands for nothing as well
	if written != "" {
		value, _ = strconv.Unquote(written)
	}
	if both := r.lifetimesOf(p); both != "" {
		value, written = both, both
	}
	say := func(key string) string {
		text := r.words[key]
		if strings.Contains(text, "{value}") && written == "" || text == "" {
			found = false
		}
		return strings.ReplaceAll(text, "{value}", value)
	}
	key := "problem_" + wordsCode(p)
	line := faultLine{Text: say(key), Repair: say(key + "_repair")}
	if found {
		return line
	}
	line = faultLine{Text: p.Message, Repair: p.Repair}
	if r.lang != consent.English {
		line.Lang = consent.English
	}
	return line
}

// oneOf is how a problem names the choices that there are.
var oneOf = regexp.MustCompile(`^Write one of: (.+)\.$`)

// noneOf says what was written that is none of the choices, and those: where nothing shows
// them. It is "" for another problem.
func (r *request) noneOf(p *consent.Problem) string {
	choices := oneOf.FindStringSubmatch(p.Repair)
	if p.Code != "unknown_value" || choices == nil {
		return ""
	}
	value, _ := strconv.Unquote(quoted.FindString(p.Message))
	return r.say("unknown_value_named", "value", value, "choices", choices[1])
}

// lifetimesOf says the lifetimes that a problem is about, "" for none.
func (r *request) lifetimesOf(p *consent.Problem) string {
	if p.Lifetimes == (consent.Lifetimes{}) {
		return ""
	}
	return strings.Join(p.Lifetimes.Words(r.lang), " ")
}

// wordsCode names the words for a problem: its code, but for addresses that are missing
// in a language, which nobody would look for under texts.
func wordsCode(p *consent.Problem) string {
	address := strings.HasPrefix(p.Path, "site.privacy_statement.") || strings.HasPrefix(p.Path, "site.declaration.")
	if p.Code == "missing_text" && address {
		return "missing_address"
	}
	return p.Code
}

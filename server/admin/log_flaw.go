package admin

import (
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// flawLine is something that an audit found, for a page.
type flawLine struct {
	Origin string // names the tree; "" when it is about none
	Place  string // in it; "" when it is about no place
	Text   string
}

// flawLines says in words what does not hold of the log, and where.
func (r *request) flawLines(faults []consent.LedgerFault) (lines []flawLine) {
	for i := range faults {
		line := flawLine{Origin: faults[i].Origin, Text: r.flawWords(&faults[i].Flaw)}
		if line.Origin != "" && faults[i].Index >= 0 {
			line.Place = r.lang.Grouped(faults[i].Index)
		}
		lines = append(lines, line)
	}
	return lines
}

// flawWords says what does not hold. What repairs it is in the program's help, for
// those who run the server.
func (r *request) flawWords(what *consent.Flaw) string {
	name := what.Name
	if _, err := consent.ParseDay(name); err == nil {
		words, _ := web.WordsIn(r.lang)
		name = words.Date(name)
	}
	return r.say("flaw_"+string(what.Code), "n", r.lang.Grouped(what.N), "of", r.lang.Grouped(what.Of), "name", name)
}

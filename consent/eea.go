package consent

import (
	"strings"

	"golang.org/x/text/language"
)

// eea are the countries in which personal data needs no ground for transfer:
// the EU and Iceland, Liechtenstein and Norway.
const eea = " AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK "

// inEEA says whether the ISO 3166-1 alpha-2 code is of a country of the EEA.
func inEEA(code string) bool { return len(code) == 2 && strings.Contains(eea, " "+code+" ") }

// isCountry says whether the code is an ISO 3166-1 alpha-2 code in its usual
// spelling: GB, not UK or gb.
func isCountry(code string) bool {
	if len(code) != 2 {
		return false
	}
	region, err := language.ParseRegion(code)
	return err == nil && region.IsCountry() && region.Canonicalize().String() == code
}

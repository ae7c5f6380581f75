package consent

import (
	"strings"

	"golang.org/x/text/language"
)

// eea are the countries in which personal data needs no ground for transfer:
// the EU and Iceland, Liechtenstein and Norway.
const eea = " AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK "

// adequate are the countries outside the EEA with an adequacy decision of the
// European Commission (GDPR art. 45) when this was written, some for a part of
// their companies only.
const adequate = " AD AR BR CA CH FO GB GG IL IM JE JP KR NZ US UY "

// InEEA says whether the ISO 3166-1 alpha-2 code is of a country of the EEA:
// elsewhere a transfer needs a ground (GDPR ch. V).
func InEEA(code string) bool { return len(code) == 2 && strings.Contains(eea, " "+code+" ") }

// isAdequate says whether the country is known to have an adequacy decision.
func isAdequate(code string) bool { return len(code) == 2 && strings.Contains(adequate, " "+code+" ") }

// isCountry says whether the code is an ISO 3166-1 alpha-2 code in its usual
// spelling: GB, not UK or gb.
func isCountry(code string) bool {
	if len(code) != 2 {
		return false
	}
	region, err := language.ParseRegion(code)
	return err == nil && region.IsCountry() && region.Canonicalize().String() == code
}

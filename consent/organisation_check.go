package consent

import "strings"

// Check says what is wrong with an Organisation, as Validate does in a Draft, and what no
// name may hold that is chosen now.
func (o *Organisation) Check() Problems {
	v := &review{draft: &Draft{Organisation: *o}}
	v.organisation()
	if HoldsLink(o.Name) {
		v.fault("organisation.name", "name_link", "The name holds an address of the web, which programs make a link of in letters.", "Write the name alone.")
	}
	return v.problems
}

// spelt is how letters of names are written in short names.
var spelt = strings.NewReplacer("æ", "ae", "ø", "o", "å", "a", "ä", "a", "ö", "o", "é", "e", "ü", "u", "š", "s", "đ", "d", "á", "a", "č", "c", "ŋ", "n", "ž", "z", "ŧ", "t")

// maxShort is how long a short name may be.
const maxShort = 40

// ShortName makes of a name what can stand in an address, such as
// "nord-fron-kommune" of "Nord-Fron kommune". It may be empty.
func ShortName(name string) OrganisationID {
	short := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return ' '
	}, spelt.Replace(strings.ToLower(name)))
	short = strings.Join(strings.Fields(short), "-")
	return OrganisationID(strings.TrimRight(short[:min(len(short), maxShort)], "-"))
}

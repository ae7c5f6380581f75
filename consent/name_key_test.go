package consent

import "testing"

// No key passes for the program, a person or another key, and what programs are called is
// not refused.
func TestNoKeyPassesForAnother(t *testing.T) {
	for fault, names := range map[PersonNameFault][]string{
		"":          {"Data warehouse", "Archive", "Konsollen", "Power BI", "Kartløsning 2", "Elements (arkiv)", "ACOS WebSak+", "Arkivsystemet 2.1"},
		NameHidden:  {"Ark\u202eiv", "Ark\u200biv"},
		NameOwn:     {"Programmet", "The program", "Рrogrаmmet", "key=6d181ffbcdc5", "API-nøkkel: Arkiv", "Samtykke", "smt_6d181ffbcdc5"},
		NameAnother: {"pub@a.no", "Kari (pub@a.no)", "6d181ffbcdc5", "Arkiv 6d181ffbcdc5", "abcdefabcdef", "konto 7"},
		NameMixed:   {"Аrchive"},
	} {
		for _, name := range names {
			if got := FaultOfKeyName(name); got != fault {
				t.Errorf("%q is %q, want %q", name, got, fault)
			}
			if err := CheckKeyName(name); (err == nil) != (fault == "") || err != nil && KindOf(err) != Invalid {
				t.Errorf("%q is refused with %v", name, err)
			}
		}
	}
}

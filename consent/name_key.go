package consent

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// anID is the number of a key, also one without three digits.
var anID = regexp.MustCompile(`(^|[^\p{L}\d])[0-9a-f]{12}([^\p{L}\d]|$)`)

// FaultOfKeyName says why a name cannot be that of a new key, "" for one that can. The rule
// is that of people: in a trail their names stand beside one another.
func FaultOfKeyName(name string) PersonNameFault {
	fault := FaultOfPersonName(name, "")
	if fault == "" && anID.MatchString(strings.ToLower(looksAs(name, norm.NFKC))) {
		return NameAnother
	}
	return fault
}

// CheckKeyName refuses such a name: Invalid, with the fault as its code. Keys that were
// made before go on.
func CheckKeyName(name string) error {
	switch fault := FaultOfKeyName(name); fault {
	case NameHidden, NameMixed:
		return CheckPersonName(name, "")
	case NameOwn:
		return Errorf(Invalid, string(fault), "%q is what the program calls itself, a key or what is no person, in the audit trail. Write which program the key is for.", name)
	case NameAnother:
		return Errorf(Invalid, string(fault), "%q holds an address, or the number of an account or a key, by which the audit trail tells them apart. Write which program the key is for.", name)
	}
	return nil
}

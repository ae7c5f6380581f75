package consent

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// PersonNameFault is why a name is no person's here, "" for one that may be.
type PersonNameFault string

// The faults of a person's name.
const (
	NameHidden  PersonNameFault = "name_hidden"  // it holds what nobody sees
	NameOwn     PersonNameFault = "name_own"     // it is what the program calls itself, and what is no person
	NameAnother PersonNameFault = "name_another" // it holds an address or a number, by which people, accounts and keys are told apart
	NameMixed   PersonNameFault = "name_mixed"   // letters of several alphabets pass for one another in it
)

// FaultOfPersonName says why a name cannot be that of who has an address: whoever reads a
// trail would take it for the program, for a key, or for somebody else.
func FaultOfPersonName(name, email string) PersonNameFault {
	plain := strings.ToLower(looksAs(name, norm.NFKC))
	switch {
	case HidesInName(name) || strings.ContainsFunc(withoutJoiners(name), takesNoRoom):
		return NameHidden
	case strings.EqualFold(name, email):
		return ""
	case isOwnName(name):
		return NameOwn
	case HoldsLink(name) || anAddress.MatchString(plain) || anAccount.MatchString(plain) || hasKeyNumber(plain):
		return NameAnother
	case mixesInWords(name):
		return NameMixed
	}
	return ""
}

// CheckPersonName refuses such a name: Invalid, with the fault as its code.
func CheckPersonName(name, email string) error {
	switch fault := FaultOfPersonName(name, email); fault {
	case NameHidden:
		return Errorf(Invalid, string(fault), "The name holds a line break, a control character or a character that nobody sees. Write it again as one line of plain text.")
	case NameOwn:
		return Errorf(Invalid, string(fault), "%q is what the program calls itself, or what is no person, in the audit trail. Write what the person is called.", name)
	case NameAnother:
		return Errorf(Invalid, string(fault), "%q holds an e-mail address, or the number of an account or a key, by which the audit trail tells them apart. Write what the person is called.", name)
	case NameMixed:
		return Errorf(Invalid, string(fault), "%q has letters of several alphabets, which look alike (%+q). Write the name with the letters of one.", name, name)
	}
	return nil
}

// withoutJoiners takes them out of words of letters that are spelled with them; among
// those of our alphabets they make another name that looks alike.
func withoutJoiners(name string) string {
	words := strings.Fields(name)
	for i, word := range words {
		if len(alphabetsOf(word)) == 0 {
			words[i] = strings.NewReplacer("\u200c", "", string(joiner), "").Replace(word)
		}
	}
	return strings.Join(words, " ")
}

// alphabets have letters that look like those of others.
var alphabets = []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee, unicode.Coptic, unicode.Georgian, unicode.Lisu}

// mixesInWords says whether a word has letters of several alphabets, or one looks Latin
// among those that are.
func mixesInWords(name string) bool {
	latin, looksLatin := false, false
	for _, word := range nameWords(name) {
		of := alphabetsOf(word)
		if len(of) > 1 {
			return true
		}
		is := len(of) == 1 && of[0] == unicode.Latin
		latin = latin || is
		looks := alphabetsOf(looksAs(word, norm.NFKC))
		looksLatin = looksLatin || !is && len(looks) == 1 && looks[0] == unicode.Latin
	}
	return latin && looksLatin
}

func alphabetsOf(word string) (of []*unicode.RangeTable) {
	for _, alphabet := range alphabets {
		if strings.ContainsFunc(word, func(c rune) bool { return unicode.Is(alphabet, c) }) {
			of = append(of, alphabet)
		}
	}
	return of
}

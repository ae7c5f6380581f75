package consent

import (
	"regexp"
	"slices"
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
	NameAnother PersonNameFault = "name_another" // it holds an address or the number of an account, by which people are told apart
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
	case strings.Contains(plain, "@") || anAccount.MatchString(plain):
		return NameAnother
	case isOwnName(name):
		return NameOwn
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
		return Errorf(Invalid, string(fault), "%q holds an e-mail address or the number of an account, by which the audit trail tells people apart. Write what the person is called.", name)
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

// anAccount is how accounts without a name are called.
var anAccount = regexp.MustCompile(`(konto|account)( ?(nr|no|nummer|number))?\P{L}*\d`)

// ownNames are what the program and what is no person are called in a trail, or could be,
// in every language; ownWords are in no person's name at all.
var (
	ownNames = squeezedAll(
		"The program", "En kommando på serveren", "Ein kommando på tenaren", "A command on the server", "Kommando", "Command",
		"På serveren", "På tenaren", "On the server", "Server", "Serveren", "The server", "Tenaren",
		"Ikke en person", "Ikkje ein person", "Not a person", "System", "Systemet", "The system", "Program", "Automatic", "Automatisk", "Robot",
		"API", "API-et", "The API", "API-nøkkel", "API-nøkkelen", "API key", "The API key", "Med en API-nøkkel", "Med ein API-nøkkel", "With an API key", "Root",
	)
	ownWords = squeezedAll("Samtykke", "Programmet")
)

func squeezedAll(names ...string) []string {
	for i := range names {
		names[i] = squeezed(names[i])
	}
	return names
}

// drawnAlike are Latin letters and digits that are taken for others.
var drawnAlike = strings.NewReplacer("i", "l", "1", "l", "|", "l", "!", "l", "0", "o", "5", "s", "$", "s", "rn", "m", "vv", "w")

// squeezed gives what is left of a name for a quick eye: letters without marks, those
// that look alike as one, and nothing between them.
func squeezed(name string) string {
	plain := drawnAlike.Replace(strings.ToLower(looksAs(name, norm.NFKD)))
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return c
		}
		return -1
	}, plain)
}

// NamesLookAlike says whether two people who are called so are one for a quick eye.
func NamesLookAlike(a, b string) bool { return squeezed(a) == squeezed(b) }

func isOwnName(name string) bool {
	if whole := squeezed(name); slices.Contains(ownNames, whole) || slices.Contains(ownWords, whole) {
		return true
	}
	return slices.ContainsFunc(nameWords(name), func(word string) bool { return slices.Contains(ownWords, squeezed(word)) })
}

// nameWords gives the words of a name, letters with their marks.
func nameWords(name string) []string {
	return strings.FieldsFunc(name, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsMark(c) })
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

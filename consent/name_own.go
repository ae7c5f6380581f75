package consent

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// anAccount is how accounts without a name are called, and numbers of people in a trail.
var anAccount = regexp.MustCompile(`(konto|account|person)( ?(nr|no|nummer|number))?\P{L}*\d`)

// anAddress is an address of e-mail or the web, also one that is written around: what
// stands for the sign, or a name with the end of one.
var anAddress = regexp.MustCompile(`@` +
	`|[(\[{<*]\s*(a|at|alfa|alfakrøll|krøllalfa|snabel-?a)\s*[)\]}>*]` +
	`|[_-](at|alfakrøll|krøllalfa)[_-]` +
	`|(^|\P{L})(at|alfakrøll|krøllalfa)\P{L}(.*\P{L})?(dot|prikk|punktum)(\P{L}|$)` +
	`|[\p{L}\d][\p{L}\d-]+\s*[.。]\s*(no|com|org|net|se|dk|fi|eu|io|info|test|example|invalid)(\P{L}|$)`)

// ownNames are what the program, keys and what is no person are called in a trail, or
// could be, in every language; ownWords are in no person's name at all, and ownParts not
// even with something before and after.
var (
	ownNames = squeezedAll(
		"The program", "Programme", "The programme", "En kommando på serveren", "Ein kommando på tenaren", "A command on the server", "Kommando", "Command",
		"På serveren", "På tenaren", "On the server", "Server", "Serveren", "The server", "Tenaren",
		"Noen som ikke var logget inn", "Nokon som ikkje var logga inn", "Somebody who was not logged in", "Ikke logget inn", "Ikkje logga inn", "Not logged in", "Stranger",
		"Ikke en person", "Ikkje ein person", "Not a person", "System", "Systemet", "The system", "Program", "Automatic", "Automatisk", "Robot",
		"Programvare", "Programvaren", "Programvara", "Software", "The software", "API", "API-et", "The API", "Root",
		"Key", "The key", "A key", "Nøkkel", "Nøkkelen", "En nøkkel", "Ein nøkkel", "Nykel", "Nykelen", "Med en API-nøkkel", "Med ein API-nøkkel", "With an API key",
	)
	ownWords = squeezedAll("Programmet")
	ownParts = squeezedAll("Samtykke", "API-nøkkel", "API-nykel", "API key")
)

// ownForm is how a trail writes what it tells in codes, and keys with their numbers.
var ownForm = regexp.MustCompile(`\p{L}\s*=|smt_|(^|\P{L})(key|n[øo]kkel(en)?|nykel(en)?)\s*[:#]`)

// isOwnName holds for such names, whatever numbers stand beside them.
func isOwnName(name string) bool {
	whole, plain := squeezed(name), strings.ToLower(looksAs(name, norm.NFKC))
	unnumbered := squeezed(strings.Join(slices.DeleteFunc(strings.FieldsFunc(plain, betweenWords), hasDigit), " "))
	return slices.Contains(ownNames, whole) || slices.Contains(ownNames, unnumbered) || ownForm.MatchString(plain) ||
		slices.ContainsFunc(ownParts, func(part string) bool { return strings.Contains(whole, part) }) ||
		slices.ContainsFunc(nameWords(name), func(word string) bool { return slices.Contains(ownWords, squeezed(word)) })
}

func betweenWords(c rune) bool {
	return !unicode.IsLetter(c) && !unicode.IsMark(c) && !unicode.IsDigit(c)
}

func hasDigit(word string) bool { return strings.ContainsFunc(word, unicode.IsDigit) }

// hasKeyNumber says whether one of the words of a name is as the number of a key: eight
// digits or more as a computer writes them, three of them no letters.
func hasKeyNumber(plain string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(plain, betweenWords), func(word string) bool {
		digits := strings.Map(func(c rune) rune {
			if unicode.IsDigit(c) {
				return c
			}
			return -1
		}, word)
		return len(word) >= 8 && len(digits) >= 3 && strings.Trim(word, "0123456789abcdefilos") == ""
	})
}

// nameWords gives the words of a name, letters with their marks.
func nameWords(name string) []string {
	return strings.FieldsFunc(name, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsMark(c) })
}

func squeezedAll(names ...string) []string {
	for i := range names {
		names[i] = squeezed(names[i])
	}
	return names
}

// drawnAlike are Latin letters and digits that are taken for others.
var drawnAlike = strings.NewReplacer(
	"i", "l", "1", "l", "|", "l", "!", "l", "0", "o", "ø", "o", "3", "e", "€", "e", "4", "a", "5", "s", "$", "s", "rn", "m", "vv", "w",
)

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

// NameLooks gives what a name is for a quick eye: the same for people who are taken for
// one another.
func NameLooks(name string) string { return squeezed(name) }

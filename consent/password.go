package consent

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The lengths of a password, in characters. NIST SP 800-63B asks for length, and
// against rules about kinds of characters.
const (
	MinPassword = 12
	MaxPassword = 256
)

// NormalPassword gives a password as it is hashed, however a device puts its letters
// together.
func NormalPassword(password string) string { return norm.NFKC.String(password) }

// CheckPassword says what is wrong with a password that a person has chosen. Names are
// those of their Organisations.
func CheckPassword(password string, account *Account, names ...string) error {
	password = NormalPassword(password)
	length := utf8.RuneCountInString(password)
	lower := strings.ToLower(password)
	local, _, _ := strings.Cut(strings.ToLower(account.Email), "@")
	switch {
	case !utf8.ValidString(password) || length < MinPassword:
		return Errorf(Invalid, "short_password", "The password has fewer than %d characters. Four words that you choose at random are easy to remember.", MinPassword)
	case length > MaxPassword:
		return Errorf(Invalid, "long_password", "The password has more than %d characters. Choose a shorter one.", MaxPassword)
	case strings.Contains(lower, "samtykke") || len(local) > 3 && strings.Contains(lower, local) || uniform(lower):
		return Errorf(Invalid, "easy_password", "The password is easily guessed: it repeats one character, or holds your e-mail address or the name of this program. Choose another one.")
	case wellKnown(lower, wordsOfNames(append(names, account.Name, account.Email)...)):
		return Errorf(Invalid, "common_password", "The password is one of the first that others guess: well-known words, keys in a row, or your names and those of your organisation. Four words that you choose at random are easy to remember.")
	}
	return nil
}

// uniform says whether a text has fewer than five different characters.
func uniform(text string) bool {
	kinds := map[rune]bool{}
	for _, r := range text {
		kinds[r] = true
	}
	return len(kinds) < 5
}

// What programs that guess try first: a word or two that everybody knows, with numbers and
// signs around them, and keys that lie in a row.
const (
	mostWords   = 2
	mostFilling = 8  // numbers and signs in a row
	leastRow    = 3  // keys in a row
	mostGuessed = 64 // characters; what is longer is not looked through
	leastOwn    = 4  // letters of a name
)

// knownWords are those of passwords that are guessed first, in English and Norwegian.
var knownWords = strings.Fields(`
password passwort passphrase pass word passord passordet admin administrator administration administrasjon root user guest login logon
welcome letmein changeme change default secret test tester testing temp temporary master superman batman monkey dragon football baseball
basketball liverpool arsenal chelsea princess sunshine shadow michael jordan jennifer trustno starwars iloveyou love hello freedom whatever
computer internet google microsoft windows office facebook samsung apple summer winter spring autumn monday tuesday wednesday thursday friday
saturday sunday january february march april june july august september october november december charlie flower cookie cookies cheese pokemon
minecraft ninja killer hunter mustang soccer hockey pepper ginger server system database access security service support company
correcthorsebatterystaple qwerty azerty qwertz
hemmelig hemmeleg velkommen velkomen sommer sommar sommeren sommaren vinter vinteren vår våren høst høsten haust hausten januar februar mars
april mai juni juli oktober desember mandag måndag tirsdag tysdag onsdag torsdag fredag lørdag laurdag søndag sundag norge noreg norway oslo
bergen trondheim stavanger kommune kommunen kommuna fylke rådhus rådhuset bruker brukar kjærlighet elsker elskar jegelskerdeg familie familien
mamma pappa fotball rosenborg brann hund katt kaffe julenissen julenisse heihei hallo skole skolen skule hytte hytta fjord viking troll
mitt min mine nytt the mypassword samtykke personvern
`)

// keyRows are keys that lie in a row, and what is counted up.
var keyRows = rowsOf("abcdefghijklmnopqrstuvwxyzæøå", "012345678901234567890", "qwertyuiopå", "asdfghjkløæ", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn")

// rowsOf gives rows in both directions.
func rowsOf(rows ...string) (all [][]rune) {
	for _, row := range rows {
		there := []rune(row)
		back := slices.Clone(there)
		slices.Reverse(back)
		all = append(all, there, back)
	}
	return all
}

// likeLetters are signs that are written for letters.
var likeLetters = map[rune]string{'0': "o", '1': "il", '!': "i", '3': "e", '4': "a", '@': "a", '5': "s", '$': "s", '7': "t"}

// wordsOfNames gives the words of names that are long enough to be one's own.
func wordsOfNames(names ...string) (words []string) {
	for _, name := range names {
		for _, word := range strings.FieldsFunc(strings.ToLower(NormalPassword(name)), func(r rune) bool { return !unicode.IsLetter(r) }) {
			if utf8.RuneCountInString(word) >= leastOwn {
				words = append(words, word)
			}
		}
	}
	return words
}

// wellKnown says whether a text is made of well-known words, keys in a row, numbers and
// signs alone.
func wellKnown(text string, own []string) bool {
	s := spelling{text: []rune(text), tried: map[soFar]bool{}}
	for _, word := range append(own, knownWords...) {
		s.words = append(s.words, []rune(word))
	}
	return len(s.text) <= mostGuessed && s.goesOn(soFar{})
}

// spelling is a text that is taken apart.
type spelling struct {
	text  []rune
	words [][]rune
	tried map[soFar]bool
}

// soFar is how far it was: up to a character, with which words, and whether filling came
// last.
type soFar struct {
	at     int
	words  [mostWords]string
	filled bool
}

// with gives what is spelt with one more word, and whether it may be. One that comes again
// is no more.
func (p soFar) with(word []rune) (soFar, bool) {
	p.filled = false
	for i := range p.words {
		if p.words[i] == "" || p.words[i] == string(word) {
			p.words[i], p.at = string(word), p.at+len(word)
			return p, true
		}
	}
	return p, false
}

// goesOn says whether the rest of the text is well known, too.
func (s *spelling) goesOn(p soFar) bool {
	if p.at == len(s.text) {
		return true
	}
	if s.tried[p] {
		return false
	}
	s.tried[p] = true
	for _, word := range s.words {
		if next, may := p.with(word); may && isSpelt(s.text[p.at:], word) && s.goesOn(next) {
			return true
		}
	}
	for n := rowLength(s.text[p.at:]); n >= leastRow; n-- {
		if s.goesOn(soFar{p.at + n, p.words, p.filled}) {
			return true
		}
	}
	for n := fillingLength(s.text[p.at:]); n > 0 && !p.filled; n-- {
		if s.goesOn(soFar{p.at + n, p.words, true}) {
			return true
		}
	}
	return false
}

// isSpelt says whether a text begins with a word, also with signs for its letters.
func isSpelt(text, word []rune) bool {
	if len(text) < len(word) {
		return false
	}
	for i, letter := range word {
		if text[i] != letter && !strings.ContainsRune(likeLetters[text[i]], letter) {
			return false
		}
	}
	return true
}

// rowLength gives how many characters lie in a row at the beginning of a text, or are the
// same one.
func rowLength(text []rune) int {
	longest := 1
	for longest < len(text) && text[longest] == text[0] {
		longest++
	}
	for _, row := range keyRows {
		for i := range row {
			n := 0
			for n < len(text) && i+n < len(row) && text[n] == row[i+n] {
				n++
			}
			longest = max(longest, n)
		}
	}
	return longest
}

// fillingLength gives how many characters at the beginning of a text are no letters.
func fillingLength(text []rune) int {
	n := 0
	for n < len(text) && n < mostFilling && !unicode.IsLetter(text[n]) {
		n++
	}
	return n
}

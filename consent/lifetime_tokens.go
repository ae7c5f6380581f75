package consent

import (
	"strconv"
	"strings"
	"unicode"
)

// token is one piece of a written lifetime. Of its fields one is set.
type token struct {
	word   string // lower case
	number int64  // whole number in digits; valid when digits > 0
	digits int    // how many digits were written
	half   bool   // a half stands behind it: "1,5"
	flaw   string // a number that cannot be a lifetime, and what is wrong with it
	mark   rune   // '.', ',', '(' or ')'
}

// The flaws of numbers.
const (
	flawDecimal  = "it has a decimal or separated number"
	flawRange    = "it gives a range"
	flawNegative = "it has a negative number"
	flawLong     = "its number is too long"
	flawText     = "it is too long or not text"
	flawDenied   = "it says what does not remove it"
	flawMany     = "it gives more than one time"
	flawEndless  = "what is kept must end"
	flawNone     = "it gives no time"
	flawSize     = "its time is nothing, or longer than 9,999 years"
	flawInexact  = "its time is not exact"
	flawHalf     = "half of that has no exact length"
)

// tokenize takes a text apart. Hyphens part words ("tjue-to", "47-dagers"), but
// names such as wp-settings-1 and _ga2 must not lend their digits to a lifetime,
// so digits that follow a letter, a hyphen within a name or an underscore stay
// part of the word.
func tokenize(text string) []token {
	var tokens []token
	runes := []rune(text)
	for i := 0; i < len(runes); {
		switch r := runes[i]; {
		case isDigit(r):
			t, next := numberToken(runes, i)
			tokens, i = append(tokens, t), next
		case unicode.IsLetter(r) || r == '_':
			end := wordEnd(runes, i)
			word := string(runes[i:end])
			if i > 0 && runes[i-1] == '-' && word[0] == 'p' {
				word = "-" + word // -P1Y is no duration
			}
			tokens, i = append(tokens, token{word: word}), end
		case r == '½':
			tokens, i = append(tokens, token{word: "½"}), i+1
		case r == '.' && len(tokens) > 0 && abbreviations[tokens[len(tokens)-1].word]:
			i++
		case strings.ContainsRune(".,()", r):
			tokens, i = append(tokens, token{mark: r}), i+1
		case strings.ContainsRune(";:!?\n", r):
			tokens, i = append(tokens, token{mark: '.'}), i+1
		case strings.ContainsRune("<>~≈±≥≤", r):
			tokens, i = append(tokens, token{word: "ca"}), i+1
		default:
			i++
		}
	}
	return tokens
}

// wordEnd gives the end of the word at start. A name keeps its dots and the
// digits behind its hyphens.
func wordEnd(runes []rune, start int) int {
	end := start
	for end < len(runes) {
		joins := end+1 < len(runes) && (runes[end] == '.' && isWordRune(runes[end+1]) || runes[end] == '-' && isDigit(runes[end+1]))
		if !isWordRune(runes[end]) && !joins {
			break
		}
		end++
	}
	return end
}

// numberToken reads a number in digits and looks at what touches it.
func numberToken(runes []rune, start int) (token, int) {
	end := start
	for end < len(runes) && isDigit(runes[end]) {
		end++
	}
	t := token{digits: end - start}
	before, after := ' ', ' '
	if start > 0 {
		before = runes[start-1]
	}
	if end < len(runes) {
		after = runes[end]
	}
	if isPointFive(runes, end) {
		t.half, end, after = true, end+2, ' '
		if end < len(runes) {
			after = runes[end]
		}
	}
	followed := end+1 < len(runes) && isDigit(runes[end+1])
	switch {
	case followed && strings.ContainsRune(".,/:", after):
		t.flaw = flawDecimal
	case after == '+', followed && strings.ContainsRune("-–—", after):
		t.flaw = flawRange
	case strings.ContainsRune("-−", before) && (start == 1 || unicode.IsSpace(runes[start-2])):
		t.flaw = flawNegative
	case t.digits > 9:
		t.flaw = flawLong
	}
	if t.flaw == flawDecimal || t.flaw == flawRange {
		for end < len(runes) && (isDigit(runes[end]) || strings.ContainsRune(".,/:-–—+", runes[end]) && end+1 < len(runes) && (isDigit(runes[end+1]) || runes[end] == '+')) {
			end++
		}
		return t, end
	}
	if t.flaw == "" {
		t.number, _ = strconv.ParseInt(string(runes[start:start+t.digits]), 10, 64) // nine digits at most
	}
	return t, end
}

// isPointFive says whether ",5" or ".5" stands at a place: one half, the only
// decimals with an exact meaning. "1,50" and "1.5.2" are something else.
func isPointFive(runes []rune, at int) bool {
	if at+1 >= len(runes) || runes[at] != ',' && runes[at] != '.' || runes[at+1] != '5' {
		return false
	}
	rest := runes[at+2:]
	ends := len(rest) == 0 || !isDigit(rest[0]) && rest[0] != '/'
	return ends && (len(rest) < 2 || !strings.ContainsRune(".,:", rest[0]) || !isDigit(rest[1]))
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isWordRune(r rune) bool { return unicode.IsLetter(r) || isDigit(r) || r == '_' }

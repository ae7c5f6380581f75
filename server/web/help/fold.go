package help

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folded is a text as it is searched: small letters without accents, and those of
// Norwegian as they are written where a keyboard lacks them. Where each byte comes
// from is kept, so that what is found can be shown in the text itself.
type folded struct {
	text string
	from []int // offset in the original of each byte, and of the end
}

func fold(original string) folded {
	var out strings.Builder
	from := make([]int, 0, len(original)+1)
	for at, r := range original {
		said := foldRune(r)
		out.WriteString(said)
		for range len(said) {
			from = append(from, at)
		}
	}
	return folded{text: out.String(), from: append(from, len(original))}
}

func foldRune(r rune) string {
	r = unicode.ToLower(r)
	switch {
	case r < unicode.MaxASCII:
		return string(r)
	case r == 'ø':
		return "o"
	case r == 'æ':
		return "ae"
	}
	var kept strings.Builder
	for _, part := range norm.NFD.String(string(r)) {
		if !unicode.Is(unicode.Mn, part) {
			kept.WriteRune(part)
		}
	}
	return kept.String()
}

// wordBegins is how long a term is, in bytes, of which the rest of the word is found as
// well: it may be another form of it.
const wordBegins = 4

// span is a part of an original text, in bytes.
type span struct{ from, to int }

// has says whether a word begins with a term.
func (f *folded) has(term string) bool { return len(f.find(term)) > 0 }

// find gives where words begin with a term in the original.
func (f *folded) find(term string) []span {
	var found []span
	for at := 0; ; {
		next := strings.Index(f.text[at:], term)
		if next < 0 {
			return found
		}
		begin, end := at+next, at+next+len(term)
		if before, _ := utf8.DecodeLastRuneInString(f.text[:begin]); unicode.IsLetter(before) || unicode.IsDigit(before) {
			at = begin + 1 // within a word
			continue
		}
		for end < len(f.text) && f.from[end] == f.from[end-1] { // the rest of a letter that became two
			end++
		}
		if len(term) >= wordBegins {
			end += len(f.text[end:]) - len(strings.TrimLeftFunc(f.text[end:], unicode.IsLetter))
		}
		found = append(found, span{f.from[begin], f.from[end]})
		at = end
	}
}

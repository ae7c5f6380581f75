package help

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// folded is a text as it is searched: small letters without accents, and those of
// Norwegian as they are written where a keyboard lacks them. Where each byte comes
// from is kept, so that what is found can be shown in the text itself.
type folded struct {
	text  string
	from  []int // offset in the original of each byte, and of the end
	words []word
}

// word is one word of a folded text, without the hyphens in it: "e-post" is "epost".
type word struct {
	text   string
	at     []int // offset in the folded text of each byte, and of the end
	begins []int // where the parts between hyphens begin
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
	f := folded{text: out.String(), from: append(from, len(original))}
	f.words = cut(f.text)
	return f
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
	case r == '\u2011': // a hyphen at which no line ends
		return "-"
	}
	var kept strings.Builder
	for _, part := range norm.NFD.String(string(r)) {
		if !unicode.Is(unicode.Mn, part) {
			kept.WriteRune(part)
		}
	}
	return kept.String()
}

// cut gives the words of a folded text.
func cut(text string) []word {
	var words []word
	var now word
	var said strings.Builder
	joined := true // what comes next begins a part
	end := func(at int) {
		if now.text = said.String(); now.text != "" {
			now.at = append(now.at, at)
			words = append(words, now)
		}
		now, joined = word{}, true
		said.Reset()
	}
	last := 0 // the end of the last letter
	for at, r := range text {
		switch {
		case r == '-' || r == '_':
			joined = true
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '§':
			if joined {
				now.begins = append(now.begins, said.Len())
			}
			joined = false
			said.WriteRune(r)
			for i := range len(string(r)) {
				now.at = append(now.at, at+i)
			}
			last = at + len(string(r))
		default:
			end(last)
		}
	}
	end(last)
	return words
}

const (
	// wordBegins is how long a term is, in bytes, of which the rest of the word is found
	// as well: it may be another form of it.
	wordBegins = 4
	// wordHolds is how long a term is, in bytes, that is found anywhere in a compound.
	wordHolds = 7
)

// How well a word holds a term.
const (
	isTerm     = 1.0 // it is a form of it
	beginsWith = 0.6 // it begins with it, or a part after a hyphen does
	endsWith   = 0.4 // a compound ends with it, or has it within
)

// span is a part of an original text, in bytes.
type span struct{ from, to int }

// how says how well a text holds a term, 0 for not at all, and how often.
func (f *folded) how(term string) (best float64, often int) {
	for i := range f.words {
		if _, _, well := f.words[i].find(term); well > 0 {
			best, often = max(best, well), often+1
		}
	}
	return best, often
}

// find gives where a word holds a term, and how well.
func (w *word) find(term string) (begin, end int, well float64) {
	for at := 0; ; {
		next := strings.Index(w.text[at:], term)
		if next < 0 {
			return begin, end, well
		}
		next += at
		if found := w.well(next, len(term)); found > well {
			begin, end, well = next, next+len(term), found
		}
		at = next + 1
	}
}

// well says how well what stands somewhere in a word stands for the word.
func (w *word) well(at, size int) float64 {
	rest := w.text[at+size:]
	switch {
	case at == 0 && isEnding(rest):
		return isTerm
	case at == 0:
		return beginsWith
	case size < wordBegins || at < 3: // within a word
	case isEnding(rest) || size >= wordHolds:
		return endsWith
	}
	for _, begin := range w.begins {
		if begin == at {
			return beginsWith
		}
	}
	return 0
}

// spans gives where a text holds a term, in the original.
func (f *folded) spans(term string) []span {
	var found []span
	for i := range f.words {
		w := &f.words[i]
		begin, end, well := w.find(term)
		if well == 0 {
			continue
		}
		if len(term) >= wordBegins {
			begin, end = 0, len(w.text)
		}
		from, to := w.at[begin], w.at[end-1]+1
		for to < len(f.text) && f.from[to] == f.from[to-1] { // the rest of a letter that became two
			to++
		}
		found = append(found, span{f.from[from], f.from[to]})
	}
	return found
}

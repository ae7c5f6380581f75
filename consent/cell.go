package consent

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// InertCell gives text as a cell of a CSV file that no spreadsheet program
// calculates: what begins like a formula gets an apostrophe before it (OWASP,
// CSV injection; full-width signs count in some locales, so whatever Unicode holds to be
// such a sign in another form does, and some programs trim white space and look at what
// follows). A whole number stays as it is: a sign
// before digits calculates nothing.
//
// The same goes for what follows a separator within the text, whichever of these the file has: a
// spreadsheet program that splits at semicolons, as a Norwegian one does, at commas or at
// tabs begins a cell there, and a line where one breaks. Quotes do not help: to it they
// begin within its own cells, or are a cell that ends where the formula begins.
//
// Apostrophes that stand there already get one more, so that ActiveCell gives back the
// same text, whatever it is.
func InertCell(text string) string {
	if !strings.ContainsAny(text, separators) {
		return inertPart(text)
	}
	var inert strings.Builder
	if startsTrimmed(text) {
		inert.WriteByte('\'') // such white space is trimmed by some
	}
	for part := range parts(text) {
		inert.WriteString(inertPart(part))
	}
	return inert.String()
}

// ActiveCell undoes InertCell.
func ActiveCell(cell string) string {
	var active strings.Builder
	rest := cell
	if marked, is := strings.CutPrefix(cell, "'"); is && startsTrimmed(marked) {
		rest = marked
	}
	for part := range parts(rest) {
		if was, is := strings.CutPrefix(part, "'"); is && inertPart(was) == part {
			part = was
		}
		active.WriteString(part)
	}
	if text := active.String(); InertCell(text) == cell {
		return text
	}
	return cell
}

// separators are where programs split a text that was written as one cell.
const separators = ",;\t\r\n"

func isSeparator(b byte) bool { return strings.IndexByte(separators, b) >= 0 }

// startsTrimmed says whether a text begins with white space that separates, perhaps after
// apostrophes.
func startsTrimmed(text string) bool {
	bare := strings.TrimLeft(text, "'")
	return bare != "" && isSeparator(bare[0]) && bare[0] != ';' && bare[0] != ','
}

// parts gives a text in parts: what is between separators, and each of those.
func parts(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for text != "" {
			end := strings.IndexAny(text, separators)
			switch end {
			case -1:
				end = len(text)
			case 0:
				end = 1
			}
			if !yield(text[:end]) {
				return
			}
			text = text[end:]
		}
	}
}

// inertPart makes what has no separator inert.
func inertPart(text string) string {
	bare := strings.TrimLeft(text, "'")
	if !calculates(bare) || isInteger(withoutBlanks(bare)) {
		return text
	}
	return "'" + text
}

func calculates(text string) bool {
	if text = withoutBlanks(text); text == "" {
		return false
	}
	first := text[0]
	if first >= utf8.RuneSelf {
		plain := norm.NFKC.PropertiesString(text).Decomposition() // of the first character
		if len(plain) == 0 {
			return false
		}
		first = plain[0]
	}
	return strings.IndexByte("=+-@", first) >= 0
}

// withoutBlanks takes away what a program may trim at the beginning of a cell: blanks of
// every kind, what takes no room, and quotes.
func withoutBlanks(text string) string {
	if text == "" || text[0] > ' ' && text[0] < utf8.RuneSelf && text[0] != '"' {
		return text
	}
	return strings.TrimLeftFunc(text, func(c rune) bool {
		return c == '"' || c != utf8.RuneError && (unicode.IsSpace(c) || takesNoRoom(c))
	})
}

func isInteger(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	return digits != "" && strings.Trim(digits, "0123456789") == ""
}

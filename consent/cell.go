package consent

import "strings"

// InertCell gives text as a cell of a CSV file that no spreadsheet program
// calculates: what begins like a formula gets an apostrophe before it (OWASP,
// CSV injection; full-width signs count in some locales, and some programs trim
// white space and look at what follows). A whole number stays as it is: a sign
// before digits calculates nothing.
func InertCell(text string) string {
	if !calculates(text) || isInteger(text) {
		return text
	}
	return "'" + text
}

func calculates(text string) bool {
	if text == "" {
		return false
	}
	switch text[0] {
	case '=', '+', '-', '@', '\t', '\r', '\n':
		return true
	case fullWidth:
		for _, sign := range fullWidthSigns {
			if strings.HasPrefix(text, sign) {
				return true
			}
		}
	}
	return false
}

// The full-width signs, and the byte that each begins with in UTF-8.
const fullWidth = 0xef

var fullWidthSigns = [...]string{"＝", "＋", "－", "＠"}

func isInteger(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	return digits != "" && strings.Trim(digits, "0123456789") == ""
}

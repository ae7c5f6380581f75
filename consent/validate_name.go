package consent

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// CheckName refuses a name that does not look like what it is: of a person, a
// program, an organisation or a device, which others read in a list.
func CheckName(name string) error {
	if HidesInName(name) {
		return Errorf(Invalid, "hidden_character", "The name holds a line break, a control character or a character that nobody sees. Write it again as one line of plain text.")
	}
	return nil
}

// HidesInName says whether a name or an address holds what nobody sees. In a text the
// soft hyphen is ordinary spelling, in a name it makes another one that looks alike.
func HidesInName(name string) bool {
	return !utf8.ValidString(name) || strings.ContainsFunc(name, func(r rune) bool { return isHidden(r) || isUnseen(r) })
}

// HidesInComment says whether a comment holds what nobody sees. It may have several
// lines.
func HidesInComment(comment string) bool {
	return !utf8.ValidString(comment) || strings.ContainsFunc(comment, func(r rune) bool {
		return isHidden(r) && !strings.ContainsRune("\n\r\t", r)
	})
}

// IsSeen says whether a text has one character, at least, that takes room and is no space.
func IsSeen(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.IsMark(r) && !takesNoRoom(r)
	})
}

// isUnseen holds for what takes no room, but for the joiners, which some scripts spell
// names with.
func isUnseen(r rune) bool {
	return unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d'
}

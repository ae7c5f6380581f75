package consent

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// lookalikes are letters of other alphabets, and the Latin ones that they are taken for
// (Unicode, UTS 39: those that most typefaces draw alike).
var lookalikes = strings.NewReplacer(
	"А", "A", "В", "B", "С", "C", "Е", "E", "Н", "H", "І", "I", "Ј", "J", "К", "K", "М", "M", "О", "O", "Р", "P", "Ѕ", "S", "Т", "T", "У", "Y", "Х", "X", "Ԍ", "G", "Ԛ", "Q", "Ԝ", "W",
	"а", "a", "в", "b", "с", "c", "ԁ", "d", "е", "e", "һ", "h", "і", "i", "ј", "j", "к", "k", "ӏ", "l", "м", "m", "о", "o", "р", "p", "ԛ", "q", "ѕ", "s", "т", "t", "у", "y", "х", "x", "ԝ", "w", "г", "r", "п", "n",
	"Α", "A", "Β", "B", "Ε", "E", "Ζ", "Z", "Η", "H", "Ι", "I", "Κ", "K", "Μ", "M", "Ν", "N", "Ο", "O", "Ρ", "P", "Τ", "T", "Υ", "Y", "Χ", "X",
	"α", "a", "ε", "e", "ι", "i", "κ", "k", "ν", "v", "ο", "o", "ρ", "p", "τ", "t", "υ", "u", "χ", "x", "γ", "y",
	"Տ", "S", "Օ", "O", "օ", "o", "ո", "n", "ս", "u", "հ", "h", "ց", "g",
	"ı", "i", "ɑ", "a", "ɡ", "g", "ʏ", "y", "ᴀ", "a", "ᴇ", "e", "ᴋ", "k", "ᴍ", "m", "ѵ", "v",
)

// looksAs gives what a text is taken for: in the form that makes one of what is written
// in several ways, without what takes no room, and with Latin letters for those that
// look like them.
func looksAs(text string, form norm.Form) string {
	return lookalikes.Replace(strings.Map(func(c rune) rune {
		if takesNoRoom(c) {
			return -1
		}
		return c
	}, form.String(text)))
}

// takesNoRoom holds for what is drawn as nothing, the joiners and what chooses a shape
// among it, and for what stands for such in a trail.
func takesNoRoom(c rune) bool {
	return isHidden(c) || c == unicode.ReplacementChar || c == '\u2800' || unicode.In(c, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

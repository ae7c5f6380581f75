package admin

import (
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// Characters of a text from a Norwegian Windows. Where other old encodings have their æ,
// ø and å, this one has other signs, which are none of them.
const (
	norwegianLetters = "æøåÆØÅ"
	windowsLetters   = norwegianLetters + "äöüÄÖÜéèêëÉÈóòôíáàâñçšžŠŽß" + "–—“”„«»…•§°·€£©®™½´\u00a0"
)

// ofWindows reads a text in Windows-1252, or the part of it that is ISO 8859-1, as
// Norwegian Excel saves "CSV". It is not sure of one without æ, ø or å, or with signs
// that such a text has not.
func ofWindows(content string) (text string, sure bool) {
	var read strings.Builder
	norwegian := false
	for i := range len(content) {
		b := content[i]
		if b < 0x80 {
			if b < ' ' && b != '\t' && b != '\n' && b != '\r' {
				return "", false
			}
			read.WriteByte(b)
			continue
		}
		letter := charmap.Windows1252.DecodeByte(b)
		if !strings.ContainsRune(windowsLetters, letter) {
			return "", false
		}
		norwegian = norwegian || strings.ContainsRune(norwegianLetters, letter)
		read.WriteRune(letter)
	}
	return read.String(), norwegian
}

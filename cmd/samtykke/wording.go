package main

import (
	"unicode"
	"unicode/utf8"

	"github.com/samtykke/samtykke/consent"
)

// wording gives a text in the language of this program, else in Bokmål, else
// in whatever there is.
func wording(text consent.Text) string {
	words, _ := text.In(consent.English, consent.Bokmaal)
	return words
}

// capital starts a sentence.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

package consent

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lifetimes tells how long a cookie lives: one phrase ("2 år"), or, where the
// lifetimes differ, one sentence for each ("Oppgitt: 2 år." and "Leverandøren
// sier: 1000 dager."). None is corrected into another.
func (t *Translation) Lifetimes(l Lifetimes) []string {
	differs := func(other Lifetime) bool { return other != "" && !other.Same(l.Declared) }
	declared := upperFirst(t.Lifetime(l.Declared))
	if !differs(l.Vendor) && !differs(l.Observed) {
		return []string{declared}
	}
	sentence := func(said string, lifetime Lifetime) string {
		return strings.ReplaceAll(t.Words[said], "{lifetime}", t.Lifetime(lifetime))
	}
	sentences := []string{declared + "."}
	if l.Declared != "" {
		sentences[0] = sentence("said_declared", l.Declared)
	}
	if differs(l.Vendor) {
		sentences = append(sentences, sentence("said_vendor", l.Vendor))
	}
	if differs(l.Observed) {
		sentences = append(sentences, sentence("said_observed", l.Observed))
	}
	return sentences
}

// Words tells how long a cookie lives, in the language.
func (l Lifetimes) Words(lang Language) []string { return Shipped().In(lang).Lifetimes(l) }

// Same says that two lifetimes are equal, or only written differently, such as
// P1Y and P12M.
func (l Lifetime) Same(other Lifetime) bool {
	if l == "" || other == "" || l == Session || other == Session {
		return l == other
	}
	return l.Compare(other) == 0
}

func upperFirst(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

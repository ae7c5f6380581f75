package consent

import (
	"unicode"
	"unicode/utf8"
)

// The sentences for lifetimes that differ.
var (
	saidDeclared = Text{Bokmaal: "Oppgitt: ", Nynorsk: "Oppgitt: ", NorthernSami: "Almmuhuvvon: ", English: "Stated: "}
	saidVendor   = Text{Bokmaal: "Leverandøren sier: ", Nynorsk: "Leverandøren seier: ", NorthernSami: "Fálli dadjá: ", English: "The provider says: "}
	saidObserved = Text{Bokmaal: "Målt på nettstedet: ", Nynorsk: "Målt på nettstaden: ", NorthernSami: "Mihtiduvvon neahttabáikkis: ", English: "Measured on the site: "}
)

// Words tells how long a cookie lives: one phrase ("2 år"), or, where the
// lifetimes differ, one sentence for each ("Oppgitt: 2 år." and "Leverandøren
// sier: 1000 dager."). None is corrected into another.
func (l Lifetimes) Words(lang Language) []string {
	differs := func(other Lifetime) bool { return other != "" && !other.same(l.Declared) }
	declared := upperFirst(l.Declared.Words(lang))
	if !differs(l.Vendor) && !differs(l.Observed) {
		return []string{declared}
	}
	sentence := func(said Text, lifetime Lifetime) string {
		opening, _ := said.In(lang)
		return opening + lifetime.Words(lang) + "."
	}
	sentences := []string{declared + "."}
	if l.Declared != "" {
		sentences[0] = sentence(saidDeclared, l.Declared)
	}
	if differs(l.Vendor) {
		sentences = append(sentences, sentence(saidVendor, l.Vendor))
	}
	if differs(l.Observed) {
		sentences = append(sentences, sentence(saidObserved, l.Observed))
	}
	return sentences
}

// same says that two lifetimes are equal, or only written differently, such as
// P1Y and P12M.
func (l Lifetime) same(other Lifetime) bool {
	if l == "" || other == "" || l == Session || other == Session {
		return l == other
	}
	return l.Compare(other) == 0
}

func upperFirst(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

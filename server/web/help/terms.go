package help

import (
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// term is a word of a query, as it is looked for.
type term struct {
	forms []form
}

// form is a word that stands for a term: itself, as it is bent, or another for the same.
type form struct {
	text   string
	counts float64 // against the term itself
}

// anotherWord is what another word for the same counts.
const anotherWord = 0.6

// common are words that stand everywhere, folded.
var common = map[consent.Language][]string{
	consent.Bokmaal: strings.Fields(`alle alt av bare bli blir da de deg den der det dette din dine du eller en er et etter for
		fra fram gjor gjore ha har hva hvem hvilke hvilken hvis hvor hvordan hvorfor i ikke ingen inn jeg kan kom kommer man
		med meg men min mine mitt ma mot noe noen nar og om oss over pa seg sin skal slik som sa til ut var ved vi vil vare
		vart a ga ny nye nytt selv endre endrer endret bruke bruker lage lager sette setter gjelder fa far se ser side siden sider sidene
		nettside nettsiden nettsider nettsidene`),
	consent.Nynorsk: strings.Fields(`alle alt av berre bli blir da dei deg den der det dette din dine du eller ei ein eit er
		etter for fra fram gjer gjere ha har kva kven kva kvifor korleis kvar om i ikkje ingen inn eg kan kom kjem med meg
		men min mine mitt ma mot noko nokon nar og oss over pa seg sin skal slik som sa til ut var ved vi vil vare vart a
		ga ny nye nytt sjolv endre endrar endra bruke brukar lage lagar setje set gjeld fa far sja ser dersom vere
		side sida sider sidene nettside nettsida nettsider nettsidene`),
	consent.English: strings.Fields(`a about add all an and any are as at be by can change changing create do does for from get gets
		has have how i if in into is it its make making me my new no not of on one or our out set setting so that the their them then there
		this to up us use using was we website websites page pages site sites what when where which who whom why will with you your`),
}

// endings of words, the longest first.
var endings = map[consent.Language][]string{
	consent.Bokmaal: strings.Fields("ingene ingen elsene elser else inger erte inga ende ene ing ert ane er ar en et te es e a s t"),
	consent.Nynorsk: strings.Fields("ingane ingar ingen elsane elsar else inga ande ene ane ing ert er ar en et te es e a s t"),
	consent.English: strings.Fields("ations ation ings ions ing ion ies ed es ly e s y"),
}

// isEnding says whether a rest of a word is one of the endings.
func isEnding(rest string) bool {
	if rest == "" {
		return true
	}
	for _, of := range endings {
		if slices.Contains(of, rest) {
			return true
		}
	}
	return false
}

// wordsOf gives the words of a text, folded.
func wordsOf(said string) []string {
	found := fold(Cut(said)).words
	words := make([]string, len(found))
	for i := range found {
		words[i] = found[i].text
	}
	return words
}

// termsOf gives the words of a query, as they are looked for: those that stand
// everywhere only when there are no others.
func (s *shelf) termsOf(query string) []term {
	words := wordsOf(query)
	telling := slices.DeleteFunc(slices.Clone(words), func(said string) bool { return slices.Contains(common[s.lang], said) })
	if len(telling) > 0 {
		words = telling
	}
	var terms []term
	var seen []string
	for _, said := range words {
		for _, stem := range s.known(stem(s.lang, said)) {
			if slices.Contains(seen, stem) || len(terms) == mostTerms {
				continue
			}
			seen = append(seen, stem)
			terms = append(terms, s.term(stem))
		}
	}
	return terms
}

// known gives a stem, or when no article has it the two words that it is made of, the
// one that was meant, or the first of the two.
func (s *shelf) known(whole string) []string {
	if s.finds(whole) {
		return []string{whole}
	}
	var first string
	for at := wordBegins; at <= len(whole)-wordBegins; at++ {
		begin := stem(s.lang, whole[:at])
		if !s.finds(begin) {
			begin = stem(s.lang, strings.TrimSuffix(whole[:at], "s"))
		}
		if len(begin) < wordBegins || !s.finds(begin) {
			continue
		}
		if s.finds(whole[at:]) {
			return []string{begin, whole[at:]}
		}
		if at > len(whole)/3 {
			first = begin
		}
	}
	if meant := s.meant(whole); meant != "" {
		return []string{meant}
	}
	if first != "" {
		return []string{first}
	}
	return []string{whole}
}

// mostPhrase is how many words a query has that is held against what people ask for.
const mostPhrase = 6

// spelt gives the words of a short query, with those that no article has as they were
// meant.
func (s *shelf) spelt(words []string) []string {
	if len(words) > mostPhrase {
		return words
	}
	spelt := slices.Clone(words)
	for i, said := range words {
		whole := stem(s.lang, said)
		if s.finds(whole) {
			continue
		}
		if meant := s.meant(whole); meant != "" {
			spelt[i] = meant
		}
	}
	return spelt
}

// finds says whether an article has a word, or another for the same.
func (s *shelf) finds(stem string) bool {
	t := s.term(stem)
	return slices.ContainsFunc(s.articles, func(a *Article) bool { return a.worth(&t) > 0 })
}

// term gives what is looked for of a stem.
func (s *shelf) term(stem string) term {
	var t term
	for _, said := range bent(stem) {
		t.forms = append(t.forms, form{said, 1})
	}
	for _, other := range synonyms[s.lang][stem] {
		for _, said := range bent(other) {
			t.forms = append(t.forms, form{said, anotherWord})
		}
	}
	return t
}

// stem gives the part of a long word that its other forms share, more or less.
func stem(lang consent.Language, said string) string {
	for _, ending := range endings[lang] {
		if rest, ok := strings.CutSuffix(said, ending); ok && len(rest) >= wordBegins {
			return rest
		}
	}
	return said
}

// bent gives a stem and its other one, where an e comes and goes: varsel and varsler,
// nøkkel and nøkler.
func bent(stem string) []string {
	if len(stem) < wordBegins || strings.ContainsAny(stem[len(stem)-1:], "aeiouy") {
		return []string{stem}
	}
	last := stem[len(stem)-1:]
	if last != "l" && last != "r" && last != "n" {
		return []string{stem}
	}
	before := stem[:len(stem)-1]
	if short, ok := strings.CutSuffix(before, "e"); ok && len(short) >= 3 && !vowel(short[len(short)-1]) {
		if end := short[len(short)-1]; short[len(short)-2] == end {
			short = short[:len(short)-1]
		}
		return []string{stem, short + last}
	}
	if last == "l" && !vowel(before[len(before)-1]) {
		if end := before[len(before)-1:]; end == "k" {
			return []string{stem, before + end + "el"}
		}
		return []string{stem, before + "el"}
	}
	return []string{stem}
}

func vowel(letter byte) bool { return strings.IndexByte("aeiouy", letter) >= 0 }

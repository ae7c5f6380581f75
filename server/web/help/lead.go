package help

import (
	"math"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// filler are words that say nothing of what somebody looks for, folded. What people ask
// for is the same with and without them.
var filler = map[consent.Language][]string{
	consent.Bokmaal: strings.Fields(`alt at av da de deg den det dette din dine du eller en er et etter for fra har hos i jeg man med
		meg min mine mitt og om oss pa seg sin skal som til var vare vart ved vi vil`),
	consent.Nynorsk: strings.Fields(`alt at av da dei deg den det dette din dine du eller ei ein eit er etter for fra har hos i eg me med
		meg min mine mitt mi og om oss pa seg sin skal som til var vare vart ved vi vil`),
	consent.English: strings.Fields(`a all an and any are as at be been by do does for from get gets has have i if into is it its my of on
		or our so that the their them then there this to us was we were will with you your`),
}

// lead is what somebody may ask for: the stems of its words that say anything.
type lead []string

// leadOf gives the words of a text that say anything, or all where none does.
func leadOf(lang consent.Language, words []string) lead {
	telling := slices.DeleteFunc(slices.Clone(words), func(said string) bool { return slices.Contains(filler[lang], said) })
	if len(telling) == 0 {
		telling = slices.Clone(words)
	}
	for i := range telling {
		telling[i] = stem(lang, telling[i])
	}
	slices.Sort(telling)
	return slices.Compact(telling)
}

// leadsOf reads what people ask for that leads to an article.
func leadsOf(lang consent.Language, asked []folded) []lead {
	leads := make([]lead, len(asked))
	for i := range asked {
		leads[i] = leadOf(lang, wordsOf(asked[i].text))
	}
	return leads
}

// askedFor says whether a query is just what leads to an article, whatever its forms,
// their order, and the words between.
func (s *shelf) askedFor(a *Article, query []string) bool {
	wanted := leadOf(s.lang, query)
	return len(wanted) > 0 && slices.ContainsFunc(a.leads, func(l lead) bool { return slices.Equal(l, wanted) })
}

// What a word counts that stands everywhere, against those that tell. Whoever asks who
// asks for what people do or may do, whatever it is done to.
const (
	commonTells = 0.5
	whoTells    = 1.2
)

// who are the words that ask for somebody, in any language.
var who = []string{"hvem", "kven", "who"}

// leastLed is the part of what a query tells that leads somewhere: one in so many.
const leastLed = 3

// mostLed is how many words of a query are held against what leads somewhere.
const mostLed = 12

// leading gives the articles to which a query leads: to those for which it is just what
// people ask, or else by those of its words that tell most.
func (s *shelf) leading(query []string) map[*Article]int {
	found := map[*Article]int{}
	if query = query[:min(len(query), mostLed)]; len(query) == 0 {
		return found
	}
	worth, best := s.worths(query)
	for _, a := range s.articles {
		if s.askedFor(a, query) {
			found[a] = isAsked
		}
		for _, l := range a.leads {
			best = max(best, l.within(worth))
		}
	}
	for _, a := range s.articles {
		if best > 0 && slices.ContainsFunc(a.leads, func(l lead) bool { return l.within(worth) == best }) {
			found[a] = max(found[a], holdsAsked)
		}
	}
	return found
}

// worths gives what the words of a query tell, and others for the same, and the least of
// it that leads somewhere.
func (s *shelf) worths(query []string) (worth map[string]float64, least float64) {
	worth = map[string]float64{}
	for _, said := range query {
		each := stem(s.lang, said)
		if _, twice := worth[each]; !twice {
			worth[each] = s.tells(said)
			least += worth[each] / leastLed
		}
	}
	for _, said := range query {
		said = stem(s.lang, said)
		for _, other := range synonyms[s.lang][said] {
			worth[other] = max(worth[other], worth[said]*anotherWord)
		}
	}
	return worth, least
}

// within gives what the words of a lead count in a query that has them all.
func (l lead) within(worth map[string]float64) float64 {
	told := 0.0
	for _, each := range l {
		counts, has := worth[each]
		if !has {
			return 0
		}
		told += counts
	}
	return told
}

// tells says how much a word tells of what somebody looks for: most where fewest
// articles have it.
func (s *shelf) tells(said string) float64 {
	switch {
	case slices.Contains(who, said):
		return whoTells
	case slices.Contains(common[s.lang], said):
		return commonTells
	}
	t := s.term(stem(s.lang, said))
	have := 0.0
	for _, a := range s.articles {
		if a.worth(&t) > 0 {
			have++
		}
	}
	if have == 0 {
		return 0
	}
	return math.Log(1 + float64(len(s.articles))/have)
}

package help

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/samtykke/samtykke/consent"
)

const (
	// LongestQuery is how much of a query is read, in characters.
	LongestQuery = 200
	// mostTerms is how many words of it are looked for.
	mostTerms = 8
	// mostOfSome is how many articles are shown that have only some of the words.
	mostOfSome = 5
)

// Hit is an article in which the words of a query were found.
type Hit struct {
	Name    string
	Title   []Piece
	Snippet []Piece
	Some    bool // not all of them
}

// Piece is a part of a text that was found, or lies between.
type Piece struct {
	Text  string
	Found bool
}

// block is a paragraph or an entry of a list.
type block struct {
	said    string
	folded  folded
	heading bool
	named   bool // it is what a list explains
}

func newBlock(said string) block { return block{said: said, folded: fold(said)} }

// shelf is the manual in one language.
type shelf struct {
	lang     consent.Language
	articles []*Article
	words    map[string]int // the stems of all, and how often each stands there
}

// ranked is a hit with how good it is.
type ranked struct {
	article *Article
	some    bool
	behind  bool // what is for programs, where nobody asked for them
	phrase  int
	score   float64
}

// Search gives the articles that hold every word of a query, and then those that hold
// some of them. First comes what leads there by just that, then those that have all of it
// in a heading, and then those that have the words that tell most in their titles, in
// headings and most often.
func (b *Book) Search(lang consent.Language, query string) []Hit {
	s := b.shelves[lang]
	if s == nil {
		return nil
	}
	terms := s.termsOf(query)
	found := s.search(terms, s.spelt(wordsOf(query)))
	programsLast(found, query)
	slices.SortStableFunc(found, func(x, y ranked) int {
		return cmp.Or(after(x.some, y.some), after(x.behind, y.behind), cmp.Compare(y.phrase, x.phrase), cmp.Compare(y.score, x.score))
	})
	marked := texts(terms)
	var hits []Hit
	some := 0
	for _, each := range found {
		if each.some {
			if some++; some > mostOfSome {
				break
			}
		}
		a := each.article
		hits = append(hits, Hit{a.Name, pieces(a.Title, marked), pieces(a.snippet(terms), marked), each.some})
	}
	return hits
}

// search looks through all articles. What a word counts is how few articles have it.
func (s *shelf) search(terms []term, phrase []string) []ranked {
	worths := make([][]float64, len(terms))
	rare := make([]float64, len(terms))
	known := 0.0
	for t := range terms {
		have := 0.0
		for _, a := range s.articles {
			worth := a.worth(&terms[t])
			worths[t] = append(worths[t], worth)
			if worth > 0 {
				have++
			}
		}
		if have > 0 {
			rare[t] = math.Log(1 + float64(len(s.articles))/have)
			known += rare[t]
		}
	}
	var found []ranked
	leads := s.leading(phrase)
	for i, a := range s.articles {
		hit, held, telling := ranked{article: a}, 0, 0.0
		for t := range terms {
			if worth := worths[t][i]; worth > 0 {
				held++
				telling += rare[t]
				hit.score += rare[t] * worth
			}
		}
		lead := leads[a]
		if lead == 0 && (held == 0 || telling < known/3) {
			continue
		}
		if hit.some = lead == 0 && held < len(terms); !hit.some {
			hit.phrase = max(lead, a.headed(phrase))
		}
		hit.score *= 1 + a.together(terms)
		found = append(found, hit)
	}
	return found
}

// Cut gives of a query what is read.
func Cut(query string) string {
	query = strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(query, "\x00", ""), ""))
	if utf8.RuneCountInString(query) <= LongestQuery {
		return query
	}
	return string([]rune(query)[:LongestQuery])
}

// How well an article stands for a query, from least to most.
const (
	holdsAsked = iota + 1 // the query has words that lead there
	inHeading             // a heading has all of it
	inItsTitle
	isAsked // it is just what leads there
)

// headed says whether a phrase stands in a heading or in the title. One word is no phrase.
func (a *Article) headed(phrase []string) int {
	in := func(head string) bool {
		return strings.Contains(" "+strings.Join(wordsOf(head), " "), " "+strings.Join(phrase, " "))
	}
	switch {
	case len(phrase) < 2:
		return 0
	case in(a.Title):
		return inItsTitle
	case slices.ContainsFunc(a.Sections, func(s Section) bool { return in(s.Title) }):
		return inHeading
	}
	return 0
}

// in says how well a text holds a term, and how often.
func (t *term) in(f *folded) (best float64, often int) {
	for _, each := range t.forms {
		well, times := f.how(each.text)
		best, often = max(best, well*each.counts), often+times
	}
	return best, often
}

// What a word counts by where it stands. A title outweighs all the rest.
const (
	inTitle = 9.0
	inHead  = 3.0
	inLede  = 1.0
	inText  = 1.5
	inAsked = 9.0
)

// worth gives what a term counts in an article, 0 where it has none of its words.
func (a *Article) worth(t *term) float64 {
	worth := 0.0
	if well, _ := t.in(&a.title); well > 0 {
		worth += inTitle * (well + 3) / 4
	}
	for i := range a.asked {
		if well, _ := t.in(&a.asked[i]); well == isTerm {
			worth += inAsked / float64(len(a.asked[i].words))
			break
		}
	}
	head, lede, text, all := 0.0, 0.0, 0.0, 0
	for i := range a.blocks {
		well, often := t.in(&a.blocks[i].folded)
		switch {
		case a.blocks[i].heading, a.blocks[i].named:
			head = max(head, well)
		case i == 0:
			lede = well
		}
		text, all = max(text, well), all+often
	}
	often := float64(all) / (float64(all) + 2)
	return worth + inHead*head + inLede*lede + inText*text*often
}

// together says how many of the terms stand under one heading, from 0 to 1.
func (a *Article) together(terms []term) float64 {
	best, under := 0, map[int]bool{}
	for i := range a.blocks {
		if a.blocks[i].heading {
			clear(under)
		}
		for t := range terms {
			if well, _ := terms[t].in(&a.blocks[i].folded); well > 0 {
				under[t] = true
			}
		}
		best = max(best, len(under))
	}
	return float64(best) / float64(max(1, len(terms)))
}

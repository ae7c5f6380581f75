package help

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/samtykke/samtykke/consent"
)

const (
	// LongestQuery is how much of a query is read, in characters.
	LongestQuery = 200
	// mostTerms is how many words of it are looked for.
	mostTerms = 8
	// snippetSize is how much of a paragraph is shown, in bytes.
	snippetSize = 220
)

// Hit is an article in which all words were found.
type Hit struct {
	Name    string
	Title   []Piece
	Snippet []Piece
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
}

func newBlock(said string) block { return block{said: said, folded: fold(said)} }

// ranked is a hit with how good it is.
type ranked struct {
	Hit
	phrase, inTitle, inHeads, inText int
}

// Search gives the articles that hold every word of a query, those first that have
// all of it in a heading, then those that have words in their titles, then in
// headings, then most often in the text.
func (b *Book) Search(lang consent.Language, query string) []Hit {
	terms := termsOf(query)
	if len(terms) == 0 {
		return nil
	}
	var found []ranked
	phrase := wordsOf(query)
	for _, a := range b.shelves[lang] {
		if hit, ok := a.search(terms); ok {
			hit.phrase = a.headed(phrase)
			found = append(found, hit)
		}
	}
	slices.SortStableFunc(found, func(x, y ranked) int {
		return cmp.Or(cmp.Compare(y.phrase, x.phrase), cmp.Compare(y.inTitle, x.inTitle), cmp.Compare(y.inHeads, x.inHeads), cmp.Compare(y.inText, x.inText))
	})
	hits := make([]Hit, len(found))
	for i := range found {
		hits[i] = found[i].Hit
	}
	return hits
}

// Cut gives of a query what is read.
func Cut(query string) string {
	query = strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(query, "\x00", ""), ""))
	if utf8.RuneCountInString(query) <= LongestQuery {
		return query
	}
	return string([]rune(query)[:LongestQuery])
}

// wordsOf gives the words of a text, folded.
func wordsOf(said string) []string {
	words := strings.FieldsFunc(fold(Cut(said)).text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("§-_", r)
	})
	for i := range words {
		words[i] = strings.Trim(words[i], "-_")
	}
	return slices.DeleteFunc(words, func(word string) bool { return word == "" })
}

// commonest are words that stand everywhere, folded.
var commonest = strings.Fields("a an and are at av de dei den det du ei ein eit en er et for fra i in is it med of og om on or pa som the til to")

// termsOf gives the words of a query, as they are looked for: the commonest only when
// there are no others.
func termsOf(query string) []string {
	words := wordsOf(query)
	telling := slices.DeleteFunc(slices.Clone(words), func(word string) bool { return slices.Contains(commonest, word) })
	if len(telling) > 0 {
		words = telling
	}
	var terms []string
	for _, word := range words {
		if word = stem(word); !slices.Contains(terms, word) && len(terms) < mostTerms {
			terms = append(terms, word)
		}
	}
	return terms
}

// endings of Norwegian and English words, the longest first.
var endings = []string{"ene", "ane", "ing", "er", "ar", "en", "et", "es", "e", "a", "s"}

// stem gives the part of a long word that its other forms share, more or less.
func stem(word string) string {
	for _, ending := range endings {
		if rest, ok := strings.CutSuffix(word, ending); ok && len(rest) >= wordBegins {
			return rest
		}
	}
	return word
}

// headed says whether a phrase stands in a heading, 1, or in the title, 2. One word is
// no phrase.
func (a *Article) headed(phrase []string) int {
	in := func(head string) bool {
		return strings.Contains(" "+strings.Join(wordsOf(head), " "), " "+strings.Join(phrase, " "))
	}
	switch {
	case len(phrase) < 2:
		return 0
	case in(a.Title):
		return 2
	case slices.ContainsFunc(a.Sections, func(s Section) bool { return in(s.Title) }):
		return 1
	}
	return 0
}

func (a *Article) search(terms []string) (ranked, bool) {
	hit := ranked{}
	for _, term := range terms {
		inTitle, inText := a.title.has(term), 0
		for i := range a.blocks {
			inText += len(a.blocks[i].folded.find(term))
		}
		if !inTitle && inText == 0 {
			return hit, false
		}
		if inTitle {
			hit.inTitle++
		}
		if slices.ContainsFunc(a.heads, func(head folded) bool { return head.has(term) }) {
			hit.inHeads++
		}
		hit.inText += inText
	}
	hit.Hit = Hit{Name: a.Name, Title: pieces(a.Title, terms), Snippet: pieces(a.snippet(terms), terms)}
	return hit, true
}

// snippet gives a part of the paragraph that holds most of the words.
func (a *Article) snippet(terms []string) string {
	best, most := block{said: a.Lede}, 0
	for i := range a.blocks {
		held := 0 // twice as many, so that a heading comes after a paragraph with as many
		for _, term := range terms {
			if a.blocks[i].folded.has(term) {
				held += 2
			}
		}
		if held > 0 && a.blocks[i].heading {
			held--
		}
		if held > most {
			best, most = a.blocks[i], held
		}
	}
	first := len(best.said)
	for _, term := range terms {
		if found := best.folded.find(term); len(found) > 0 {
			first = min(first, found[0].from)
		}
	}
	if first == len(best.said) {
		first = 0
	}
	return around(best.said, first)
}

// around gives some of a text on both sides of a place, in whole words.
func around(said string, at int) string {
	if len(said) <= snippetSize {
		return said
	}
	from, to := max(0, at-snippetSize/3), min(len(said), at+snippetSize*2/3)
	if from > 0 {
		from += strings.IndexByte(said[from:], ' ') + 1
		from = min(from, at)
	}
	if to < len(said) {
		if space := strings.LastIndexByte(said[at:to], ' '); space > 0 {
			to = at + space
		}
	}
	short := strings.ToValidUTF8(said[from:to], "")
	if from > 0 {
		short = "… " + short
	}
	if to < len(said) {
		short += " …"
	}
	return short
}

// pieces cuts a text where words are found in it.
func pieces(said string, terms []string) []Piece {
	f := fold(said)
	spans := make([]span, 0, len(terms))
	for _, term := range terms {
		spans = append(spans, f.find(term)...)
	}
	slices.SortFunc(spans, func(x, y span) int { return cmp.Or(cmp.Compare(x.from, y.from), cmp.Compare(y.to, x.to)) })
	var cut []Piece
	at := 0
	for _, s := range spans {
		if s.to <= at {
			continue // within another
		}
		s.from = max(s.from, at)
		if s.from > at {
			cut = append(cut, Piece{Text: said[at:s.from]})
		}
		cut = append(cut, Piece{said[s.from:s.to], true})
		at = s.to
	}
	if at < len(said) {
		cut = append(cut, Piece{Text: said[at:]})
	}
	return cut
}

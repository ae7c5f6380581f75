package help

import (
	"cmp"
	"slices"
	"strings"
)

// snippetSize is how much of a paragraph is shown, in bytes.
const snippetSize = 220

// snippet gives a part of the paragraph that holds most of the words.
func (a *Article) snippet(terms []term) string {
	best, most := block{said: a.Lede, folded: fold(a.Lede)}, 0
	for i := range a.blocks {
		held := 0 // twice as many, so that a heading comes after a paragraph with as many
		for t := range terms {
			if well, _ := terms[t].in(&a.blocks[i].folded); well > 0 {
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
	for _, said := range texts(terms) {
		if found := best.folded.spans(said); len(found) > 0 {
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

// texts gives the words that are looked for.
func texts(terms []term) []string {
	var all []string
	for _, t := range terms {
		for _, f := range t.forms {
			all = append(all, f.text)
		}
	}
	return all
}

// pieces cuts a text where words are found in it.
func pieces(said string, words []string) []Piece {
	f := fold(said)
	spans := make([]span, 0, len(words))
	for _, word := range words {
		spans = append(spans, f.spans(word)...)
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

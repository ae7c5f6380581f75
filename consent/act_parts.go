package consent

import (
	"cmp"
	"slices"
)

// mostParts is how many parts of a text that differ are told apart. Of more of them the
// nearest are told as one.
const mostParts = 4

// shingle is how many characters in a row two texts share where they are held to be the
// same again.
const shingle = 8

// part is where two texts differ, in characters: from and to before.
type part struct{ was, wasEnd, is, isEnd int }

// partsApart gives the parts in which two texts differ, in order; all between them is the
// same in both. It takes about as long as the texts are, whatever is in them. It need not
// find the fewest: what it takes for the same is the same.
func partsApart(was, is clusters) []part {
	whole := part{0, was.len(), 0, is.len()}
	whole.trim(&was, &is)
	var parts []part
	add := func(p part) {
		if p.trim(&was, &is); p.was < p.wasEnd || p.is < p.isEnd {
			parts = append(parts, p)
		}
	}
	rest := whole
	for _, m := range inOrder(matches(&was, &is, whole)) {
		switch {
		case m.was < rest.was || m.is < rest.is:
			if m.was-rest.was != m.is-rest.is {
				continue // it overlaps what is matched with something else
			}
		case m.was > rest.was || m.is > rest.is:
			add(part{rest.was, m.was, rest.is, m.is})
		}
		rest.was, rest.is = m.was+shingle, m.is+shingle
	}
	add(rest)
	return parts
}

// trim leaves out what a part begins and ends with in both texts.
func (p *part) trim(was, is *clusters) {
	for p.was < p.wasEnd && p.is < p.isEnd && was.text(p.was, p.was+1) == is.text(p.is, p.is+1) {
		p.was, p.is = p.was+1, p.is+1
	}
	for p.was < p.wasEnd && p.is < p.isEnd && was.text(p.wasEnd-1, p.wasEnd) == is.text(p.isEnd-1, p.isEnd) {
		p.wasEnd, p.isEnd = p.wasEnd-1, p.isEnd-1
	}
}

// match is where a shingle begins in two texts.
type match struct{ was, is int }

// matches pairs what two texts share within a part: the first of the one with the first
// of the other, the second with the second, so that texts that repeat have no more pairs
// than others.
func matches(was, is *clusters, in part) (found []match) {
	places := map[string][]int{}
	for i := in.was; i+shingle <= in.wasEnd; i++ {
		text := was.text(i, i+shingle)
		places[text] = append(places[text], i)
	}
	for i := in.is; i+shingle <= in.isEnd; i++ {
		text := is.text(i, i+shingle)
		if at := places[text]; len(at) > 0 {
			found = append(found, match{at[0], i})
			places[text] = at[1:]
		}
	}
	return found
}

// inOrder gives the most of them that stand in one order in both texts: of those that are
// in order in the one, the longest row that climbs in the other.
func inOrder(all []match) []match {
	var ends []int                  // of the best row of each length, the last match
	before := make([]int, len(all)) // the match before each in its row
	for i, m := range all {
		n, _ := slices.BinarySearchFunc(ends, m.was, func(end, at int) int { return cmp.Compare(all[end].was, at) })
		before[i] = -1
		if n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	row := make([]match, len(ends))
	if len(ends) > 0 {
		for n, i := len(ends)-1, ends[len(ends)-1]; i >= 0; n, i = n-1, before[i] {
			row[n] = all[i]
		}
	}
	return row
}

// fewParts makes one of those between which the least is the same, until they are few.
func fewParts(parts []part) []part {
	if len(parts) <= mostParts {
		return parts
	}
	widest := make([]int, len(parts)-1) // the gaps after these
	for i := range widest {
		widest[i] = i
	}
	slices.SortStableFunc(widest, func(a, b int) int {
		return cmp.Compare(parts[b+1].was-parts[b].wasEnd, parts[a+1].was-parts[a].wasEnd)
	})
	widest = widest[:mostParts-1]
	slices.Sort(widest)
	few := make([]part, 0, mostParts)
	first := 0
	for _, last := range append(widest, len(parts)-1) {
		few = append(few, part{parts[first].was, parts[last].wasEnd, parts[first].is, parts[last].isEnd})
		first = last + 1
	}
	return few
}

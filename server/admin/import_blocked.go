package admin

import (
	"cmp"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/sitefile"
)

// mostPlaces is how many places of one kind of fault are named.
const mostPlaces = 5

// blocked is a kind of fault that keeps the draft from being published once a file is
// saved in it: what is wrong, what to do, how often and where.
type blocked struct {
	faultLine
	Code   string
	N      int
	Places []string
	More   int // places that are not named
}

// blockedBy gives the faults that a draft gets when it becomes another, by kind, the most
// frequent first, and how many there are in all.
func (r *request) blockedBy(draft, next *consent.Draft) (kinds []blocked, n int) {
	faults := sitefile.NewProblems(draft, next.ValidateAfter(r.signatures(next.Site.Key).Signatures, r.today()), r.today(), "").Faults()
	at, places := map[string]int{}, r.wordsIn(next)
	for i := range faults {
		p := &faults[i]
		said := r.sayProblem(p)
		key := p.Code + said.Text
		if _, known := at[key]; !known {
			at[key] = len(kinds)
			kinds = append(kinds, blocked{faultLine: said, Code: p.Code})
		}
		kind := &kinds[at[key]]
		if kind.N++; kind.N <= mostPlaces {
			kind.Places = append(kind.Places, places.words(p.Path))
		} else {
			kind.More++
		}
	}
	slices.SortStableFunc(kinds, func(a, b blocked) int { return cmp.Compare(b.N, a.N) })
	return kinds, len(faults)
}

// parted gives the lines about what blocks publishing, and those that are only to be
// looked at.
func parted(lines []importLine) (blocking, others []importLine) {
	for _, line := range lines {
		if line.Severe {
			blocking = append(blocking, line)
		} else {
			others = append(others, line)
		}
	}
	return blocking, others
}

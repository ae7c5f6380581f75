package figures

import (
	"slices"

	"github.com/samtykke/samtykke/consent"
)

// visits are how often the banner stood, how many decisions browsers sent, how many the
// log took, and how many of those who sent one got the answer.
type visits [4]int

// The places of visits.
const (
	atShown = iota
	atDecided
	atStored
	atAnswered
)

func visitsOf(t *consent.Tally) visits {
	return visits{atShown: t.Shown, atDecided: t.Decided, atStored: t.Stored, atAnswered: t.Acknowledged}
}

func (v *visits) add(more visits) {
	for place, n := range more {
		v[place] += n
	}
}

// told gives the counts of a unit as they may be shown beside how many decisions it has.
// One number less another is also a number: of those who left without an answer, of what
// was lost or erased. So counts that differ by few are told as the same, and few are told
// as none. It is nil when nothing was counted.
func (v visits) told(total int) []int {
	if v == (visits{}) {
		return nil
	}
	told, marks := v.without(total), []int{total, 0}
	for _, place := range []int{atStored, atDecided, atAnswered, atShown} {
		for _, mark := range marks {
			if !consent.IsCrowd(apart(told[place], mark)) {
				told[place] = mark
				break
			}
		}
		marks = append(marks, told[place])
	}
	return told
}

// without takes few who were stored and are not among the decisions any more out of every
// count. What lies between two counts then stays what it was, whoever was erased: a gap on
// the way, held against it, says nothing of them.
func (v visits) without(total int) []int {
	told, gone := slices.Clone(v[:]), v[atStored]-total
	if consent.IsCrowd(apart(v[atStored], total)) {
		return told
	}
	for place := range told {
		told[place] = max(0, told[place]-gone)
	}
	return told
}

func apart(a, b int) int { return max(a-b, b-a) }

// addVisits adds up units. One of which nothing is told adds nothing.
func (f *Figures) addVisits(units []*unit) {
	for _, one := range units {
		if len(one.Visits) != len(visits{}) {
			continue
		}
		if f.Visits == nil {
			f.Visits = make([]int, len(visits{}))
		}
		for place, n := range one.Visits {
			f.Visits[place] += n
		}
	}
}

// Shown is how often the banner stood, of the units of which that is told.
func (f *Figures) Shown() int {
	if f.Visits == nil {
		return 0
	}
	return f.Visits[atShown]
}

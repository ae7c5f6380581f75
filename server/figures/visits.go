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
	told, marks := slices.Clone(v[:]), []int{total, 0}
	for _, place := range []int{atStored, atDecided, atAnswered, atShown} {
		for _, mark := range marks {
			if !consent.IsCrowd(max(told[place]-mark, mark-told[place])) {
				told[place] = mark
				break
			}
		}
		marks = append(marks, told[place])
	}
	return told
}

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

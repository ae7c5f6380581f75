package consent

import (
	"cmp"
	"slices"
	"time"
)

// FindingTimes says in a word how often something was seen on a day.
type FindingTimes string

// How often something was seen.
const (
	TimesFew       FindingTimes = "few" // fewer than Crowd
	TimesSome      FindingTimes = "some"
	TimesTens      FindingTimes = "tens"
	TimesHundreds  FindingTimes = "hundreds"
	TimesThousands FindingTimes = "thousands"
)

// FindingTimesAll are all, the fewest first.
var FindingTimesAll = []FindingTimes{TimesFew, TimesSome, TimesTens, TimesHundreds, TimesThousands}

// timesFrom are the counts from which each of them is said.
var timesFrom = []int{1, Crowd, 20, 200, 2000}

// Times says how often a Finding was seen, "" while that is not told.
func (f *Finding) Times() FindingTimes {
	for i, from := range slices.Backward(timesFrom) {
		if f.Count >= from {
			return FindingTimesAll[i]
		}
	}
	return ""
}

// FindingsTold gives what of Findings people and programs elsewhere are told. A cookie
// that stayed, or that was set while its Service was off, tells of somebody's withdrawal
// or refusal: of one alone, when it was seen once, and at that minute. So its day is told
// and no moment, when the day is over; and how often in a word, for whoever can report
// the same some times more would find how often others did. What the markup has is told
// at once. The newest day comes first, then what is most urgent, then names: never what
// was seen most often.
func FindingsTold(all []Finding, now time.Time) []Finding {
	end := CountsEnd(now)
	told := make([]Finding, 0, len(all))
	for _, f := range all {
		over := f.Day.Before(end)
		if f.Kind.IsOfNotice() && !over {
			continue
		}
		if times := slices.Index(FindingTimesAll, f.Times()); over && times >= 0 {
			f.Count = timesFrom[times]
		} else {
			f.Count = 0
		}
		f.Last = time.Time{}
		told = append(told, f)
	}
	weight := func(f *Finding) int { return slices.Index(FindingKinds, f.Kind) }
	slices.SortFunc(told, func(a, b Finding) int {
		return cmp.Or(b.Day.Compare(a.Day), cmp.Compare(weight(&a), weight(&b)), cmp.Compare(a.Name, b.Name))
	})
	return told
}

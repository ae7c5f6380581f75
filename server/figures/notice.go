package figures

import (
	"slices"

	"github.com/samtykke/samtykke/consent"
)

// mostRows is of how many rows it is looked at what they tell together. What has more
// tells of notices alone.
const mostRows = 10

// notices arranges the notices. A notice may lack an outcome: one category without parts
// cannot be answered in part.
func (c *counted) notices() ([]consent.NoticeNumber, tally) {
	keys, counts := by(c, func(k *kind) consent.NoticeNumber { return k.notice })
	return keys, c.arrange(counts)
}

func (c *counted) severalNotices() bool {
	numbers, _ := c.notices()
	return len(numbers) > 1
}

// apartFromNotices puts all rows of a table together where notices, less the rows that
// no other notice has, are about few: one alone may be written in a language, or be
// answered by a browser's signal. It needs no look at rows less the notices within them:
// that is more than what the notices without those rows have beyond them.
func apartFromNotices[K comparable](c *counted, keys []K, t tally, of func(*kind) K) tally {
	if len(t.rows) == 0 {
		return t // as many rows as there are decisions, of which none is told
	}
	numbers, notices := c.notices()
	row, notice := rowOf(keys, t.rows), rowOf(numbers, notices.rows)
	within := make([]set, len(t.rows))
	for one := range c.kinds {
		within[row[of(&one)]].add(notice[one.notice])
	}
	if !leavesFew(notices.counts, t.counts, within) {
		return t
	}
	all := make([]int, len(t.rows))
	for i := range all {
		all[i] = i
	}
	joined := tally{rows: [][]int{nil}, counts: added([][]int{all}, t.counts)}
	for _, rows := range t.rows {
		joined.rows[0] = append(joined.rows[0], rows...)
	}
	return joined
}

// apartFromRuns joins runs where notices, less the runs in which no other was answered,
// are about few: those who answered a notice after the next one was published, whose day
// everybody knows. It joins those around a change of notices, until none are.
func (c *counted) apartFromRuns(runs []Run, made []map[kind]int) []Run {
	numbers, notices := c.notices()
	notice, totals := rowOf(numbers, notices.rows), make([][]int, len(notices.rows))
	for i, row := range notices.counts {
		totals[i] = []int{sumOf(row)}
	}
	within, counts := make([]set, len(runs)), make([][]int, len(runs))
	for i, run := range runs {
		counts[i] = []int{run.Count}
		for one := range made[i] {
			within[i].add(notice[one.notice])
		}
	}
	runs = slices.Clone(runs)
	for len(runs) > 1 && leavesFew(totals, counts, within) {
		first, last := change(within)
		for i := first + 1; i <= last; i++ {
			runs[first].Count += runs[i].Count
			within[first] |= within[i]
		}
		runs[first].Last, counts[first] = runs[last].Last, []int{runs[first].Count}
		runs, counts, within = slices.Delete(runs, first+1, last+1), slices.Delete(counts, first+1, last+1), slices.Delete(within, first+1, last+1)
	}
	return runs
}

// change finds two runs between which the notices change, past days of nobody, or else all.
func change(within []set) (first, last int) {
	before := -1
	for i, notices := range within {
		if notices == 0 {
			continue
		}
		if before >= 0 && notices != within[before] {
			return before, i
		}
		before = i
	}
	return 0, len(within) - 1
}

// set is of rows, at most mostRows of them.
type set uint

func (s *set) add(row int) { *s |= 1 << row }

// leavesFew says whether some of the notices, less the rows of another table that are within
// them, are about few.
func leavesFew(notices, rows [][]int, within []set) bool {
	if len(notices) > mostRows {
		return true
	}
	for chosen := range set(1) << len(notices) {
		left := make([]int, len(notices[0]))
		for i, row := range notices {
			if chosen>>i&1 == 1 {
				plus(left, row, 1)
			}
		}
		for i, row := range rows {
			if within[i]&^chosen == 0 {
				plus(left, row, -1)
			}
		}
		if !consent.AreCrowds(left) {
			return true
		}
	}
	return false
}

func plus(sums, row []int, times int) {
	for i, n := range row {
		sums[i] += times * n
	}
}

// rowOf gives the row in which each key is.
func rowOf[K comparable](keys []K, rows [][]int) map[K]int {
	in := make(map[K]int, len(keys))
	for row, group := range rows {
		for _, i := range group {
			in[keys[i]] = row
		}
	}
	return in
}

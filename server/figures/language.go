package figures

import "github.com/samtykke/samtykke/consent"

// mostRows is of how many rows it is looked at what they tell together. What has more
// tells of notices and not of languages.
const mostRows = 10

// languages arranges the languages. Where that would leave hardly any, it gives up the
// outcomes and counts in all. Nothing else may be counted so: what has its outcome, or
// lacks one, can be taken from the sums of the outcomes. That is so of languages as well
// where only one of several notices speaks them; and then they are together, if what that
// notice has beyond them is about few.
func (c *counted) languages() ([]consent.Language, tally) {
	keys, counts := by(c, func(k *kind) consent.Language { return k.language })
	fine := c.arrange(counts)
	numbers, notices := c.notices()
	if len(numbers) > 1 {
		if c.takesApart(keys, numbers, fine, notices) {
			fine.rows = [][]int{indexes(len(keys))}
			fine.counts = added(fine.rows, c.groupedEach(counts))
		}
		return keys, fine
	}
	whole := make([][]int, len(counts))
	for i, each := range counts {
		whole[i] = []int{each.sum()}
	}
	if rows := consent.CrowdRows(whole); 2*len(fine.rows) < len(rows) {
		return keys, tally{rows, added(rows, whole), true}
	}
	return keys, fine
}

// takesApart says whether notices less the languages that nobody else speaks, or the other
// way round, are about few.
func (c *counted) takesApart(keys []consent.Language, numbers []consent.NoticeNumber, languages, notices tally) bool {
	if len(languages.rows) > mostRows || len(notices.rows) > mostRows {
		return true
	}
	speaks, spoken := make([]uint, len(notices.rows)), make([]uint, len(languages.rows)) // sets of rows
	language, notice := rowOf(keys, languages.rows), rowOf(numbers, notices.rows)
	for one := range c.kinds {
		speaks[notice[one.notice]] |= 1 << language[one.language]
		spoken[language[one.language]] |= 1 << notice[one.notice]
	}
	return leavesFew(notices.counts, languages.counts, spoken) || leavesFew(languages.counts, notices.counts, speaks)
}

// leavesFew says whether some rows of a table, less those of another that are within them,
// are about few.
func leavesFew(rows, others [][]int, within []uint) bool {
	for chosen := range uint(1) << len(rows) {
		var left []int
		for i, row := range rows {
			if chosen>>i&1 == 1 {
				left = plus(left, row, 1)
			}
		}
		for i, row := range others {
			if within[i]&^chosen == 0 {
				left = plus(left, row, -1)
			}
		}
		if !consent.AreCrowds(left) {
			return true
		}
	}
	return false
}

func plus(sums, row []int, times int) []int {
	if sums == nil {
		sums = make([]int, len(row))
	}
	for i, n := range row {
		sums[i] += times * n
	}
	return sums
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

func indexes(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

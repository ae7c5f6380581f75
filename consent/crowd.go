package consent

import "slices"

// Numbers about few people may be about somebody. Hiding them is not enough: a
// number that is hidden can be had back from a sum and what is shown of it. So
// nothing is hidden here. Columns and rows are put together until every number is
// zero or at least Crowd. A table of such numbers still adds up, and whatever is
// added or taken away of it is made of numbers that are about many. No sum may be
// shown beside it that does not belong to it.

// IsCrowd says that a count is about nobody or about many.
func IsCrowd(count int) bool { return count == 0 || count >= Crowd }

// AreCrowds says so of each of the counts.
func AreCrowds(counts []int) bool {
	return !slices.ContainsFunc(counts, func(n int) bool { return !IsCrowd(n) })
}

// CrowdColumns puts columns together, by their sums: the groups of columns, in
// order. A column of few goes with the one that stands first in its list of
// neighbours and is not empty. It is nil when all of them together are too few.
func CrowdColumns(sums []int, neighbours [][]int) [][]int {
	groups, counts := make([][]int, len(sums)), slices.Clone(sums)
	for i := range groups {
		groups[i] = []int{i}
	}
	for {
		few := slices.IndexFunc(counts, func(n int) bool { return !IsCrowd(n) })
		if few < 0 {
			return groups
		}
		with := -1
		for _, column := range neighbours[groups[few][0]] {
			i := slices.IndexFunc(groups, func(group []int) bool { return slices.Contains(group, column) })
			if i != few && counts[i] > 0 {
				with = i
				break
			}
		}
		if with < 0 {
			return nil
		}
		into, gone := min(few, with), max(few, with)
		counts[into] += counts[gone]
		groups[into] = slices.Sorted(slices.Values(append(groups[into], groups[gone]...)))
		counts, groups = slices.Delete(counts, gone, gone+1), slices.Delete(groups, gone, gone+1)
	}
}

// CrowdRows puts rows together whose order means nothing: each row that may be
// shown stands alone, and the others become one, with the smallest of those that
// may be shown if it takes them: also when as many rows are joined as they count,
// where each must be one. It gives groups of rows, the joint one last. It is nil when
// all rows together are too few.
func CrowdRows(rows [][]int) [][]int {
	var groups [][]int
	var joint, sums []int
	for i, row := range rows {
		if AreCrowds(row) {
			groups = append(groups, []int{i})
		} else {
			joint, sums = append(joint, i), addCounts(sums, row)
		}
	}
	for !AreCrowds(sums) || joint != nil && sumOf(sums) == len(joint) {
		smallest := -1
		for i, group := range groups {
			if n := sumOf(rows[group[0]]); n > 0 && (smallest < 0 || n < sumOf(rows[groups[smallest][0]])) {
				smallest = i
			}
		}
		if smallest < 0 {
			return nil
		}
		joint, sums = append(joint, groups[smallest][0]), addCounts(sums, rows[groups[smallest][0]])
		groups = slices.Delete(groups, smallest, smallest+1)
	}
	if joint != nil {
		groups = append(groups, slices.Sorted(slices.Values(joint)))
	}
	return groups
}

func addCounts(sums, row []int) []int {
	if sums == nil {
		return slices.Clone(row)
	}
	for i, n := range row {
		sums[i] += n
	}
	return sums
}

func sumOf(counts []int) (sum int) {
	for _, n := range counts {
		sum += n
	}
	return sum
}

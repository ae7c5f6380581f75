package consent_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/samtykke/samtykke/consent"
)

// around has each column prefer those before it, the nearest first.
var around = func() (all [][]int) {
	for i := range 5 {
		var near []int
		for j := i - 1; j >= 0; j-- {
			near = append(near, j)
		}
		for j := i + 1; j < 5; j++ {
			near = append(near, j)
		}
		all = append(all, near)
	}
	return all
}()

func TestCrowdColumns(t *testing.T) {
	for _, c := range []struct {
		sums []int
		want [][]int
	}{
		{nil, [][]int{}},
		{[]int{0, 0}, [][]int{{0}, {1}}},
		{[]int{5, 0, 9}, [][]int{{0}, {1}, {2}}},
		{[]int{100, 20, 50, 2}, [][]int{{0}, {1}, {2, 3}}}, // with its neighbour
		{[]int{100, 20, 0, 2}, [][]int{{0}, {1, 3}, {2}}},  // and not with nobody
		{[]int{100, 1, 1, 2}, [][]int{{0, 1, 2, 3}}},       // three are few still
		{[]int{3, 0, 0}, nil},
		{[]int{1, 1, 2}, nil},
		{[]int{1, 1, 3}, [][]int{{0, 1, 2}}},
	} {
		if got := consent.CrowdColumns(c.sums, neighboursOf(len(c.sums))); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v becomes %v, want %v", c.sums, got, c.want)
		}
	}
}

func TestCrowdRows(t *testing.T) {
	for _, c := range []struct {
		rows, want [][]int
	}{
		{[][]int{{9, 7}, {5, 0}}, [][]int{{0}, {1}}},
		{[][]int{{9, 7}, {3, 6}, {50, 60}}, [][]int{{2}, {0, 1}}},
		{[][]int{{9, 7}, {3, 6}, {2, 0}, {50, 60}}, [][]int{{0}, {3}, {1, 2}}},
		{[][]int{{0, 0}, {50, 60}, {1, 0}}, [][]int{{0}, {1, 2}}},
		{[][]int{{0, 1}, {1, 0}}, nil},
		// Five rows that are five together are one each.
		{[][]int{{105, 0}, {200, 9}, {1, 0}, {1, 0}, {1, 0}, {1, 0}, {1, 0}}, [][]int{{1}, {0, 2, 3, 4, 5, 6}}},
		{[][]int{{105}, {1}, {1}, {1}, {2}}, [][]int{{0}, {1, 2, 3, 4}}},
		{[][]int{{1}, {1}, {1}, {1}, {1}}, nil},
	} {
		if got := consent.CrowdRows(c.rows); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v becomes %v, want %v", c.rows, got, c.want)
		}
	}
}

// Whatever the table: each row and column is somewhere once, and no number is
// about few, also none that a row and its sum leave between them.
func TestCrowdsHideNobody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(1, 5).Draw(t, "columns")
		cell := rapid.OneOf(rapid.IntRange(0, 6), rapid.IntRange(0, 60), rapid.Just(0))
		raw := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 1, 12).Draw(t, "rows")
		sums := make([]int, width)
		total := 0
		for _, row := range raw {
			for i, n := range row {
				sums[i], total = sums[i]+n, total+n
			}
		}
		columns := consent.CrowdColumns(sums, neighboursOf(width))
		if (columns == nil) != !consent.IsCrowd(total) {
			t.Fatalf("%d in all become %v", total, columns)
		}
		if columns == nil {
			return
		}
		once(t, columns, width)
		rows := make([][]int, len(raw))
		for i := range raw {
			for _, group := range columns {
				n := 0
				for _, column := range group {
					n += raw[i][column]
				}
				rows[i] = append(rows[i], n)
			}
		}
		groups := consent.CrowdRows(rows)
		if groups == nil && total == countedRows(rows) {
			return
		}
		once(t, groups, len(rows))
		for _, group := range groups {
			joint := make([]int, len(columns))
			for _, row := range group {
				for i, n := range rows[row] {
					joint[i] += n
				}
			}
			if !consent.AreCrowds(joint) {
				t.Fatalf("%v shows %v", rows, joint)
			}
		}
	})
}

// countedRows is how many rows have counted something: that many, when they are one each.
func countedRows(rows [][]int) (all int) {
	for _, row := range rows {
		if slices.ContainsFunc(row, func(n int) bool { return n > 0 }) {
			all++
		}
	}
	return all
}

func neighboursOf(width int) [][]int {
	all := make([][]int, width)
	for i := range all {
		all[i] = slices.DeleteFunc(slices.Clone(around[i]), func(j int) bool { return j >= width })
	}
	return all
}

func once(t *rapid.T, groups [][]int, n int) {
	t.Helper()
	all := slices.Sorted(slices.Values(slices.Concat(groups...)))
	for i, one := range all {
		if i != one {
			t.Fatalf("%v is not each of %d once", groups, n)
		}
	}
	if len(all) != n {
		t.Fatalf("%v is not each of %d once", groups, n)
	}
}

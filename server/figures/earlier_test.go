package figures

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// siteOf is a site with so many decisions of one kind on its days, of which all are over.
func siteOf(t *testing.T, first, now time.Time, counts ...int) *kept {
	t.Helper()
	s := &kept{days: map[time.Time]map[kind]int{}}
	for n, count := range counts {
		s.days[first.AddDate(0, 0, n)] = map[kind]int{kinds(1, 0)[n%2].kind: count}
	}
	if err := Close(t.Context(), s, "skogen", now); err != nil {
		t.Fatal(err)
	}
	return s
}

// Numbers are compared with those of as many days directly before, when each of these is
// told, and else with none.
func TestComparesEqualSpans(t *testing.T) {
	month := make([]int, 31+28+15)
	for n := range month {
		if month[n] = 2 + n%2*6; n >= 30 { // one day of few, told with the next
			month[n] = 2 + (n+1)%2*6 // the last of January is enough by itself
		}
	}
	busy := []int{10, 10, 10, 10, 20, 20, 20}
	for name, c := range map[string]struct {
		site        *kept
		told        Span
		begun, same bool
		total       int
		shares      Span
	}{
		"as many days":          {siteOf(t, at(1, 1), at(1, 8), busy...), Span{at(1, 5), at(1, 7)}, true, true, 30, Span{at(1, 2), at(1, 4)}},
		"before the first":      {siteOf(t, at(1, 1), at(1, 8), busy...), Span{at(1, 4), at(1, 7)}, false, false, 0, Span{}},
		"days of few":           {siteOf(t, at(1, 1), at(3, 1), month...), Span{at(2, 2), at(2, 15)}, true, false, 0, Span{}},
		"a month after a month": {siteOf(t, at(1, 1), at(3, 1), month...), Span{at(2, 1), at(2, 28)}, true, false, 0, Span{at(1, 1), at(1, 31)}},
		"within a unit":         {siteOf(t, at(1, 1), at(3, 1), month...), Span{at(1, 9), at(1, 12)}, true, true, 20, Span{}},
	} {
		e, err := Before(t.Context(), c.site, "skogen", c.told)
		if err != nil {
			t.Fatal(err)
		}
		if e.Days() != c.told.Days() || !e.End().Equal(c.told.First) {
			t.Errorf("%s: %v is not as long as %v, and directly before", name, e.Span, c.told)
		}
		if e.Begun != c.begun || e.Told != c.same || e.Told && e.Total != c.total || e.Shares != c.shares || e.Tables.Empty() != (c.shares == Span{}) {
			t.Errorf("%s: got %+v, tables of %v", name, e, e.Tables.Covers)
		}
	}
}

// All that is told of a range is of the same days: the sum of the runs is what the tables
// are of, and the days of both are those that are said. What it is compared with is as long
// and all told, and gives no number about few.
func TestOneSpanIsTold(t *testing.T) {
	compared := 0
	for range 12 {
		seed := rand.Uint64()
		random := rand.New(rand.NewPCG(seed, 0))
		s := madeUp(random, lookedAt)
		all := notes{}
		looks(t, random, s, lookedAt, func(what string, span Span, _ time.Time) {
			f, err := Between(t.Context(), s, "skogen", span)
			if err != nil {
				t.Fatal(err)
			}
			one, ok := totals(what, f)
			if !ok {
				return
			}
			if told := f.Told(); told != one.days || !f.Empty() && f.Total() != f.Counted() {
				t.Fatalf("seed %d: %s: %d of %v, and tables of %d of %v", seed, what, f.Total(), one.days, f.Counted(), told)
			}
			e, err := Before(t.Context(), s, "skogen", f.Told())
			if err != nil {
				t.Fatal(err)
			}
			all.tables(what, f)
			all.add(one)
			if e.Told {
				compared++
				sum := 0
				for day := e.First; !day.After(e.Last); day = day.AddDate(0, 0, 1) {
					for _, n := range s.days[day] {
						sum += n
					}
				}
				if sum != e.Total || e.Days() != one.days.Days() {
					t.Fatalf("seed %d: %s: %d days before are said to have %d decisions, and have %d", seed, what, e.Days(), e.Total, sum)
				}
				all.add(seen{"before " + what, e.Span, map[string]int{"all": e.Total}})
			}
			if e.Tables.Visits = nil; !e.Tables.Empty() {
				all.tables("before "+what, e.Tables)
			}
		})
		if told := all.few(); told != "" {
			t.Fatalf("seed %d: %s", seed, told)
		}
	}
	if compared < 20 {
		t.Error(fmt.Sprint("only compared ", compared, " times"))
	}
}

package figures

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Figures are what may be shown of a range of days.
type Figures struct {
	// Runs are those of the units that end in the range, in order. Where none does they
	// are those of the unit around it that end in the range, and there are no tables.
	Runs  []Run
	Until time.Time // the last day of the last unit that is closed; zero when none is
	// Around is the unit in which the range ends and which ends later, when that is
	// closed; zero when not.
	Around Span
	// Nobody: the units of all days of the range are closed, and nobody decided then.
	Nobody bool
	// Covers are the days that the tables are about: of the units that end in the
	// range. It is zero when none does.
	Covers     Span
	Outcomes   Table // one row
	Languages  Table
	Notices    Table
	Ways       Table
	Categories []Category
	Left       bool      // some answers about categories are left out
	Delays     []Delayed // in order
	Visits     []int     // banners shown, decisions received, stored and answered; nil when nothing is told
}

// Table is sums. Its last row and its last column may be of several that were not
// told apart.
type Table struct {
	Columns []Column
	Rows    []Row
}

// Column is of outcomes: one, or several that are not told apart.
type Column []Outcome

// Row is of one key, or of several that are not told apart.
type Row struct {
	Keys   []string
	Counts []int // by column
}

// PlaceholderWays are those in which visitors open placeholders.
var PlaceholderWays = []consent.Method{consent.PlaceholderOnce, consent.PlaceholderAlways}

// Opened counts the placeholders that were opened in a way, as far as the table of ways
// tells it apart. joint says that some are counted with other ways.
func (f *Figures) Opened(method consent.Method) (count int, joint bool) {
	return f.made(Way{Method: method, Layer: consent.LayerPlaceholder})
}

// Total is how many decided.
func (f *Figures) Total() (sum int) {
	for _, run := range f.Runs {
		sum += run.Count
	}
	return sum
}

// Empty says that no unit ends in the range.
func (f *Figures) Empty() bool { return f.Covers.Last.IsZero() }

// Told are the days that all numbers are about: those of the tables, or without any those
// of the runs. They are zero when there is neither.
func (f *Figures) Told() Span {
	if f.Empty() && len(f.Runs) > 0 {
		return Span{f.Runs[0].First, f.Runs[len(f.Runs)-1].Last}
	}
	return f.Covers
}

// Counted is how many decisions the tables are about.
func (f *Figures) Counted() (sum int) {
	for _, row := range f.Outcomes.Rows {
		for _, n := range row.Counts {
			sum += n
		}
	}
	return sum
}

// Between adds up what is closed. It closes nothing. Of a unit that is not closed it says
// nothing, not even how many decided: that would be one less when somebody is erased.
func Between(ctx context.Context, store consent.FiguresStore, site consent.SiteKey, span Span) (*Figures, error) {
	closed, err := store.ClosedFigures(ctx, site, span.First, span.End())
	if err != nil {
		return nil, err
	}
	f := &Figures{}
	var units []*unit
	var runs []Run
	for i := range closed {
		one, own, err := read(&closed[i])
		if err != nil {
			return nil, err
		}
		if units, runs = append(units, one), append(runs, own...); i == 0 {
			f.Covers.First = begins(own, span.First)
		}
		f.Covers.Last = closed[i].Last
	}
	if _, f.Until, err = store.FiguresJudged(ctx, site); err != nil {
		return nil, err
	}
	next, err := around(ctx, store, site, span, f.Until)
	if err != nil {
		return nil, err
	}
	if next != nil {
		f.Around, runs = next.Span, append(runs, next.runs...)
	}
	f.Nobody = !span.Last.After(f.Until)
	for _, run := range runs {
		if f.Empty() && run.in(span) && !run.Last.After(span.Last) || !f.Empty() && run.in(f.Covers) {
			f.Runs = append(f.Runs, run)
		}
		f.Nobody = f.Nobody && (run.Count == 0 || !run.in(span))
	}
	f.add(units)
	return f, nil
}

// Units gives each closed unit that ends in a range by itself: what Between says of it.
func Units(ctx context.Context, store consent.FiguresStore, site consent.SiteKey, span Span) ([]*Figures, error) {
	closed, err := store.ClosedFigures(ctx, site, span.First, span.End())
	if err != nil {
		return nil, err
	}
	all := make([]*Figures, len(closed))
	for i := range closed {
		one, runs, err := read(&closed[i])
		if err != nil {
			return nil, err
		}
		all[i] = &Figures{Runs: runs, Covers: Span{closed[i].First, closed[i].Last}}
		all[i].add([]*unit{one})
	}
	return all, nil
}

// begins gives the first day of a unit, without the days before a range on which
// nobody decided.
func begins(runs []Run, from time.Time) time.Time {
	for _, run := range runs {
		if run.Count > 0 || !run.Last.Before(from) {
			return run.First
		}
	}
	return from
}

// around gives the unit in which a range ends and which ends later, or nil when that is
// not closed. The last unit ends on a day.
func around(ctx context.Context, store consent.FiguresStore, site consent.SiteKey, span Span, last time.Time) (*part, error) {
	for days := 32; last.After(span.Last); days *= 4 { // the unit is seldom longer than a month
		next, err := store.ClosedFigures(ctx, site, span.End(), span.End().AddDate(0, 0, days))
		if err != nil {
			return nil, err
		}
		if len(next) > 0 {
			one, runs, err := read(&next[0])
			return &part{Span{next[0].First, next[0].Last}, one, runs}, err
		}
	}
	return nil, nil //nolint:nilnil // that it goes on is no failure
}

func (f *Figures) add(units []*unit) {
	of := func(cells func(*unit) []cell) (all []cell) {
		for _, one := range units {
			all = append(all, cells(one)...)
		}
		return all
	}
	f.Outcomes = tableOf(of(func(u *unit) []cell { return u.Outcomes }))
	f.Languages = tableOf(of(func(u *unit) []cell { return u.Languages }))
	f.Ways = tableOf(of(func(u *unit) []cell { return u.Ways }))
	f.addDelays(units)
	f.addVisits(units)
	f.Notices = tableOf(of(func(u *unit) []cell { return u.Notices }))
	slices.SortStableFunc(f.Notices.Rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(min(len(a.Keys), 2), min(len(b.Keys), 2)), cmp.Compare(numberOf(b), numberOf(a)))
	})
	byKey := map[consent.CategoryKey]int{}
	for _, one := range units {
		for _, c := range one.Categories {
			at, known := byKey[c.Key]
			if !known {
				at = len(f.Categories)
				byKey[c.Key], f.Categories = at, append(f.Categories, Category{Key: c.Key, Hidden: true})
			}
			f.Left = f.Left || c.Hidden
			if !c.Hidden {
				sum := &f.Categories[at]
				sum.Hidden = false
				for i, n := range c.Counts {
					sum.Counts[i] += n
				}
			}
		}
	}
}

func numberOf(row Row) int {
	n, _ := strconv.Atoi(row.Keys[0]) // a number that was written
	return n
}

// tableOf adds cells up. What was not told apart in any of them goes into one row
// and one column.
func tableOf(cells []cell) Table {
	var t Table
	var joint Column
	var several []string
	singles := map[Outcome]bool{}
	for _, one := range cells {
		if len(one.Outcomes) == 1 {
			singles[one.Outcomes[0]] = true
		} else {
			joint = union(joint, one.Outcomes)
		}
		if len(one.Rows) > 1 {
			several = union(several, one.Rows)
		}
	}
	for outcome := range outcomes {
		if singles[outcome] {
			t.Columns = append(t.Columns, Column{outcome})
		}
	}
	if joint != nil {
		slices.Sort(joint)
		t.Columns = append(t.Columns, joint)
	}
	t.fill(cells, several)
	return t
}

func (t *Table) fill(cells []cell, several []string) {
	rows := map[string]int{}
	for _, one := range cells {
		keys, key := one.Rows, ""
		switch {
		case len(keys) > 1:
			keys, key = several, "\x00"
		case len(keys) == 1:
			key = keys[0]
		}
		at, known := rows[key]
		if !known {
			at = len(t.Rows)
			rows[key], t.Rows = at, append(t.Rows, Row{Keys: keys, Counts: make([]int, len(t.Columns))})
		}
		t.Rows[at].Counts[t.columnOf(one.Outcomes)] += one.Count
	}
	slices.SortStableFunc(t.Rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(min(len(a.Keys), 2), min(len(b.Keys), 2)), cmp.Compare(b.sum(), a.sum()))
	})
}

func (t *Table) columnOf(of []Outcome) int {
	if len(of) > 1 {
		return len(t.Columns) - 1
	}
	return slices.IndexFunc(t.Columns, func(c Column) bool { return len(c) == 1 && c[0] == of[0] })
}

func (r *Row) sum() (sum int) {
	for _, n := range r.Counts {
		sum += n
	}
	return sum
}

func union[K comparable](all, more []K) []K {
	for _, one := range more {
		if !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	return all
}

// Joint says that something was not told apart or left out.
func (t *Table) Joint() bool {
	return slices.ContainsFunc(t.Columns, func(c Column) bool { return len(c) > 1 }) ||
		slices.ContainsFunc(t.Rows, func(r Row) bool { return len(r.Keys) > 1 })
}

// Share gives that of an outcome, when it was told apart throughout.
func (f *Figures) Share(of Outcome) (share float64, known bool) {
	for i, column := range f.Outcomes.Columns {
		if !slices.Contains(column, of) {
			continue
		}
		if len(column) > 1 {
			return 0, false
		}
		share = float64(f.Outcomes.Rows[0].Counts[i]) / float64(f.Counted())
	}
	return share, !f.Empty()
}

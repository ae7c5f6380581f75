package figures

import (
	"context"

	"github.com/samtykke/samtykke/consent"
)

// Earlier is what the numbers of some days may be compared with: as many days directly
// before them. It is made of runs and units that are closed, so it tells no more than
// asking for those days does.
type Earlier struct {
	Span            // as many days, directly before
	Begun  bool     // all of them come after the first decision
	Told   bool     // and their total is told: no run has some of them and others
	Total  int      // of decisions
	Tables *Figures // of units that have just the days of Shares; Empty when there are none
	Shares Span     // the same days, or of whole months as many whole months
}

// Before gives what numbers that are told of some days may be compared with.
func Before(ctx context.Context, store consent.FiguresStore, site consent.SiteKey, told Span) (*Earlier, error) {
	e := &Earlier{Span: told.before(), Tables: &Figures{}}
	spans := []Span{e.Span}
	if months := told.months(); months > 0 {
		spans = append(spans, Span{told.First.AddDate(0, -months, 0), e.Last})
	}
	first := e.First
	for _, span := range spans {
		if span.First.Before(first) {
			first = span.First
		}
	}
	all, err := partsOf(ctx, store, site, Span{first, told.Last})
	if err != nil {
		return nil, err
	}
	for i, span := range spans {
		made := all.within(span)
		if i == 0 {
			e.Begun, e.Told, e.Total = made.begun, made.begun && made.told, made.total
		}
		if made.begun && made.whole && made.total > 0 {
			e.Shares, e.Tables.Covers = span, span
			e.Tables.add(made.units)
			break
		}
	}
	return e, nil
}

// before gives as many days directly before.
func (s Span) before() Span {
	return Span{s.First.AddDate(0, 0, -s.Days()), s.First.AddDate(0, 0, -1)}
}

// months is how many whole months a span is; none when it is something else.
func (s Span) months() int {
	if s.First.Day() != 1 || s.End().Day() != 1 {
		return 0
	}
	return 12*(s.End().Year()-s.First.Year()) + int(s.End().Month()-s.First.Month())
}

// part is a unit with its runs.
type part struct {
	Span
	*unit
	runs []Run
}

type parts []part

// partsOf gives the closed units that have some of the days, and the runs of the unit in
// which they end.
func partsOf(ctx context.Context, store consent.FiguresStore, site consent.SiteKey, span Span) (parts, error) {
	closed, err := store.ClosedFigures(ctx, site, span.First, span.End())
	if err != nil {
		return nil, err
	}
	var all parts
	for i := range closed {
		one, runs, err := read(&closed[i])
		if err != nil {
			return nil, err
		}
		all = append(all, part{Span{closed[i].First, closed[i].Last}, one, runs})
	}
	_, last, err := store.FiguresJudged(ctx, site)
	if err != nil {
		return nil, err
	}
	next, err := around(ctx, store, site, span, last)
	if err != nil || next == nil {
		return all, err
	}
	return append(all, *next), nil
}

// exact is what units tell of some days.
type exact struct {
	begun bool // all the days come after the first decision
	told  bool // no run with decisions has some of the days and others
	whole bool // and neither has a unit
	total int
	units []*unit
}

func (all parts) within(span Span) exact {
	made := exact{begun: len(all) > 0 && !all[0].First.After(span.First), told: true, whole: true}
	for _, one := range all {
		in, out := 0, 0
		for _, run := range one.runs {
			switch inside := !run.First.Before(span.First) && !run.Last.After(span.Last); {
			case run.Count == 0:
			case inside:
				in += run.Count
			default:
				out += run.Count
				made.told = made.told && (run.Last.Before(span.First) || run.First.After(span.Last))
			}
		}
		if made.total += in; in > 0 {
			made.units = append(made.units, one.unit)
			made.whole = made.whole && out == 0
		}
	}
	made.whole = made.whole && made.told
	return made
}

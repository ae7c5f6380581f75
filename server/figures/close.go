package figures

import (
	"context"
	"errors"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// late is how long after midnight a decision of the day before may be on its way
// into the log.
const late = time.Minute

// overBefore gives the midnight before which all days are over.
func overBefore(now time.Time) time.Time { return consent.MidnightOf(now.Add(-late)) }

// walker goes through days that are over, in order, and closes units.
type walker struct {
	first   time.Time      // of the run that goes on
	runs    []Run          // of the unit that is not closed
	made    []map[kind]int // in each of them
	inside  map[kind]int
	pending map[kind]int // of the run that goes on
	count   int          // the same
	closed  []consent.ClosedFigures

	beside                      map[time.Time]tallied // by day
	besideInside, besidePending tallied
}

func newWalker(first time.Time) *walker {
	return &walker{first: first, inside: map[kind]int{}, pending: map[kind]int{}}
}

// day takes a day and what was decided on it. Units are closed only when it is
// judged for the first time.
func (w *walker) day(at time.Time, made map[kind]int, judged bool) error {
	for one, n := range made {
		w.pending[one] += n
		w.count += n
	}
	w.besidePending.add(w.beside[at])
	ends := consent.IsCrowd(w.count)
	had := ends && w.count > 0
	if ends {
		w.runs = append(w.runs, Run{Span{w.first, at}, w.count})
		w.made = append(w.made, w.pending)
		merge(w.inside, w.pending)
		w.besideInside.add(w.besidePending)
		w.first, w.count, w.pending, w.besidePending = at.AddDate(0, 0, 1), 0, map[kind]int{}, tallied{}
	}
	if judged {
		return nil
	}
	month := at.AddDate(0, 0, 1).Day() == 1
	if !had && !month {
		return nil
	}
	c := count(w.inside)
	c.took, c.visits = w.besideInside.took, w.besideInside.visits
	if c.groups == nil || c.total() == 0 {
		return nil
	}
	quarter := month && int(at.Month())%3 == 0
	if had && c.clean() || month && c.tells() || quarter {
		return w.close(c)
	}
	return nil
}

func merge(into, more map[kind]int) {
	for one, n := range more {
		into[one] += n
	}
}

func (w *walker) close(c *counted) error {
	one, err := stored(c.apartFromRuns(w.runs, w.made), c)
	w.closed = append(w.closed, one)
	w.runs, w.made, w.inside, w.besideInside = nil, nil, map[kind]int{}, tallied{}
	return err
}

// Close judges the days that are over since it was last asked, and closes the
// units that are complete.
func Close(ctx context.Context, store Store, site consent.SiteKey, now time.Time) error {
	judged, closed, err := store.FiguresJudged(ctx, site)
	if err != nil {
		return err
	}
	over := overBefore(now)
	if judged.After(over) { // the clock was ahead: those days are yet to come
		judged = closed
	}
	if !over.After(judged.AddDate(0, 0, 1)) {
		return nil
	}
	w, err := walk(ctx, store, site, closed, judged, over)
	if err != nil {
		return err
	}
	err = store.CloseFigures(ctx, site, over.AddDate(0, 0, -1), w.closed)
	if failed := (*consent.Error)(nil); errors.As(err, &failed) && failed.Code == "figures_overlap" {
		return nil // somebody else has closed them meanwhile
	}
	return err
}

// walk goes from the day after the last unit to a midnight.
func walk(ctx context.Context, store Store, site consent.SiteKey, closed, judged, over time.Time) (*walker, error) {
	figures, err := store.Figures(ctx, site, afterDay(closed), over)
	if err != nil {
		return nil, err
	}
	had := map[time.Time]bool{}
	for _, one := range figures.Days {
		had[one.Day] = true
	}
	if len(had) == 0 {
		return newWalker(over), nil
	}
	first := figures.Days[0].Day
	if !closed.IsZero() {
		first = afterDay(closed)
	}
	w := newWalker(first)
	if w.beside, err = talliedOn(ctx, store, site, first, over); err != nil {
		return nil, err
	}
	for at := first; at.Before(over); at = at.AddDate(0, 0, 1) {
		made := map[kind]int{}
		if had[at] {
			if made, err = madeOn(ctx, store, site, at); err != nil {
				return nil, err
			}
		}
		if err := w.day(at, made, !at.After(judged)); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// afterDay gives the day after one, or the first day of all.
func afterDay(at time.Time) time.Time {
	if at.IsZero() {
		return time.Unix(0, 0).UTC()
	}
	return at.AddDate(0, 0, 1)
}

func madeOn(ctx context.Context, store consent.FiguresStore, site consent.SiteKey, at time.Time) (map[kind]int, error) {
	figures, err := store.Figures(ctx, site, at, at.AddDate(0, 0, 1))
	if err != nil {
		return nil, err
	}
	return kindsOf(figures), nil
}

// kindsOf counts by what the figures tell apart.
func kindsOf(figures *consent.Figures) map[kind]int {
	kinds := map[kind]int{}
	for i := range figures.Made {
		made := &figures.Made[i]
		kinds[kind{
			notice: made.Notice, language: made.Language, way: Way{made.Method, made.Layer},
			outcome: outcomeOf(made.State, made.Method.IsInPlace()), answers: answersOf(&made.Choice),
		}] += made.Count
	}
	return kinds
}

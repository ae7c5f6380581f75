package notify

import (
	"context"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/figures"
)

// numbersOf tells how often a site's banner was shown and answered: of the days that
// became complete in a week, and else of the last that are. The letter says no more than
// the page Figures does, whenever it comes: a count of days that are not complete, held
// against the table that has them later, would tell of somebody who was erased meanwhile.
func (w *watch) numbersOf(ctx context.Context, site consent.SiteKey, from, to, now time.Time) (lines []string, told *figures.Figures, err error) {
	if err := figures.Close(ctx, w.Store, site, now); err != nil {
		return nil, nil, err
	}
	last := to.AddDate(0, 0, -1)
	week, err := figures.Between(ctx, w.Store, site, figures.Span{First: from, Last: last})
	switch {
	case err != nil:
		return nil, nil, err
	case !week.Empty():
		before, err := w.beforeOf(ctx, site, week)
		lines = append(append(w.counts(week), before...), w.otherDays(week, from, last)...)
		return lines, week, err
	case week.Nobody:
		return []string{w.words["week_nobody"]}, nil, nil
	case week.Until.IsZero():
		return []string{w.words["week_none"]}, nil, nil
	}
	units, err := figures.Units(ctx, w.Store, site, figures.Span{First: week.Until, Last: week.Until})
	if err != nil || len(units) == 0 {
		return []string{w.words["week_none"]}, nil, err
	}
	told = units[len(units)-1]
	return append([]string{w.words["week_waits"]}, w.counts(told)...), told, nil
}

// beforeOf tells what the page Figures compares the numbers with: of as many days directly
// before. It is nothing where these are not told.
func (w *watch) beforeOf(ctx context.Context, site consent.SiteKey, told *figures.Figures) ([]string, error) {
	before, err := figures.Before(ctx, w.Store, site, told.Told())
	switch {
	case err != nil || !before.Told:
		return nil, err
	case before.Total == 0:
		return []string{w.words.count("week_before_none", before.Days(), "days", w.days(before.Span))}, nil
	}
	return []string{w.words.count("week_before", before.Days(), "days", w.days(before.Span), "decided", w.words.grouped(before.Total))}, nil
}

// otherDays says why numbers are of other days than those of the week.
func (w *watch) otherDays(told *figures.Figures, from, last time.Time) (lines []string) {
	if told.Covers.First.Before(from) {
		lines = append(lines, w.words["week_older"])
	}
	if told.Covers.Last.Before(last) {
		lines = append(lines, w.words["week_newer"])
	}
	return lines
}

// counts tells of some days how many decided, and about how many of them said yes.
func (w *watch) counts(f *figures.Figures) []string {
	lines := []string{w.countsLine(f)}
	if yes, all := toSomething(f); all > 0 {
		lines = append(lines, w.words.fill("week_share", "tenths", (10*yes+all/2)/all))
	}
	return lines
}

func (w *watch) countsLine(f *figures.Figures) string {
	if f.Visits == nil {
		return w.words.fill("week_counts_decided", "days", w.days(f.Covers), "decided", w.words.grouped(f.Counted()))
	}
	return w.words.fill("week_counts", "days", w.days(f.Covers), "shown", w.words.grouped(f.Shown()), "decided", w.words.grouped(f.Counted()))
}

// days writes a span of days.
func (w *watch) days(span figures.Span) string {
	return consent.DayOf(span.First).WordsTo(consent.DayOf(span.Last), w.lang)
}

// toSomething gives how many answers said yes to something, and how many answers there
// are. They are none where an answer is not told apart from what is none, or from another.
func toSomething(f *figures.Figures) (yes, all int) {
	for i, column := range f.Outcomes.Columns {
		n := f.Outcomes.Rows[0].Counts[i]
		switch answer := answerOf(column); answer {
		case "yes":
			yes, all = yes+n, all+n
		case "no":
			all += n
		case "mixed":
			return 0, 0
		}
	}
	return yes, all
}

// answerOf says what the outcomes of a column answer. Who takes back has answered before,
// and counts only where that is not told apart from a no.
func answerOf(column figures.Column) string {
	had := map[figures.Outcome]bool{}
	for _, outcome := range column {
		had[outcome] = true
	}
	yes, no := had[figures.Yes] || had[figures.Partly], had[figures.No]
	switch {
	case yes && (no || had[figures.Back]), (yes || no) && had[figures.InPlace]:
		return "mixed"
	case yes:
		return "yes"
	case no:
		return "no"
	}
	return ""
}

// counted says how many decided on some days.
func (i *Item) counted(f *figures.Figures) {
	if f == nil {
		return
	}
	i.First, i.Last = f.Covers.First.Format(time.DateOnly), f.Covers.Last.Format(time.DateOnly)
	i.Counts["decisions"] = f.Counted()
	if f.Visits != nil {
		i.Counts["shown"] = f.Shown()
	}
}

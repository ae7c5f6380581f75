package admin

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/figures"
)

// The charts, as they are named in addresses.
var chartNames = []string{"days", "categories", "languages", "notices", "methods", "delays", "visits"}

// columns names those of a table. Where nothing is told apart they are one number.
func (r *request) columns(t *figures.Table) []chartColumn {
	if len(t.Columns) == 1 && len(t.Columns[0]) > 1 {
		return []chartColumn{{r.say("figures_decisions"), "bar-all"}}
	}
	columns := make([]chartColumn, len(t.Columns))
	for i, column := range t.Columns {
		columns[i] = chartColumn{r.outcome(column), "bar-several"}
		if len(column) == 1 {
			columns[i].Class = "bar-" + outcomeNames[column[0]]
		}
	}
	return columns
}

// table makes a chart of counts by outcome. A name is of the key of a row.
func (r *request) table(f *counted, name string, t *figures.Table, named func(key string) string) *chart {
	made := r.newChart(f.period, name)
	made.Covers, made.Columns, made.Joint = periodFrom(f.Covers), r.columns(t), t.Joint()
	for _, row := range t.Rows {
		names := make([]string, len(row.Keys))
		for i, key := range row.Keys {
			if names[i] = named(key); i > 0 && name == "methods" {
				names[i] = within(names[i])
			}
		}
		label := r.notApart(names)
		if name == "languages" {
			label = capitalised(label)
		}
		made.Rows = append(made.Rows, r.row(label, row.Counts))
	}
	made.bars()
	return made
}

func (r *request) newChart(p period, name string) *chart {
	return &chart{Name: name, Label: r.say("figures_label_" + name), CSV: r.figuresPath() + "/" + name + ".csv?" + p.query()}
}

// byDay counts days, or weeks or months of a long period.
func (r *request) byDay(f *counted) *chart {
	made := r.newChart(f.period, "days")
	made.Columns = []chartColumn{{r.say("figures_decisions"), "bar-all"}}
	var counts []int
	var last time.Time
	for _, run := range f.Runs {
		if bucket := f.bucket(run.Last); len(made.Rows) > 0 && bucket.Equal(last) {
			made.Rows[len(made.Rows)-1].last = run.Last
			counts[len(counts)-1] += run.Count
		} else {
			made.Rows, counts, last = append(made.Rows, chartRow{period: periodFrom(run.Span)}), append(counts, run.Count), bucket
		}
		made.Joint = made.Joint || run.Days() > 1
	}
	for i := range made.Rows {
		days := made.Rows[i].period
		made.Rows[i] = r.row(r.span(days), counts[i:i+1])
		made.Rows[i].period = days
	}
	made.Covers = f.told()
	made.Plot = r.plotted(made, made.Covers)
	return made
}

// bucket gives the first day of those that a row counts together, days or longer.
func (f *counted) bucket(day time.Time) time.Time {
	switch {
	case f.told().days() > 732:
		return time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
	case f.told().days() > 92:
		return day.AddDate(0, 0, -(int(day.Weekday())+6)%7) // the Monday
	}
	return day
}

func (r *request) byLanguage(f *counted) *chart {
	return r.table(f, "languages", &f.Languages, func(key string) string { return r.language(consent.Language(key)) })
}

func (r *request) byNotice(f *counted) (*chart, error) {
	entries, err := r.Store.Notices(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	published := map[string]string{}
	for _, entry := range entries {
		published[strconv.Itoa(int(entry.Number))] = r.dayHere(entry.Published)
	}
	return r.table(f, "notices", &f.Notices, func(key string) string {
		return r.say("figures_notice", "n", key, "day", published[key])
	}), nil
}

// byMethod counts the ways of deciding.
func (r *request) byMethod(f *counted) *chart {
	return r.table(f, "methods", &f.Ways, func(key string) string { return r.way(figures.WayOf(key)) })
}

func (r *request) way(w figures.Way) string {
	if w.Method == "" {
		return r.say("figures_method_counted")
	}
	return r.say("figures_way", "method", r.say("figures_method_"+string(w.Method)), "layer", r.say("figures_layer_"+string(w.Layer)))
}

// byCategory counts what was answered about each category, and compares it with
// the days before.
func (r *request) byCategory(f *counted, earlier *figures.Figures) (*chart, error) {
	draft, err := r.Store.Draft(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	before := map[consent.CategoryKey]figures.Category{}
	for _, one := range earlier.Categories {
		before[one.Key] = one
	}
	made := r.newChart(f.period, "categories")
	made.Covers, made.Joint = periodFrom(f.Covers), f.Left
	for _, answer := range []string{"yes", "partly", "no"} {
		made.Columns = append(made.Columns, chartColumn{r.say("figures_answer_" + answer), "bar-" + answer})
	}
	order := func(key consent.CategoryKey) int {
		return slices.IndexFunc(draft.Categories, func(one consent.Category) bool { return one.Key == key })
	}
	slices.SortStableFunc(f.Categories, func(a, b figures.Category) int { return cmp.Compare(order(a.Key), order(b.Key)) })
	for _, one := range f.Categories {
		name := string(one.Key)
		if known := draft.Category(one.Key); known != nil {
			name = r.in(known.Name).Text
		}
		if one.Hidden {
			made.Rows = append(made.Rows, chartRow{Name: name})
			continue
		}
		row := r.row(name, one.Counts[:])
		if old, known := before[one.Key]; known && !old.Hidden {
			row.Change = r.points(one.Share(), old.Share())
		}
		made.Rows = append(made.Rows, row)
	}
	made.bars()
	return made, nil
}

// byVisit tells how far visitors came. It is nil when nothing is told.
func (r *request) byVisit(f *counted) *chart {
	if f.Visits == nil {
		return nil
	}
	made := r.newChart(f.period, "visits")
	made.Covers, made.Columns = periodFrom(f.Covers), []chartColumn{{r.say("figures_times"), "bar-all"}}
	for i, step := range []string{"shown", "decided", "stored", "acknowledged"} {
		made.Rows = append(made.Rows, r.row(r.say("figures_step_"+step), []int{f.Visits[i]}))
	}
	made.bars()
	return made
}

// gaps gives what went missing between those steps. All days that are over are looked at,
// too: what came late came on one of them. So a day has the same gaps whatever period it
// is in, and none before it is over.
func (r *request) gaps(p period) ([]consent.Gap, error) {
	days, err := r.Store.Tallies(r.ctx, r.site.Key, consent.ReconcileFrom(p.first), consent.CountsEnd(r.Clock()))
	later := func(gap consent.Gap) bool { return gap.Day.After(p.last) }
	return slices.DeleteFunc(consent.ReconcileTold(days, p.first, r.Clock()), later), err
}

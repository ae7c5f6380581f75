package admin

import (
	"cmp"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

// The charts, as they are named in addresses.
var chartNames = []string{"days", "categories", "languages", "notices", "methods", "visits"}

// columns gives those of a table whose counts are by outcome, and which of its
// groups they are: an outcome that nobody had is left out.
func (r *request) columns(c *counted, t tally) (columns []chartColumn, groups []int, joint bool) {
	if t.whole {
		return []chartColumn{{r.say("figures_decisions"), "bar-all"}}, []int{0}, true
	}
	sums := c.grouped(c.sums)
	for i, group := range c.groups {
		if sums[i] > 0 {
			columns = append(columns, chartColumn{r.outcome(group), "bar-" + outcomeNames[group[0]]})
			groups, joint = append(groups, i), joint || len(group) > 1
		}
	}
	return columns, groups, joint
}

// table makes a chart of counts by outcome. Names are of what was counted.
func (r *request) table(c *counted, name string, t tally, named func(row []int) string) *chart {
	columns, groups, joint := r.columns(c, t)
	made := r.newChart(c.period, name)
	made.Columns, made.Joint = columns, joint
	for i, rows := range t.rows {
		counts := make([]int, len(groups))
		for k, group := range groups {
			counts[k] = t.counts[i][group]
		}
		made.Rows = append(made.Rows, r.row(named(rows), counts))
		made.Joint = made.Joint || len(rows) > 1
	}
	return made
}

func (r *request) newChart(p period, name string) *chart {
	return &chart{Name: name, Label: r.say("figures_label_" + name), CSV: r.figuresPath() + "/" + name + ".csv?" + p.query()}
}

// named puts the names of rows together.
func named[K any](r *request, keys []K, name func(K) string) func(rows []int) string {
	return func(rows []int) string {
		names := make([]string, len(rows))
		for i, row := range rows {
			names[i] = name(keys[row])
		}
		return r.joined(names)
	}
}

// byDay counts days, or weeks or months of a long period.
func (r *request) byDay(c *counted) *chart {
	units, counts := c.units()
	t := c.arrange(counts, consent.CrowdRuns)
	made := r.table(c, "days", t, func(rows []int) string {
		return r.span(period{units[rows[0]].first, units[rows[len(rows)-1]].last})
	})
	made.Joint = false
	for i, rows := range t.rows {
		made.Rows[i].period = period{units[rows[0]].first, units[rows[len(rows)-1]].last}
		made.Joint = made.Joint || len(rows) > 1
	}
	made.Plot = r.plotted(made, c.period)
	return made
}

func (r *request) byLanguage(c *counted) *chart {
	keys, counts := by(c, func(m *consent.MadeFigure) consent.Language { return m.Language }, nil)
	made := r.table(c, "languages", c.arrange(counts, consent.CrowdRows), named(r, keys, consent.Language.Name))
	made.bars()
	return made
}

func (r *request) byNotice(c *counted) (*chart, error) {
	entries, err := r.Store.Notices(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	published := map[consent.NoticeNumber]string{}
	for _, entry := range entries {
		published[entry.Number] = r.day(entry.Published)
	}
	keys, counts := by(c, func(m *consent.MadeFigure) consent.NoticeNumber { return m.Notice },
		func(a, b consent.NoticeNumber) int { return cmp.Compare(b, a) })
	made := r.table(c, "notices", c.arrange(counts, consent.CrowdRows), named(r, keys, func(n consent.NoticeNumber) string {
		return r.say("figures_notice", "n", n, "day", published[n])
	}))
	made.bars()
	return made, nil
}

// byMethod counts the ways of deciding.
func (r *request) byMethod(c *counted) *chart {
	keys, arranged := c.ways()
	made := r.table(c, "methods", arranged, func(rows []int) string {
		names := make([]string, len(rows))
		for i, row := range rows {
			if names[i] = r.way(keys[row]); i > 0 {
				names[i] = within(names[i])
			}
		}
		return r.joined(names)
	})
	made.bars()
	return made
}

func (r *request) way(w way) string {
	if w.method == "" {
		return r.say("figures_method_counted")
	}
	return r.say("figures_way", "method", r.say("figures_method_"+string(w.method)), "layer", r.say("figures_layer_"+string(w.layer)))
}

// byCategory counts what was answered about each category, and compares it with
// the period before.
func (r *request) byCategory(c, earlier *counted) (*chart, error) {
	draft, err := r.Store.Draft(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	before := map[consent.CategoryKey]categoryCount{}
	if earlier.groups != nil {
		for _, one := range earlier.categories() {
			before[one.key] = one
		}
	}
	made := r.newChart(c.period, "categories")
	for _, answer := range []string{"yes", "partly", "no"} {
		made.Columns = append(made.Columns, chartColumn{r.say("figures_answer_" + answer), "bar-" + answer})
	}
	all := c.categories()
	order := func(key consent.CategoryKey) int {
		return slices.IndexFunc(draft.Categories, func(one consent.Category) bool { return one.Key == key })
	}
	slices.SortStableFunc(all, func(a, b categoryCount) int { return cmp.Compare(order(a.key), order(b.key)) })
	for _, one := range all {
		name := string(one.key)
		if known := draft.Category(one.key); known != nil {
			name = r.in(known.Name).Text
		}
		if one.hidden {
			made.Joint = true
			made.Rows = append(made.Rows, chartRow{Name: name})
			continue
		}
		row := r.row(name, one.counts[:notAsked])
		if old, known := before[one.key]; known && !old.hidden {
			row.Change = r.points(one.share(), old.share())
		}
		made.Rows = append(made.Rows, row)
	}
	made.bars()
	return made, nil
}

// byVisit counts how far visitors came, and gives what went missing on the way.
func (r *request) byVisit(p period) (*chart, []consent.Gap, error) {
	days, err := r.Store.Tallies(r.ctx, r.site.Key, consent.ReconcileFrom(p.first), p.end())
	if err != nil {
		return nil, nil, err
	}
	var sum consent.Tally
	for _, day := range days {
		if !day.Day.Before(p.first) {
			sum.Shown, sum.Decided = sum.Shown+day.Shown, sum.Decided+day.Decided
			sum.Stored, sum.Acknowledged = sum.Stored+day.Stored, sum.Acknowledged+day.Acknowledged
		}
	}
	made := r.newChart(p, "visits")
	made.Columns = []chartColumn{{r.say("figures_times"), "bar-all"}}
	for _, each := range []struct {
		key   string
		count int
	}{{"shown", sum.Shown}, {"decided", sum.Decided}, {"stored", sum.Stored}, {"acknowledged", sum.Acknowledged}} {
		row := chartRow{Name: r.say("figures_step_" + each.key)}
		if consent.IsCrowd(each.count) {
			row = r.row(row.Name, []int{each.count})
		}
		made.Rows = append(made.Rows, row)
	}
	made.bars()
	return made, consent.Reconcile(days, p.first), nil
}

package admin

import (
	"math"
	"strings"
)

// chart is a table with a drawing of it.
type chart struct {
	Name    string // in addresses and texts: "days"
	CSV     string // its address
	Label   string // heading of the first column
	Columns []chartColumn
	Rows    []chartRow
	Joint   bool   // some rows or outcomes are counted together
	Covers  period // the days that the numbers are really about
	Plot    *plot
}

type chartColumn struct{ Name, Class string }

type chartRow struct {
	Name   string
	Least  bool        // some more are counted in another row
	Cells  []chartCell // nil when they are about too few people
	Sum    int
	Total  string
	Said   string // what the bar shows, in words
	Bars   []bar
	Change string
	period // of a row that is about days
}

type chartCell struct {
	Count         int
	Number, Share string
}

// bar is a rectangle, in the units of its drawing.
type bar struct {
	X, Y, W, H int
	Class      string
}

// The drawings are stretched to the room that there is, so their units mean nothing.
const (
	barLength  = 1000
	plotHeight = 1000
	dayWidth   = 10
)

// plot is a drawing of days: columns as wide as the days that they are about and
// as high as the decisions a day.
type plot struct {
	Width, Height   int
	Bars            []bar
	Lines           []int  // where the scale is marked
	Top, Half, Said string // the scale, and what the drawing shows
	First, Last     string // days
	PerDay          bool   // some columns are about several days
}

// row makes a row of counts.
func (r *request) row(name string, counts []int) chartRow {
	row := chartRow{Name: name, Cells: make([]chartCell, len(counts))}
	for i, n := range counts {
		row.Sum += n
		row.Cells[i] = chartCell{Count: n, Number: r.grouped(n)}
	}
	row.Total = r.grouped(row.Sum)
	if len(counts) > 1 && row.Sum > 0 {
		for i, n := range counts {
			if n == 0 {
				continue
			}
			row.Cells[i].Share = r.percent(float64(n) / float64(row.Sum))
		}
	}
	return row
}

// bars draws each row: as shares of the row where there are several columns, else
// as lengths beside each other.
func (c *chart) bars() {
	longest := 0
	for _, row := range c.Rows {
		longest = max(longest, row.Sum)
	}
	for i := range c.Rows {
		row := &c.Rows[i]
		whole := longest
		if len(c.Columns) > 1 {
			whole = row.Sum
		}
		var said []string
		at, sum := 0, 0
		for k, cell := range row.Cells {
			sum += cell.Count
			end := sum * barLength / max(whole, 1)
			if end > at {
				row.Bars = append(row.Bars, bar{X: at, W: end - at, H: 1, Class: c.Columns[k].Class})
			}
			at = end
			if cell.Share != "" {
				said = append(said, c.Columns[k].Name+" "+cell.Share)
			}
		}
		if row.Said = strings.Join(said, ", "); row.Said == "" {
			row.Said = row.Total
		}
	}
}

// plotted draws days.
func (r *request) plotted(c *chart, all period) *plot {
	most := 0.0
	for _, row := range c.Rows {
		most = max(most, float64(row.Sum)/float64(row.days()))
	}
	top := niceTop(most)
	p := &plot{
		Width: all.days() * dayWidth, Height: plotHeight, Lines: []int{0, plotHeight / 2},
		Top: r.grouped(top), First: r.span(period{all.first, all.first}), Last: r.span(period{all.last, all.last}),
	}
	if top%2 == 0 {
		p.Half = r.grouped(top / 2)
	}
	busiest := 0
	for i, row := range c.Rows {
		if row.Sum*c.Rows[busiest].days() > c.Rows[busiest].Sum*row.days() {
			busiest = i
		}
		p.PerDay = p.PerDay || row.days() > 1
		left := int(row.first.Sub(all.first).Hours()) / 24 * dayWidth
		sum, y := 0, plotHeight
		for k, cell := range row.Cells {
			sum += cell.Count
			up := plotHeight - int(math.Round(float64(sum)*plotHeight/float64(row.days())/float64(top)))
			if up < y {
				p.Bars = append(p.Bars, bar{X: left + 1, Y: up, W: row.days()*dayWidth - 2, H: y - up, Class: c.Columns[k].Class})
			}
			y = up
		}
	}
	if len(c.Rows) > 0 {
		p.Said = r.plotWords(&c.Rows[busiest], r.span(all))
	}
	return p
}

// plotWords says which column is the highest. One of several days is as high as their
// average, so that is what is said of it.
func (r *request) plotWords(highest *chartRow, all string) string {
	if highest.days() == 1 {
		return r.say("figures_days_said", "days", all, "day", highest.Name, "n", highest.Total)
	}
	average := float64(highest.Sum) / float64(highest.days())
	n := r.decimal(average)
	if average >= 10 {
		n = r.grouped(int(math.Round(average)))
	}
	return r.say("figures_days_said_average", "days", all, "day", highest.Name, "n", n)
}

// niceTop gives the round number at or above a count: one digit that is
// easily halved, with noughts.
func niceTop(n float64) int {
	for step := 1; ; step *= 10 {
		for _, factor := range []int{1, 2, 3, 4, 5, 6, 8} {
			if float64(step*factor) >= n {
				return max(step*factor, 2)
			}
		}
	}
}

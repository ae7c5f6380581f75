package figures

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const day = 24 * time.Hour

// Span is some days on end (UTC), by their midnights.
type Span struct{ First, Last time.Time }

// Days is how many there are.
func (s Span) Days() int { return int(s.Last.Sub(s.First)/day) + 1 }

// End is the midnight after the last day.
func (s Span) End() time.Time { return s.Last.AddDate(0, 0, 1) }

// in says that a span has some of the days of another.
func (s Span) in(other Span) bool { return !s.Last.Before(other.First) && !s.First.After(other.Last) }

// Run is some days on end of which only the total is told: none, or at least five.
type Run struct {
	Span
	Count int
}

// cell is a number of a unit: how many of some rows came out in some ways. More
// than one of either are not told apart. Numbers that are nought are left out.
type cell struct {
	Rows     []string  `json:"rows,omitempty"`
	Outcomes []Outcome `json:"outcomes"`
	Count    int       `json:"count"`
}

// unit is the tables of some days. It says no more than what may be shown.
type unit struct {
	Runs       []runOf    `json:"runs"` // the days, in order
	Outcomes   []cell     `json:"outcomes"`
	Languages  []cell     `json:"languages"`
	Notices    []cell     `json:"notices"`
	Ways       []cell     `json:"ways"`
	Categories []Category `json:"categories"`
	Delays     []Delayed  `json:"delays,omitempty"`
	Visits     []int      `json:"visits,omitempty"` // as visits.told gives them
}

// runOf is a run within a unit.
type runOf struct {
	Days  int `json:"days"`
	Count int `json:"count"`
}

// arranged makes a unit of what was decided in its runs.
func arranged(runs []Run, c *counted) unit {
	u := unit{Outcomes: c.cells(nil, tally{rows: [][]int{nil}, counts: [][]int{c.grouped(c.sums)}}), Categories: c.categories(), Delays: c.delays(), Visits: c.visits.told(c.total())}
	for _, run := range runs {
		u.Runs = append(u.Runs, runOf{run.Days(), run.Count})
	}
	languages, t := c.languages()
	u.Languages = c.cells(texts(languages, func(l consent.Language) string { return string(l) }), t)
	notices, t := c.notices()
	u.Notices = c.cells(texts(notices, func(n consent.NoticeNumber) string { return strconv.Itoa(int(n)) }), t)
	ways, t := c.ways()
	u.Ways = c.cells(texts(ways, Way.String), t)
	for i := range u.Categories {
		if u.Categories[i].Hidden {
			u.Categories[i].Counts = [notAsked]int{}
		}
	}
	return u
}

// cells gives the numbers of a table, with the names of its rows.
func (c *counted) cells(names []string, t tally) []cell {
	var all []cell
	for i, rows := range t.rows {
		var named []string
		for _, row := range rows {
			named = append(named, names[row])
		}
		for column, n := range t.counts[i] {
			if n > 0 {
				all = append(all, cell{named, c.column(column, t.whole), n})
			}
		}
	}
	return all
}

// column gives the outcomes of a column that anybody had.
func (c *counted) column(column int, whole bool) (of []Outcome) {
	for outcome, n := range c.sums {
		if n > 0 && (whole || c.in(column, outcome)) {
			of = append(of, Outcome(outcome))
		}
	}
	return of
}

func (c *counted) in(group, outcome int) bool {
	for _, each := range c.groups[group] {
		if each == outcome {
			return true
		}
	}
	return false
}

func texts[K any](keys []K, text func(K) string) []string {
	all := make([]string, len(keys))
	for i, key := range keys {
		all[i] = text(key)
	}
	return all
}

// String writes a way as the key of a row.
func (w Way) String() string { return string(w.Method) + "/" + string(w.Layer) }

// WayOf reads the key of a row.
func WayOf(key string) Way {
	method, layer, _ := strings.Cut(key, "/")
	return Way{consent.Method(method), consent.Layer(layer)}
}

// stored makes a unit what a store keeps.
func stored(runs []Run, c *counted) (consent.ClosedFigures, error) {
	text, err := json.Marshal(arranged(runs, c))
	return consent.ClosedFigures{First: runs[0].First, Last: runs[len(runs)-1].Last, Tables: text}, err
}

// read reads a unit and its runs.
func read(closed *consent.ClosedFigures) (*unit, []Run, error) {
	u := new(unit)
	if err := json.Unmarshal(closed.Tables, u); err != nil {
		return nil, nil, fmt.Errorf("the closed figures of %s: %w", closed.Last.Format(time.DateOnly), err)
	}
	u.hideDifferent()
	runs, first := make([]Run, len(u.Runs)), closed.First
	for i, one := range u.Runs {
		runs[i] = Run{Span{first, first.AddDate(0, 0, one.Days-1)}, one.Count}
		first = runs[i].End()
	}
	return u, runs, nil
}

// hideDifferent leaves out what was answered about categories of which not all were asked.
// Units that were closed earlier have it.
func (u *unit) hideDifferent() {
	shown := slices.DeleteFunc(slices.Clone(u.Categories), func(one Category) bool { return one.Hidden })
	if !slices.ContainsFunc(shown, func(one Category) bool { return one.Asked() != shown[0].Asked() }) {
		return
	}
	for i := range u.Categories {
		u.Categories[i].Counts, u.Categories[i].Hidden = [notAsked]int{}, true
	}
}

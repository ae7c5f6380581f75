package main

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
	"github.com/samtykke/samtykke/server/figures"
)

// countsTable is a table of numbers that may be shown.
type countsTable struct {
	title   string
	columns []string
	rows    []countsRow
}

// countsRow is about some days; of each number that is not there it says so.
type countsRow struct {
	name   string
	words  string // what a person reads for the name, when that is a code
	days   figures.Span
	counts []int // nil when they are hidden
	least  bool  // more are counted with what they are not told apart from
}

// countsBy gives the table that tells something apart.
func countsBy(what string, f *figures.Figures) *countsTable {
	made := &countsTable{title: what}
	switch what {
	case "days":
		made.columns = []string{"decisions"}
		for _, run := range f.Runs {
			made.rows = append(made.rows, countsRow{days: run.Span, counts: []int{run.Count}})
		}
	case "categories":
		made.columns = []string{"yes", "partly", "no"}
		for _, one := range f.Categories {
			row := countsRow{name: string(one.Key), days: f.Covers}
			if !one.Hidden {
				row.counts = one.Counts[:]
			}
			made.rows = append(made.rows, row)
		}
	case "languages":
		made.fill(f, &f.Languages)
	case "notices":
		made.fill(f, &f.Notices)
	case "methods":
		made.fill(f, &f.Ways)
	case "delays":
		made.delays(f)
	case "placeholders":
		made.placeholders(f)
	case "visits":
		made.visits(f)
	default:
		made.fill(f, &f.Outcomes)
	}
	return made
}

// delays names steps by the seconds that they begin with, and for a person by words.
func (m *countsTable) delays(f *figures.Figures) {
	m.columns = []string{"answers"}
	for _, one := range f.Delays {
		words := delayWords(one.Bounds())
		if one.Others {
			words += " + unknown"
		}
		m.rows = append(m.rows, countsRow{name: one.Name(), words: words, days: f.Covers, counts: []int{one.Count}})
	}
}

// placeholders tells how many were opened in each way. What is counted with other ways is
// hidden, or makes the number the least that there are.
func (m *countsTable) placeholders(f *figures.Figures) {
	if m.columns = []string{"decisions"}; f.Empty() {
		return
	}
	for _, method := range figures.PlaceholderWays {
		row := countsRow{name: string(method), days: f.Covers}
		if count, joint := f.Opened(method); count > 0 || !joint {
			row.counts, row.least = []int{count}, joint
		}
		m.rows = append(m.rows, row)
	}
}

// visits tells how far visitors came: nothing when nothing of that is told.
func (m *countsTable) visits(f *figures.Figures) {
	m.columns = []string{"times"}
	for i, count := range f.Visits {
		m.rows = append(m.rows, countsRow{name: []string{"shown", "decided", "stored", "acknowledged"}[i], days: f.Covers, counts: []int{count}})
	}
}

// delayWords says how long answers took: from so many seconds on, and less than so many.
func delayWords(from, below consent.Delay) string {
	amount := func(bound consent.Delay) (string, string) {
		if bound >= 60 {
			return strconv.Itoa(int(bound / 60)), " min"
		}
		return strconv.Itoa(int(bound)), " s"
	}
	least, of := amount(from)
	most, unit := amount(below)
	switch {
	case from == 0 && below == 0:
		return "any known time"
	case from == 0:
		return "under " + most + unit
	case below == 0:
		return least + of + " or more"
	case of == unit:
		return least + "–" + most + unit
	}
	return least + of + "–" + most + unit
}

func (m *countsTable) fill(f *figures.Figures, from *figures.Table) {
	for _, column := range from.Columns {
		m.columns = append(m.columns, column.String())
	}
	for _, row := range from.Rows {
		m.rows = append(m.rows, countsRow{name: row.Name(), days: f.Covers, counts: row.Counts})
	}
}

// cells are a row as texts, with counts as written has them.
func (r *countsRow) cells(columns int, hidden string, written func(int) string) []string {
	cells := []string{r.days.First.Format(time.DateOnly), r.days.Last.Format(time.DateOnly), r.name}
	for i := range columns {
		if r.counts == nil {
			cells = append(cells, hidden)
			continue
		}
		cell := written(r.counts[i])
		if r.least {
			cell += "+"
		}
		cells = append(cells, cell)
	}
	return cells
}

func (m *countsTable) show(t *terminal) error {
	columns := make([]column, 0, 3+len(m.columns))
	columns = append(columns, column{title: "FROM"}, column{title: "TO"}, column{title: strings.ToUpper(m.title)})
	for _, name := range m.columns {
		columns = append(columns, column{title: strings.ToUpper(strings.ReplaceAll(name, "_", " ")), right: true})
	}
	list := newTable(t, columns...)
	for i := range m.rows {
		row := m.rows[i]
		row.name = cmp.Or(row.words, row.name)
		list.add(row.cells(len(m.columns), "hidden", grouped[int])...)
	}
	return list.write()
}

// file writes the table as CSV.
func (m *countsTable) file(separated *separated, to io.Writer) error {
	if separated.semicolons() {
		if _, err := io.WriteString(to, export.ByteOrderMark); err != nil {
			return err
		}
	}
	out := csv.NewWriter(separated.to(to))
	put := func(row []string) error {
		for i := range row {
			row[i] = consent.InertCell(row[i])
		}
		return out.Write(row)
	}
	err := put(append([]string{"from", "to", m.title}, m.columns...))
	for i := 0; i < len(m.rows) && err == nil; i++ {
		err = put(m.rows[i].cells(len(m.columns), "", strconv.Itoa))
	}
	out.Flush()
	return errors.Join(err, out.Error())
}

// lines writes a JSON object for each row; the counts are null when they are hidden.
func (m *countsTable) lines(t *terminal) error {
	lines := json.NewEncoder(t.out)
	lines.SetEscapeHTML(false)
	for _, row := range m.rows {
		var counts map[string]int
		if row.counts != nil {
			counts = map[string]int{}
			for i, name := range m.columns {
				counts[name] = row.counts[i]
			}
		}
		line := map[string]any{
			"from": row.days.First.Format(time.DateOnly), "to": row.days.Last.Format(time.DateOnly), m.title: row.name, "counts": counts,
		}
		if row.least {
			line["least"] = true
		}
		if err := lines.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

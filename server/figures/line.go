package figures

import (
	"strconv"
	"strings"
)

// Line is a number of a table, for files that have all tables in one.
type Line struct {
	Span
	Table  string // the name of a breakdown: "languages"
	Row    string // what the number is about, or several that are not told apart: "nb+nn"
	Answer string // how it came out, the same; "" for all
	Count  int
	Hidden bool // there is a number, which is about too few
}

// Names of ways that have no method, and of times that are not known.
const (
	countedAlone = "refusal_counted"
	unknownTime  = "unknown"
)

// String names a column for programs: "no+taken_back" where these are not told apart.
func (c Column) String() string {
	names := make([]string, len(c))
	for i, outcome := range c {
		names[i] = outcome.String()
	}
	return strings.Join(names, "+")
}

// Name names a row for programs.
func (r *Row) Name() string {
	names := make([]string, len(r.Keys))
	for i, key := range r.Keys {
		if names[i] = key; key == (Way{}).String() {
			names[i] = countedAlone
		}
	}
	return strings.Join(names, "+")
}

// Name names steps for programs, by the seconds that they begin with: "5s+10s".
func (d *Delayed) Name() string {
	names := make([]string, 0, len(d.Delays)+1)
	for _, least := range d.Delays {
		names = append(names, strconv.Itoa(int(least))+"s")
	}
	if d.Others {
		names = append(names, unknownTime)
	}
	return strings.Join(names, "+")
}

// Lines gives all numbers, table by table.
func (f *Figures) Lines() (all []Line) {
	for _, run := range f.Runs {
		all = append(all, Line{Span: run.Span, Table: "days", Count: run.Count})
	}
	add := func(one Line) {
		one.Span = f.Covers
		all = append(all, one)
	}
	for _, each := range []struct {
		name string
		*Table
	}{{"outcomes", &f.Outcomes}, {"languages", &f.Languages}, {"notices", &f.Notices}, {"methods", &f.Ways}} {
		for i := range each.Rows {
			for k, column := range each.Columns {
				add(Line{Table: each.name, Row: each.Rows[i].Name(), Answer: column.String(), Count: each.Rows[i].Counts[k]})
			}
		}
	}
	for i := range f.Categories {
		for answer, name := range []string{AnsweredYes: "yes", AnsweredPartly: "partly", AnsweredNo: "no"} {
			one := &f.Categories[i]
			add(Line{Table: "categories", Row: string(one.Key), Answer: name, Count: one.Counts[answer], Hidden: one.Hidden})
		}
	}
	for i := range f.Delays {
		add(Line{Table: "delays", Row: f.Delays[i].Name(), Count: f.Delays[i].Count})
	}
	for step, count := range f.Visits {
		add(Line{Table: "visits", Row: [...]string{atShown: "shown", atDecided: "decided", atStored: "stored", atAnswered: "answered"}[step], Count: count})
	}
	return all
}

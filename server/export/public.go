package export

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// alike is what a public file says of a day, in place of its decisions: how many
// were alike. All that were too few to be told stand in one line together.
type alike struct {
	Day      string               `json:"day"`
	Notice   consent.NoticeNumber `json:"notice,omitempty"`
	Language consent.Language     `json:"language,omitempty"`
	Method   consent.Method       `json:"method"` // other: several together
	Granted  string               `json:"granted"`
	Denied   string               `json:"denied"`
}

const (
	otherMethods                  = "other"
	refusalCounted consent.Method = "refusal_counted"
)

// Public counts decisions for whoever asks for access to public documents
// (offentleglova § 3; forvaltningsloven § 13 keeps the visitors out): no ids, no
// keys, no times but the day, and an order that does not tell theirs.
//
// Days are Norwegian, whatever zone the machine is in: of two files with days of
// different zones, one less the other is what was done within an hour.
type Public struct {
	out    io.Writer
	json   bool
	bom    bool
	counts map[alike]int
	rows   []counted // what Give found
}

// counted is a row of the file.
type counted struct {
	alike
	Count int `json:"count,omitempty"` // 0 for fewer than consent.Crowd
}

// NewPublic makes one that writes CSV, perhaps with a byte order mark, or lines of JSON.
func NewPublic(out io.Writer, json, bom bool) *Public {
	return &Public{out: out, json: json, bom: bom, counts: map[alike]int{}}
}

// Begin has nothing to write.
func (x *Public) Begin() error { return nil }

// Put leaves out what is frozen: that is kept and not used (GDPR art. 18(2)).
func (x *Public) Put(entry *consent.Entry, shared *Circumstance) error {
	if entry.Frozen {
		return nil
	}
	x.counts[alike{
		Day: consent.DayOf(entry.Time).String(), Notice: entry.Notice, Language: entry.Language, Method: entry.Method,
		Granted: strings.Join(shared.Granted, " "), Denied: strings.Join(shared.Denied, " "),
	}]++
	return nil
}

// PublicTakes says whether a query is one that a public file may be of: Norwegian days,
// and nothing else. Of two files that were filtered otherwise, one less the other is
// what a single visitor did.
func PublicTakes(query *consent.LogQuery) bool {
	days := consent.LogQuery{Site: query.Site, From: query.From, To: query.To}
	return *query == days && whole(query.From) && whole(query.To)
}

// whole says whether a time is where a day begins.
func whole(at time.Time) bool { return at.IsZero() || at.Equal(consent.DayOf(at).Start()) }

// PublicOver takes the days out of a query that are not over: what is given of a day
// never changes, so nothing is given of it while visitors still answer. Refusals of which
// only a number is kept have days in UTC, which end later than those in Norway.
func PublicOver(query consent.LogQuery, now time.Time) consent.LogQuery {
	if over := consent.DayOf(consent.MidnightOf(now)).Start(); query.To.IsZero() || query.To.After(over) {
		query.To = over
	}
	return query
}

// Give adds the refusals and keeps what is given of each day: it is what was given of
// that day before, if something was. A query has the days that are over (PublicOver).
func (x *Public) Give(ctx context.Context, store consent.Store, query consent.LogQuery) error {
	if err := x.addRefusals(ctx, store, query); err != nil {
		return err
	}
	x.hide()
	days, err := x.days()
	if err != nil {
		return err
	}
	from, to := bounds(query)
	given, err := store.GiveDays(consent.WithoutAct(ctx), query.Site, days, from, to)
	if err != nil {
		return err
	}
	for _, day := range given {
		var rows []counted
		if err := json.Unmarshal(day.Rows, &rows); err != nil {
			return fmt.Errorf("read what was given of %s: %w", day.Day, err)
		}
		x.rows = append(x.rows, rows...)
	}
	return nil
}

// bounds are the first and the last day of a query.
func bounds(query consent.LogQuery) (from, to consent.Day) {
	from = math.MinInt32
	if !query.From.IsZero() {
		from = consent.DayOf(query.From)
	}
	return from, consent.DayOf(query.To) - 1
}

// addRefusals adds those of which the site keeps only a number: without them the
// file would say that more agree than do.
func (x *Public) addRefusals(ctx context.Context, store consent.RefusalStore, query consent.LogQuery) error {
	refusals, err := store.Refusals(ctx, query.Site)
	if err != nil {
		return err
	}
	from, to := bounds(query)
	for _, one := range refusals {
		if day := consent.DayOf(consent.MidnightOf(one.Day)); day >= from && day <= to {
			x.counts[alike{Day: day.String(), Notice: one.Notice, Language: one.Language, Method: refusalCounted}] += one.Count
		}
	}
	return nil
}

// days gives the rows of each day, sorted by what they say.
func (x *Public) days() (days []consent.GivenDay, err error) {
	of := map[string][]counted{}
	for row, count := range x.counts {
		if count < consent.Crowd {
			count = 0
		}
		of[row.Day] = append(of[row.Day], counted{row, count})
	}
	for _, text := range slices.Sorted(maps.Keys(of)) {
		rows := of[text]
		slices.SortFunc(rows, func(a, b counted) int {
			return cmp.Or(
				cmp.Compare(a.last(), b.last()),
				cmp.Compare(a.Notice, b.Notice), cmp.Compare(a.Language, b.Language), cmp.Compare(a.Method, b.Method),
				strings.Compare(a.Granted, b.Granted), strings.Compare(a.Denied, b.Denied))
		})
		day, err := consent.ParseDay(text)
		if err != nil {
			return nil, err
		}
		told, err := json.Marshal(rows)
		if err != nil {
			return nil, err
		}
		days = append(days, consent.GivenDay{Day: day, Rows: told})
	}
	return days, nil
}

// Finish writes what is given.
func (x *Public) Finish() error {
	if x.json {
		return x.writeLines()
	}
	return x.writeRows()
}

// last is 1 for the line that a day ends with.
func (a alike) last() int {
	if a.Method == otherMethods {
		return 1
	}
	return 0
}

// hide puts each day's small counts together.
func (x *Public) hide() {
	others := map[string]int{}
	for row, count := range x.counts {
		if count < consent.Crowd {
			others[row.Day] += count
			delete(x.counts, row)
		}
	}
	for day, count := range others {
		x.counts[alike{Day: day, Method: otherMethods}] = count
	}
}

func (x *Public) writeRows() error {
	out := bufio.NewWriter(x.out)
	if x.bom {
		_, _ = out.WriteString(ByteOrderMark)
	}
	table := NewRows(out)
	if err := table.Row([]string{"day", "notice", "language", "method", "granted", "denied", "count"}); err != nil {
		return err
	}
	for _, row := range x.rows {
		notice, count := "", "< "+strconv.Itoa(consent.Crowd)
		if row.Notice > 0 {
			notice = strconv.Itoa(int(row.Notice))
		}
		if row.Count >= consent.Crowd {
			count = strconv.Itoa(row.Count)
		}
		if err := table.Row([]string{row.Day, notice, string(row.Language), string(row.Method), row.Granted, row.Denied, count}); err != nil {
			return err
		}
	}
	if err := table.Flush(); err != nil {
		return err
	}
	return out.Flush()
}

// writeLines has null for a count that is too small.
func (x *Public) writeLines() error {
	lines := json.NewEncoder(x.out)
	for _, row := range x.rows {
		line := struct {
			alike
			Count *int `json:"count"` // null: fewer than five
		}{alike: row.alike}
		if row.Count >= consent.Crowd {
			line.Count = &row.Count
		}
		if err := lines.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

package export

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"io"
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
type Public struct {
	out    io.Writer
	zone   *time.Location
	json   bool
	bom    bool
	counts map[alike]int
}

// NewPublic makes one that writes CSV, perhaps with a byte order mark, or lines of
// JSON. Days are those of a zone.
func NewPublic(out io.Writer, zone *time.Location, json, bom bool) *Public {
	return &Public{out: out, zone: zone, json: json, bom: bom, counts: map[alike]int{}}
}

// Begin has nothing to write.
func (x *Public) Begin() error { return nil }

// Put leaves out what is frozen: that is kept and not used (GDPR art. 18(2)).
func (x *Public) Put(entry *consent.Entry, shared *Circumstance) error {
	if entry.Frozen {
		return nil
	}
	x.counts[alike{
		Day: entry.Time.In(x.zone).Format(time.DateOnly), Notice: entry.Notice, Language: entry.Language, Method: entry.Method,
		Granted: strings.Join(shared.Granted, " "), Denied: strings.Join(shared.Denied, " "),
	}]++
	return nil
}

// PublicTakes says whether a query is one that a public file may be of: days of a zone,
// and nothing else. Of two files that were filtered otherwise, one less the other is
// what a single visitor did.
func PublicTakes(query *consent.LogQuery, zone *time.Location) bool {
	days := consent.LogQuery{Site: query.Site, From: query.From, To: query.To}
	return *query == days && whole(query.From, zone) && whole(query.To, zone)
}

// whole says whether a time is where a day begins.
func whole(at time.Time, zone *time.Location) bool {
	local := at.In(zone)
	return at.IsZero() || local.Equal(time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, zone))
}

// AddRefusals adds those of which the site keeps only a number: without them the
// file would say that more agree than do.
func (x *Public) AddRefusals(ctx context.Context, store consent.RefusalStore, query consent.LogQuery) error {
	refusals, err := store.Refusals(ctx, query.Site)
	if err != nil {
		return err
	}
	for _, one := range refusals {
		if day := one.Day.UTC().Format(time.DateOnly); x.asks(query, day) {
			x.counts[alike{Day: day, Notice: one.Notice, Language: one.Language, Method: refusalCounted}] += one.Count
		}
	}
	return nil
}

// asks says whether a query reaches into a day.
func (x *Public) asks(query consent.LogQuery, day string) bool {
	return (query.From.IsZero() || day >= query.From.In(x.zone).Format(time.DateOnly)) &&
		(query.To.IsZero() || day <= query.To.Add(-1).In(x.zone).Format(time.DateOnly))
}

// Finish writes the counts, sorted by what they say.
func (x *Public) Finish() error {
	x.hide()
	rows := make([]alike, 0, len(x.counts))
	for row := range x.counts {
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b alike) int {
		return cmp.Or(
			strings.Compare(a.Day, b.Day), cmp.Compare(a.last(), b.last()),
			cmp.Compare(a.Notice, b.Notice), cmp.Compare(a.Language, b.Language), cmp.Compare(a.Method, b.Method),
			strings.Compare(a.Granted, b.Granted), strings.Compare(a.Denied, b.Denied))
	})
	if x.json {
		return x.writeLines(rows)
	}
	return x.writeRows(rows)
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

func (x *Public) writeRows(rows []alike) error {
	out := bufio.NewWriter(x.out)
	if x.bom {
		_, _ = out.WriteString(ByteOrderMark)
	}
	table := NewRows(out)
	if err := table.Row([]string{"day", "notice", "language", "method", "granted", "denied", "count"}); err != nil {
		return err
	}
	for _, row := range rows {
		notice, count := "", "< "+strconv.Itoa(consent.Crowd)
		if row.Notice > 0 {
			notice = strconv.Itoa(int(row.Notice))
		}
		if n := x.counts[row]; n >= consent.Crowd {
			count = strconv.Itoa(n)
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
func (x *Public) writeLines(rows []alike) error {
	lines := json.NewEncoder(x.out)
	for _, row := range rows {
		line := struct {
			alike
			Count *int `json:"count"` // null: fewer than five
		}{alike: row}
		if n := x.counts[row]; n >= consent.Crowd {
			line.Count = &n
		}
		if err := lines.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

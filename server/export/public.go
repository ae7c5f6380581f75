package export

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"strconv"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/figures"
)

// Public is for whoever asks for access to public documents (offentleglova § 3;
// forvaltningsloven § 13 keeps the visitors out). It is made of the figures that anybody
// who may see the site sees, of the same units and with the same numbers in them: other
// numbers of the same decisions, less those, would be what single visitors did. So it is
// never read from the log, and the same days are given again as they were.
type Public struct {
	JSON bool // lines of it, in place of CSV
	BOM  bool // before CSV
}

// PublicTakes says whether a query is one that a public file may be of: days, and nothing
// else. The figures are of whole days.
func PublicTakes(query *consent.LogQuery) bool {
	days := consent.LogQuery{Site: query.Site, From: query.From, To: query.To}
	return *query == days && whole(query.From) && whole(query.To)
}

// whole says whether a time is where a day begins.
func whole(at time.Time) bool { return at.IsZero() || at.Equal(consent.DayOf(at).Start()) }

// spanOf gives the days of a query by their dates. The days of figures are in UTC.
func spanOf(query consent.LogQuery, now time.Time) figures.Span {
	midnight := func(day consent.Day) time.Time { return time.Unix(0, 0).UTC().AddDate(0, 0, int(day)) }
	span := figures.Span{First: midnight(0), Last: consent.MidnightOf(now)}
	if !query.From.IsZero() {
		span.First = midnight(consent.DayOf(query.From))
	}
	if !query.To.IsZero() {
		span.Last = midnight(consent.DayOf(query.To) - 1)
	}
	return span
}

// Write writes the figures of the units that end within a query's days, and gives how
// many decisions they are about.
func (x Public) Write(ctx context.Context, out io.Writer, store figures.Store, query consent.LogQuery, now time.Time) (decisions int, err error) {
	if err := figures.Close(consent.WithoutAct(ctx), store, query.Site, now); err != nil {
		return 0, err
	}
	units, err := figures.Units(ctx, store, query.Site, spanOf(query, now))
	if err != nil {
		return 0, err
	}
	var lines []figures.Line
	for _, unit := range units {
		decisions += unit.Counted()
		lines = append(lines, unit.Lines()...)
	}
	buffered := bufio.NewWriter(out)
	write := x.rows
	if x.JSON {
		write = x.objects
	}
	if err := write(buffered, lines); err != nil {
		return 0, err
	}
	return decisions, buffered.Flush()
}

// rows leaves a count empty that is hidden.
func (x Public) rows(out *bufio.Writer, lines []figures.Line) error {
	if x.BOM {
		_, _ = out.WriteString(ByteOrderMark)
	}
	table := NewRows(out)
	if err := table.Row([]string{"from", "to", "table", "row", "answer", "count"}); err != nil {
		return err
	}
	for _, one := range lines {
		count := ""
		if !one.Hidden {
			count = strconv.Itoa(one.Count)
		}
		if err := table.Row([]string{one.First.Format(time.DateOnly), one.Last.Format(time.DateOnly), one.Table, one.Row, one.Answer, count}); err != nil {
			return err
		}
	}
	return table.Flush()
}

// objects has null for a count that is hidden.
func (Public) objects(out *bufio.Writer, lines []figures.Line) error {
	type object struct {
		From   string `json:"from"`
		To     string `json:"to"`
		Table  string `json:"table"`
		Row    string `json:"row,omitempty"`
		Answer string `json:"answer,omitempty"`
		Count  *int   `json:"count"`
	}
	to := json.NewEncoder(out)
	to.SetEscapeHTML(false)
	for _, one := range lines {
		line := object{one.First.Format(time.DateOnly), one.Last.Format(time.DateOnly), one.Table, one.Row, one.Answer, &one.Count}
		if one.Hidden {
			line.Count = nil
		}
		if err := to.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

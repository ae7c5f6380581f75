package export

import (
	"bufio"
	"context"
	"io"
	"log/slog"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// PackForm is an audit pack. It and PublicForm are of the whole log, or of days alone.
const (
	PackForm   = "pack"
	PublicForm = "public"
)

// Forms are the forms of an export, by name: what the file is, and how its name ends.
var Forms = map[string]struct{ Kind, Ending string }{
	"csv":      {"text/csv; charset=utf-8", ".csv"},
	"jsonl":    {"application/x-ndjson", ".jsonl"},
	"jsonld":   {"application/x-ndjson", ".jsonld"},
	"parquet":  {"application/vnd.apache.parquet", ".parquet"},
	PublicForm: {"text/csv; charset=utf-8", "-public.csv"},
	PackForm:   {"application/zip", "-audit-pack.zip"},
}

// Sending is an export on its way to somebody. The request that it began with is over:
// nothing of that is used any more.
type Sending struct {
	Store consent.Store
	Query consent.LogQuery
	Now   time.Time // when it began
	Form  string
	BOM   bool // where the form has one
	// Separator is what stands between cells, where there are any. With semicolons there
	// is a byte order mark.
	Separator string
	Release   string // of the program, which stands in some files
	Pack      func(ctx context.Context, of consent.LogQuery, to io.Writer) error
	To        *Receiver
	Log       *slog.Logger
	// Ended is the act that tells the audit trail how much was taken out; Record
	// takes it.
	Ended  consent.Act
	Record func(context.Context, consent.Act) error
	// Reached is told how far the export has come, nil when nobody asks. Clock tells when it
	// ended.
	Reached *Reached
	Clock   func() time.Time

	count int
	size  int         // of the log when the export began, 0 when that is not known
	told  consent.Day // when the trail was told at last
	again bool        // it was told on the way
	// toldCount is how many it was told of then.
	toldCount int
}

// FileName is what the file is called: with the days that were chosen, for no part passes
// for the whole log.
func (s *Sending) FileName(now time.Time) string {
	name := string(s.Query.Site) + "-" + consent.DayOf(now).String()
	if !s.Query.From.IsZero() {
		name += "-from-" + consent.DayOf(s.Query.From).String()
	}
	if !s.Query.To.IsZero() { // a moment that is none of them any more
		name += "-to-" + consent.DayOf(s.Query.To.Add(-1)).String()
	}
	return name + Forms[s.Form].Ending
}

// Stream writes the export as it is read, so that a log of any length takes no more
// memory than a page of it. What could not be written to its end is broken off, so that
// nobody takes it for the whole.
func (s *Sending) Stream(ctx context.Context, out *bufio.Writer) {
	s.size, s.told = s.logSize(ctx), consent.DayOf(s.Now)
	err := s.write(ctx, out)
	if err == nil {
		err = out.Flush()
	}
	s.Reached.change(func(now *Reach) { now.Decisions, now.Entire, now.Ended = s.count, err == nil, s.Clock() })
	if err != nil {
		s.Log.WarnContext(ctx, "an export was broken off", "site", string(s.Query.Site), "decisions", s.count, "error", err)
		_ = s.To.Conn.Close()
	}
	took := Taken{Count: s.count, Broken: err != nil}
	if size := s.logSize(ctx); size > 0 { // some may have gone meanwhile
		took.Whole = s.count >= min(s.size, size)
	}
	s.tell(ctx, took)
}

// logSize gives how many decisions the log has, 0 when that is not known.
func (s *Sending) logSize(ctx context.Context) int {
	size, err := s.Store.LogSize(ctx, s.Query.Site)
	if err != nil {
		s.Log.ErrorContext(ctx, "the decisions of the log could not be counted", "site", string(s.Query.Site), "error", err)
	}
	return size
}

func (s *Sending) write(ctx context.Context, out *bufio.Writer) error {
	to := daily{ctx, s, s.To.Writer(ctx, s.Reached.counting(out))}
	switch s.Form {
	case PackForm:
		return s.Pack(ctx, s.Query, to)
	case PublicForm:
		counted, err := Public{BOM: s.BOM || s.Separator == Semicolon}.Write(ctx, Separated(to, s.Separator), s.Store, s.Query, s.Now)
		s.count = counted
		return err
	}
	s.Query.Oldest, s.Query.Limit = true, Page
	lines := s.lines(to)
	if err := lines.Begin(); err != nil {
		return err
	}
	put := func(entry *consent.Entry, shared *Circumstance) error {
		if s.count++; s.count == 1 {
			s.Reached.change(func(now *Reach) { now.First, now.At, now.Last = entry.Time, entry.Time, s.last() })
		}
		return lines.Put(entry, shared)
	}
	pageDone := func(last *consent.Entry) error {
		s.Reached.change(func(now *Reach) { now.Decisions, now.At = s.count, last.Time })
		if err := s.To.Ask(ctx); err != nil {
			return err
		}
		return out.Flush()
	}
	if err := Each(ctx, s.Store, s.Query, NewRecorder(s.Store, s.Query.Site), put, pageDone); err != nil {
		return err
	}
	return lines.Finish()
}

// last is when the newest decision that is asked for can be at most.
func (s *Sending) last() time.Time {
	if until := s.Query.To; !until.IsZero() && until.Before(s.Now) {
		return until
	}
	return s.Now
}

func (s *Sending) lines(out io.Writer) Format {
	switch s.Form {
	case "jsonl":
		return NewJSON(out)
	case "jsonld":
		return NewLD(out, nil)
	case "parquet":
		return NewParquet(out, s.Release)
	default:
		return NewCSV(Separated(out, s.Separator), s.BOM || s.Separator == Semicolon)
	}
}

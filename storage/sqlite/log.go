package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// The size of a page of the log.
const (
	defaultPage = 100
	maxPage     = 10_000
)

// record is a decision as its table has it.
type record struct {
	row
	circumstance int64
	frozen, held bool
}

// Read gives one page of a query. It reads in few short steps, none of which
// looks at much more than a page.
func (s *Store) Read(ctx context.Context, query consent.LogQuery) ([]consent.Entry, error) {
	if query.Limit <= 0 {
		query.Limit = defaultPage
	}
	query.Limit = min(query.Limit, maxPage)
	if !query.ID.IsZero() {
		return s.readReceipt(ctx, query)
	}
	r, err := s.newRange(ctx, query)
	if err != nil || r.empty() {
		return nil, err
	}
	records, err := s.walk(ctx, r)
	if err != nil {
		return nil, err
	}
	if len(records) < query.Limit && !r.empty() {
		rest, err := s.seek(ctx, r, query.Limit-len(records))
		if err != nil {
			return nil, err
		}
		records = append(records, rest...)
	}
	return s.entries(ctx, records)
}

// readRange is the part of the log that a query has yet to look at.
type readRange struct {
	after, until int64 // indexes: after < seq <= until
	oldest       bool
	limit        int
	wanted       string // JSON list of circumstances
	from, to     int64  // milliseconds: from <= time < to
}

func (r *readRange) empty() bool { return r.after >= r.until || r.wanted == "[]" }

func (s *Store) newRange(ctx context.Context, query consent.LogQuery) (*readRange, error) {
	r := &readRange{oldest: query.Oldest, limit: query.Limit, from: math.MinInt64, to: math.MaxInt64}
	if !query.From.IsZero() {
		r.from = ceilMillis(query.From)
	}
	if !query.To.IsZero() {
		r.to = ceilMillis(query.To)
	}
	if err := s.bound(ctx, r); err != nil {
		return nil, err
	}
	if query.After != 0 {
		if query.Oldest {
			r.after = max(r.after, query.After)
		} else {
			r.until = min(r.until, query.After-1)
		}
	}
	if r.after >= r.until {
		return r, nil
	}
	err := s.reads.row(ctx, wantedCircumstances, string(query.Site), string(query.Method), string(query.Category),
		string(query.Language), query.Notice).Scan(&r.wanted)
	if err != nil {
		return nil, fmt.Errorf("read the circumstances: %w", err)
	}
	return r, nil
}

// bound finds where in the log the query's hours lie, or the whole log.
func (s *Store) bound(ctx context.Context, r *readRange) (err error) {
	if r.from == math.MinInt64 && r.to == math.MaxInt64 {
		err = s.reads.row(ctx, newestSeq).Scan(&r.until)
	} else {
		err = s.reads.row(ctx, hourBounds, floorHour(r.from), floorHour(r.to)).Scan(&r.after, &r.until)
	}
	if err != nil {
		return fmt.Errorf("read the bounds of the log: %w", err)
	}
	return nil
}

// ceilMillis rounds up, so that comparing whole milliseconds is exact.
func ceilMillis(t time.Time) int64 { return t.Add(time.Millisecond - 1).UnixMilli() }

func floorHour(ms int64) int64 { return ms / millisPerHour }

// walk reads a stretch of four pages of the log in order.
func (s *Store) walk(ctx context.Context, r *readRange) ([]record, error) {
	text, after, until := walkNewest, r.after, r.until
	stretch := 4*int64(r.limit) + 100
	if r.oldest {
		text, until = walkOldest, min(until, after+stretch)
	} else {
		after = max(after, until-stretch)
	}
	records, err := s.collect(ctx, r.limit, text, after, until, r.limit, r.wanted, r.from, r.to)
	if err != nil {
		return nil, fmt.Errorf("read the log: %w", err)
	}
	if r.oldest {
		r.after = until
	} else {
		r.until = after
	}
	return records, nil
}

// seek finds further rows by the index of circumstances.
func (s *Store) seek(ctx context.Context, r *readRange, limit int) ([]record, error) {
	text := seekNewest
	if r.oldest {
		text = seekOldest
	}
	records, err := s.collect(ctx, limit, text, r.after, r.until, limit, r.wanted, r.from, r.to)
	if err != nil {
		return nil, fmt.Errorf("search the log: %w", err)
	}
	return records, nil
}

// readReceipt looks a decision up by its id and holds it against the other
// conditions.
func (s *Store) readReceipt(ctx context.Context, query consent.LogQuery) ([]consent.Entry, error) {
	records, err := s.collect(ctx, 1, byReceipt, string(query.Site), query.ID[:])
	if err != nil {
		return nil, fmt.Errorf("find the receipt: %w", err)
	}
	entries, err := s.entries(ctx, records)
	if err != nil || len(entries) == 0 || matches(&entries[0], query) {
		return entries, err
	}
	return nil, nil
}

func matches(e *consent.Entry, query consent.LogQuery) bool {
	switch {
	case !query.From.IsZero() && e.Time.Before(query.From), !query.To.IsZero() && !e.Time.Before(query.To):
		return false
	case query.Language != "" && e.Language != query.Language, query.Notice != 0 && e.Notice != query.Notice:
		return false
	case query.Method != "" && e.Method != query.Method, query.Category != "" && !grantsAny(e.Choice, query.Category):
		return false
	case query.After == 0:
		return true
	case query.Oldest:
		return e.Index > query.After
	default:
		return e.Index < query.After
	}
}

// grantsAny says that a choice grants a category, wholly or in part.
func grantsAny(choice consent.Choice, category consent.CategoryKey) bool {
	if choice.Categories[category] {
		return true
	}
	prefix := string(category) + "/"
	for ref, granted := range choice.Services {
		if granted && len(ref) > len(prefix) && string(ref[:len(prefix)]) == prefix {
			return true
		}
	}
	return false
}

// Decisions gives all that a visitor has decided on a site, oldest first.
func (s *Store) Decisions(ctx context.Context, site consent.SiteKey, visitor consent.VisitorKey) ([]consent.Entry, error) {
	if visitor.IsZero() {
		return nil, nil
	}
	first, rest := splitVisitor(visitor)
	records, err := s.collect(ctx, 0, byVisitor, first, rest, string(site))
	if err != nil {
		return nil, fmt.Errorf("find the visitor's decisions: %w", err)
	}
	return s.entries(ctx, records)
}

// collect reads the rows of a statement, of which some are expected.
func (s *Store) collect(ctx context.Context, expected int, text string, args ...any) ([]record, error) {
	rows, err := s.reads.query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	records := make([]record, 0, expected)
	var scan scanner
	var frozen, held bool
	for rows.Next() {
		rec, err := scan.record(rows, &frozen, &held)
		if err != nil {
			return nil, err
		}
		rec.frozen, rec.held = frozen, held
		records = append(records, rec)
	}
	return records, rows.Err()
}

// scanner reads decisionColumns and what follows them. What it reads into is
// made once for all rows of a page.
type scanner struct {
	rec                record
	visitor            sql.NullInt64
	id, rest, previous sql.RawBytes
	into               []any
}

func (s *scanner) record(rows *sql.Rows, more ...any) (record, error) {
	if s.into == nil {
		s.into = append([]any{&s.rec.seq, &s.rec.circumstance, &s.id, &s.visitor, &s.rest, &s.previous, &s.rec.time, &s.rec.skew}, more...)
	}
	if err := rows.Scan(s.into...); err != nil {
		return record{}, fmt.Errorf("read a decision: %w", err)
	}
	rec := s.rec
	copy(rec.id[:], s.id)
	copy(rec.previous[:], s.previous)
	rec.visitor = joinVisitor(s.visitor, s.rest)
	return rec, nil
}

func (s *Store) entries(ctx context.Context, records []record) ([]consent.Entry, error) {
	entries := make([]consent.Entry, len(records))
	for i := range records {
		shared, err := s.circumstance(ctx, records[i].circumstance)
		if err != nil {
			return nil, err
		}
		records[i].shared = shared
		records[i].into(&entries[i])
		entries[i].Frozen, entries[i].Held = records[i].frozen, records[i].held
	}
	return entries, nil
}

// circumstance gives a row of that table, from memory where it is known.
func (s *Store) circumstance(ctx context.Context, id int64) (*circumstance, error) {
	if c := s.shared.get(id); c != nil {
		return c, nil
	}
	c, err := readCircumstance(ctx, s.reads, id)
	if err == nil {
		s.shared.keep(map[circumstanceKey]*circumstance{c.key: c})
	}
	return c, err
}

func readCircumstance(ctx context.Context, reads *statements, id int64) (*circumstance, error) {
	c := &circumstance{id: id}
	k := &c.key
	var notice, bundle []byte
	var organisation string
	err := reads.row(ctx, circumstanceByID, id).
		Scan(&c.site, &k.site, &k.notice, &k.bundle, &k.language, &k.method, &k.layer, &k.state, &k.gpc, &k.choice,
			&notice, &bundle, &organisation)
	if err == nil {
		err = json.Unmarshal([]byte(k.choice), &c.choice)
	}
	if err != nil {
		return nil, fmt.Errorf("read circumstance %d: %w", id, err)
	}
	c.encode(organisation, notice, bundle)
	return c, nil
}

package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// row is a decision on its way into the log. It holds nothing of the caller's,
// who may have gone by the time it is written.
type row struct {
	key      circumstanceKey
	shared   *circumstance
	id       consent.DecisionID
	visitor  consent.VisitorKey
	previous consent.DecisionID
	time     int64 // milliseconds
	skew     int64 // seconds
	salt     ledger.Salt
	seq      int64
	earlier  *consent.Entry // what was stored first under this id

	tree       *growing // where its leaf is; the writer's own
	index      int64
	origin     string
	checkpoint []byte // that holds the leaf
}

// Append stores a decision, or gives the one that was stored first.
func (s *Store) Append(ctx context.Context, d *consent.Decision) (*consent.Appended, error) {
	key, err := check(d)
	if err != nil {
		return nil, err
	}
	r := newRequest()
	s.fill(&r.row, d, key)
	if err := s.writer.submit(ctx, r); err != nil {
		return nil, err
	}
	defer r.recycle()
	if r.err != nil {
		return nil, r.err
	}
	if r.row.earlier != nil {
		proof, err := s.proof(ctx, r.row.earlier)
		return &consent.Appended{Entry: *r.row.earlier, Proof: proof, Again: true}, err
	}
	entry := &consent.Appended{Entry: consent.Entry{Index: r.row.seq, Decision: *d}}
	entry.Time, entry.Skew = moment(r.row.time), time.Duration(r.row.skew)*time.Second
	entry.Choice = normal(d.Choice)
	entry.Proof = consent.Proof{Origin: r.row.origin, Index: r.row.index, Salt: r.row.salt, Checkpoint: r.row.checkpoint}
	return entry, nil
}

// maxSkew is ten years.
const maxSkew = 10 * 365 * 24 * 60 * 60

func check(d *consent.Decision) (circumstanceKey, error) {
	if d.ID.IsZero() {
		return circumstanceKey{}, consent.Errorf(consent.Invalid, "no_id", "The decision has no id. Send a UUID version 7.")
	}
	if d.Time.UnixMilli() <= 0 {
		return circumstanceKey{}, consent.Errorf(consent.Invalid, "no_time", "The decision has no time. Set the server's.")
	}
	return keyOf(d)
}

func (s *Store) fill(r *row, d *consent.Decision, key circumstanceKey) {
	*r = row{
		id: d.ID, visitor: d.Visitor, previous: d.Previous, time: millis(d.Time),
		skew: min(max(int64(d.Skew/time.Second), -maxSkew), maxSkew),
	}
	if r.shared = s.shared.find(key); r.shared == nil {
		r.key = key.owned()
	}
}

// entry is the row as a reader would find it.
func (r *row) entry() *consent.Entry {
	e := &consent.Entry{}
	r.into(e)
	return e
}

func (r *row) into(e *consent.Entry) {
	e.Index, e.ID, e.Visitor, e.Previous = r.seq, r.id, r.visitor, r.previous
	e.Time, e.Skew = moment(r.time), time.Duration(r.skew)*time.Second
	r.shared.fill(&e.Decision)
}

// append inserts a batch's decisions. Rows that cannot be stored get their
// error; what it returns itself ends the batch.
func (w *writer) append(ctx context.Context, batch []*request, fresh map[circumstanceKey]*circumstance) error {
	w.inserts.clear()
	for _, r := range batch {
		if r.job != nil {
			continue
		}
		err := w.resolve(ctx, &r.row, fresh)
		if err == nil {
			err = w.follow(ctx, &r.row)
		}
		if err != nil {
			if isFault(err) {
				return err
			}
			r.err = err
			continue
		}
		w.inserts.requests = append(w.inserts.requests, r)
	}
	if len(w.inserts.requests) == 0 {
		return nil
	}
	w.growers.salt(w.inserts.requests)
	if err := w.conn.Raw(w.inserts.run); err != nil {
		return fmt.Errorf("insert decisions: %w", err)
	}
	for _, span := range w.inserts.uncertain {
		if err := w.settle(ctx, span); err != nil {
			return err
		}
	}
	if err := w.grow(ctx, w.inserts.requests); err != nil {
		return err
	}
	return w.conn.Raw(w.inserts.count)
}

// resolve gives the row its circumstance.
func (w *writer) resolve(ctx context.Context, r *row, fresh map[circumstanceKey]*circumstance) (err error) {
	if r.shared != nil {
		return nil
	}
	if r.shared = w.shared.find(r.key); r.shared != nil {
		return nil
	}
	if r.shared = fresh[r.key]; r.shared != nil {
		return nil
	}
	if r.shared, err = intern(ctx, w.conn, r.key); err == nil {
		fresh[r.key] = r.shared
	}
	return err
}

// follow refuses a row that names a decision of another visitor as its earlier one:
// the chain of a visitor's decisions is evidence. One that is not in the log was
// erased, has expired or never came, and says nothing.
func (w *writer) follow(ctx context.Context, r *row) error {
	if r.previous.IsZero() {
		return nil
	}
	owner, err := w.followed(ctx, r)
	if err != nil || owner == r.visitor || owner == (consent.VisitorKey{}) {
		return err
	}
	return consent.Errorf(consent.Conflict, "foreign_previous",
		"The decision %s follows one of another visitor. Send this visitor's own earlier decision as previous, or leave it out.", r.id.String())
}

// followed gives the key of the visitor whose decision the row follows, in this batch
// or earlier; none when the row itself was in the log already.
func (w *writer) followed(ctx context.Context, r *row) (consent.VisitorKey, error) {
	for _, earlier := range w.inserts.requests {
		if earlier.row.shared.site == r.shared.site && earlier.row.id == r.previous {
			return earlier.row.visitor, nil
		}
	}
	var first sql.NullInt64
	var rest []byte
	err := w.conn.QueryRowContext(ctx, `
SELECT visitor, visitor_rest FROM decision
WHERE site = ?1 AND id = ?2 AND ?3 NOT IN (SELECT id FROM decision WHERE site = ?1 AND id = ?3 UNION SELECT id FROM erased WHERE site = ?1 AND id = ?3)`,
		r.shared.site, r.previous[:], r.id[:]).Scan(&first, &rest)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return consent.VisitorKey{}, fmt.Errorf("read the earlier decision: %w", err)
	}
	return joinVisitor(first, rest), nil
}

// settle finds out about rows of which some were not inserted, because their id
// is in the log already or was erased.
func (w *writer) settle(ctx context.Context, span []*request) error {
	inserted, err := w.insertedBetween(ctx, span[0].row.seq, span[len(span)-1].row.seq)
	if err != nil {
		return err
	}
	for _, r := range span {
		if r.err != nil || inserted[r.row.seq] {
			continue
		}
		if r.err, err = w.conflict(ctx, &r.row); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) insertedBetween(ctx context.Context, first, last int64) (map[int64]bool, error) {
	rows, err := w.conn.QueryContext(ctx, "SELECT seq FROM decision WHERE seq BETWEEN ? AND ?", first, last)
	if err != nil {
		return nil, fmt.Errorf("read what was inserted: %w", err)
	}
	defer rows.Close()
	inserted := make(map[int64]bool)
	for rows.Next() {
		var seq int64
		if err := rows.Scan(&seq); err != nil {
			return nil, err
		}
		inserted[seq] = true
	}
	return inserted, rows.Err()
}

// conflict compares a row with the one stored first under its id.
func (w *writer) conflict(ctx context.Context, r *row) (refusal, err error) {
	var visitor sql.NullInt64
	var rest, previous []byte
	stored := *r
	var circumstanceID int64
	var frozen bool
	err = w.conn.QueryRowContext(ctx, `
SELECT seq, circumstance, visitor, visitor_rest, previous, time, skew, EXISTS (SELECT 1 FROM frozen WHERE frozen.seq = decision.seq)
FROM decision WHERE site = ? AND id = ?`, r.shared.site, r.id[:]).
		Scan(&stored.seq, &circumstanceID, &visitor, &rest, &previous, &stored.time, &stored.skew, &frozen)
	if errors.Is(err, sql.ErrNoRows) {
		return errErased(r.id.String()), nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the decision stored first: %w", err)
	}
	stored.visitor = joinVisitor(visitor, rest)
	stored.previous = consent.DecisionID{}
	copy(stored.previous[:], previous)
	if circumstanceID != r.shared.id || stored.visitor != r.visitor || stored.previous != r.previous {
		return consent.Errorf(consent.Conflict, "other_content", "The decision %s is in the log with other content. Make a new id for a new decision.", r.id.String()), nil
	}
	r.earlier = stored.entry()
	r.earlier.Frozen = frozen
	return nil, nil
}

// splitVisitor gives a key's first 8 bytes as a number for the index, and the rest.
func splitVisitor(key consent.VisitorKey) (int64, []byte) {
	return int64(binary.BigEndian.Uint64(key[:8])), key[8:] //nolint:gosec // the same 64 bits, only compared for equality
}

func joinVisitor(first sql.NullInt64, rest []byte) (key consent.VisitorKey) {
	if first.Valid {
		binary.BigEndian.PutUint64(key[:8], uint64(first.Int64)) //nolint:gosec // the same 64 bits
		copy(key[8:], rest)
	}
	return key
}

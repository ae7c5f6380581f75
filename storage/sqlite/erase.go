package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// namedColumns is what is read of a decision that an erasure names.
const namedColumns = `seq, id, time, coalesce((SELECT reason FROM frozen WHERE frozen.seq = decision.seq), '')`

// The decisions that an erasure or a restriction names: all of a visitor's, or
// one by its id.
const (
	ofVisitor = `
SELECT ` + namedColumns + ` FROM decision
WHERE visitor = ? AND visitor_rest = ? AND site = (SELECT id FROM site WHERE key = ?) ORDER BY seq`
	ofReceipt = `
SELECT ` + namedColumns + ` FROM decision
WHERE id = ? AND site = (SELECT id FROM site WHERE key = ?) ORDER BY seq`

	// No number is 0: nothing is left of a decision that the database never had.
	insertAbsent = `
INSERT INTO erased (site, id, seq, time) SELECT id, ?, 0, ? FROM site WHERE key = ?`

	insertErased = `
INSERT INTO erased (site, id, seq, time) SELECT site, id, seq, ? FROM decision WHERE seq = ?`
	deleteErased = `DELETE FROM decision WHERE seq = ?`
)

// named is a decision that an erasure, an expiry or a restriction names.
type named struct {
	seq, time int64
	id        consent.DecisionID
	frozen    consent.RestrictionReason // empty when it is not
}

// naming gives the statement that reads those, and no arguments when nobody is
// named.
func naming(site consent.SiteKey, visitor consent.VisitorKey, id consent.DecisionID) (text string, args []any) {
	switch {
	case !id.IsZero():
		return ofReceipt, []any{id[:], string(site)}
	case !visitor.IsZero():
		first, rest := splitVisitor(visitor)
		return ofVisitor, []any{first, rest, string(site)}
	default:
		return "", nil
	}
}

// Erase removes records and salts, leaves stubs, and appends a leaf to each tree
// that says which are gone. The bytes are overwritten in the database and leave
// the WAL with the next quiet moment.
func (s *Store) Erase(ctx context.Context, site consent.SiteKey, what consent.Erasure) (int, error) {
	if err := what.CheckReason(); err != nil {
		return 0, err
	}
	if what.Actor == consent.ActorVisitor {
		return s.erase(ctx, site, what, exceptClaims)
	}
	if err := s.restrictAgain(ctx); err != nil {
		return 0, err
	}
	return s.erase(ctx, site, what, unfrozen)
}

// may says which of the decisions that an erasure names it may remove, or why none.
type may func(all []named) ([]named, error)

// everything is for what had been erased before.
func everything(all []named) ([]named, error) { return all, nil }

// exceptClaims leaves what is needed for a legal claim: that outweighs the
// visitor's wish (GDPR art. 17(3)(e)), and no other freeze does.
func exceptClaims(all []named) ([]named, error) {
	return slices.DeleteFunc(all, func(one named) bool { return one.frozen == consent.ReasonClaim }), nil
}

// unfrozen has the operator release first what shall go.
func unfrozen(all []named) ([]named, error) {
	if held := frozenAmong(all); held > 0 {
		return nil, errFrozen(held)
	}
	return all, nil
}

// erase removes those that it may.
func (s *Store) erase(ctx context.Context, site consent.SiteKey, what consent.Erasure, may may) (int, error) {
	text, args := naming(site, what.Visitor, what.ID)
	if args == nil {
		return 0, nil
	}
	var gone []named
	var noted atomic.Bool // the caller may have left before the writer comes to it
	err := s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) (err error) {
		if gone, err = readNamed(ctx, conn, text, args...); err != nil {
			return err
		}
		if gone, err = may(gone); err != nil || len(gone) == 0 {
			return err
		}
		if err := remove(ctx, conn, gone, what.Time); err != nil {
			return err
		}
		told, err := s.writer.locate(ctx, site, gone)
		if err != nil {
			return err
		}
		// Only now, because what cannot be told is not erased, at the next start neither.
		if err := s.journal.Add(erasureLines(site, gone, what)); err != nil {
			return err
		}
		noted.Store(true)
		return s.writer.tell(ctx, told, ledger.Event{
			Kind: ledger.Erase, Time: what.Time, Actor: string(what.Actor), Reason: string(what.Reason),
		})
	})
	if err != nil && noted.Load() {
		return 0, errUnfinished(err)
	}
	if err != nil {
		return 0, err
	}
	return len(gone), nil
}

func frozenAmong(all []named) (held int) {
	for _, one := range all {
		if one.frozen != "" {
			held++
		}
	}
	return held
}

func errFrozen(held int) error {
	return consent.Errorf(consent.Conflict, "frozen",
		"Frozen (GDPR art. 18): %d. Nothing was erased. Release first what shall go: samtykke log release. The visitor can erase it with the token, unless it is needed for a claim.", held)
}

// erasureLines keep an erasure through a restore.
func erasureLines(site consent.SiteKey, gone []named, what consent.Erasure) []ledger.Line {
	lines := make([]ledger.Line, len(gone))
	for i, one := range gone {
		lines[i] = ledger.Line{Site: site, ID: one.id, Time: inJournal(what.Time), Actor: what.Actor, Ground: what.Reason}
	}
	return lines
}

// forget erases again what a database that was put back from a backup still
// holds, after it has learnt again what is frozen.
func (s *Store) forget(ctx context.Context) error {
	if err := s.restrictAgain(ctx); err != nil {
		return err
	}
	lines, err := s.journal.Load()
	if err != nil {
		return err
	}
	again := 0
	for _, line := range lines {
		if line.ID.IsZero() {
			continue
		}
		n, err := s.forgetOne(ctx, line)
		if err != nil {
			return fmt.Errorf("erase again what was erased before: %w", err)
		}
		again += n
	}
	if again > 0 {
		s.log.WarnContext(ctx, "decisions that had been erased were in the database again, and were erased again", "decisions", again)
	}
	if s.restoring {
		return nil
	}
	return s.listAgain(ctx, lines)
}

// forgetOne erases a decision that is there. For one that the backup never had
// it leaves the stub, so that the browser's late retry cannot bring it back.
func (s *Store) forgetOne(ctx context.Context, line ledger.Line) (int, error) {
	var stub sql.NullInt64
	var there bool
	err := s.reads.row(ctx, oneErased, string(line.Site), line.ID[:]).Scan(&stub, &there)
	switch {
	case errors.Is(err, sql.ErrNoRows): // the site is not there
		return 0, nil
	case err != nil:
		return 0, err
	case there:
		actor, ground := again(line)
		return s.erase(ctx, line.Site, consent.Erasure{ID: line.ID, Actor: actor, Reason: ground, Time: line.Time}, everything)
	case stub.Valid:
		return 0, nil
	}
	return 0, s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, insertAbsent, line.ID[:], millis(line.Time), string(line.Site))
		return err
	})
}

func readNamed(ctx context.Context, conn querier, text string, args ...any) ([]named, error) {
	rows, err := conn.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("find what to erase: %w", err)
	}
	defer rows.Close()
	var found []named
	for rows.Next() {
		var one named
		var id sql.RawBytes
		if err := rows.Scan(&one.seq, &id, &one.time, &one.frozen); err != nil {
			return nil, err
		}
		copy(one.id[:], id)
		found = append(found, one)
	}
	return found, rows.Err()
}

func remove(ctx context.Context, conn *sql.Conn, gone []named, now time.Time) error {
	for _, one := range gone {
		if _, err := conn.ExecContext(ctx, insertErased, millis(now), one.seq); err != nil {
			return fmt.Errorf("leave a stub: %w", err)
		}
		if one.frozen != "" {
			if _, err := conn.ExecContext(ctx, deleteFrozen, one.seq); err != nil {
				return fmt.Errorf("release a decision: %w", err)
			}
		}
		if _, err := conn.ExecContext(ctx, deleteErased, one.seq); err != nil {
			return fmt.Errorf("remove a decision: %w", err)
		}
	}
	return nil
}

// locateAll finds the leaves of decisions that come in order. Many follow each
// other in the tree as they do in the log.
func locateAll(ctx context.Context, from querier, t *tree, gone []named) ([]int64, error) {
	indexes := make([]int64, 0, len(gone))
	next := t.size // nothing follows yet
	for _, one := range gone {
		index, found := next, false
		if next < t.size {
			seq, event, err := leafSeq(ctx, from, leafID(t.id, next))
			if err != nil {
				return nil, err
			}
			found = seq == one.seq && !event
		}
		if !found {
			var err error
			if index, found, err = locate(ctx, from, t, one.seq); err != nil {
				return nil, err
			}
		}
		if found {
			indexes, next = append(indexes, index), index+1
		}
	}
	return indexes, nil
}

// appendEvent adds a leaf about the tree itself.
func (w *writer) appendEvent(ctx context.Context, t *growing, event *ledger.Event) error {
	newest, err := w.newestNumber(ctx)
	if err != nil {
		return err
	}
	return w.appendEventAfter(ctx, t, newest, event)
}

// newestNumber gives the newest that was given, though its decision be gone: no
// other may get it.
func (w *writer) newestNumber(ctx context.Context) (newest int64, err error) {
	if err := w.conn.QueryRowContext(ctx, newestNumber).Scan(&newest); err != nil {
		return 0, fmt.Errorf("read the newest index: %w", err)
	}
	return newest, checkNumbers(newest)
}

// appendEventAfter adds it behind the leaf of a decision and before the next one's.
func (w *writer) appendEventAfter(ctx context.Context, t *growing, seq int64, event *ledger.Event) error {
	body, err := event.Encode()
	if err != nil {
		return err
	}
	w.growers.evented = true
	w.growers.begin()
	index := w.growers.append(t, seq, ledger.EventLeaf(body))
	if err := w.storeLeaves(ctx); err != nil {
		return err
	}
	if _, err := w.conn.ExecContext(ctx, "INSERT INTO event (leaf, body) VALUES (?, ?)", leafID(t.id, index), string(body)); err != nil {
		return fmt.Errorf("store the event: %w", err)
	}
	return nil
}

package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

const (
	insertFrozen = `
INSERT INTO frozen (seq, time, reason, why) VALUES (?, ?, ?, ?)
ON CONFLICT (seq) DO UPDATE SET time = excluded.time, reason = excluded.reason, why = excluded.why WHERE frozen.reason = 'asked'`
	deleteFrozen = `DELETE FROM frozen WHERE seq = ?`
)

// Restrict freezes decisions, or releases them. It is noted in the journal, so
// that it outlasts a database that is put back from a backup.
func (s *Store) Restrict(ctx context.Context, site consent.SiteKey, what consent.Restriction) (int, error) {
	text, args := naming(site, what.Visitor, what.ID)
	if args == nil {
		return 0, nil
	}
	changed := 0
	err := s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		all, err := readNamed(ctx, conn, text, args...)
		if err != nil {
			return err
		}
		var lines []ledger.Line
		for _, one := range all {
			if !changes(what, one.frozen) {
				continue
			}
			if err := s.refuseUnfinished(site, one.id); err != nil {
				return err
			}
			if err := restrict(ctx, conn, one.seq, what); err != nil {
				return err
			}
			lines = append(lines, restrictionLine(site, one.id, what))
		}
		if changed = len(lines); changed == 0 {
			return nil
		}
		return s.journal.Add(lines)
	})
	return changed, err
}

// refuseUnfinished refuses a decision whose erasure has begun: the next start
// finishes it, whatever else was promised meanwhile.
func (s *Store) refuseUnfinished(site consent.SiteKey, id consent.DecisionID) error {
	begun, err := s.journal.Erases(site, id)
	if err == nil && begun {
		err = consent.Errorf(consent.Conflict, "erasure_unfinished",
			"The erasure of the decision %s has begun and is not finished: ask for it again, or start the server anew, which finishes it. Nothing was frozen or released.", id)
	}
	return err
}

// changes says whether a restriction changes a decision that is frozen for a
// reason, or not frozen.
func changes(what consent.Restriction, frozen consent.RestrictionReason) bool {
	if !what.Release {
		return frozen == "" || outweighs(what.Reason, frozen)
	}
	return frozen != "" && (what.Reason == "" || what.Reason == frozen)
}

// outweighs says whether a reason takes the place of the one that a decision is
// frozen for. The visitor may release what they asked for, and must not thereby
// release what is needed for a legal claim, whoever froze it first.
func outweighs(reason, frozen consent.RestrictionReason) bool {
	return frozen == consent.ReasonAsked && reason != consent.ReasonAsked
}

func restrict(ctx context.Context, conn *sql.Conn, seq int64, what consent.Restriction) (err error) {
	if what.Release {
		_, err = conn.ExecContext(ctx, deleteFrozen, seq)
	} else {
		_, err = conn.ExecContext(ctx, insertFrozen, seq, millis(what.Time), string(what.Reason), what.Why)
	}
	if isConstraint(err) {
		return &consent.Error{Kind: consent.Invalid, Code: "invalid_restriction", Message: "The restriction breaks a rule. Give a known reason and a time.", Err: err}
	}
	if err != nil {
		return fmt.Errorf("restrict a decision: %w", err)
	}
	return nil
}

func restrictionLine(site consent.SiteKey, id consent.DecisionID, what consent.Restriction) ledger.Line {
	line := ledger.Line{Site: site, Frozen: id, Reason: what.Reason, Time: inJournal(what.Time)}
	if what.Release {
		line.Frozen, line.Released, line.Reason = consent.DecisionID{}, id, ""
	}
	return line
}

// inJournal is how times stand in the journal.
func inJournal(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

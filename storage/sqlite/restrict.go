package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

const (
	insertFrozen = `INSERT INTO frozen (seq, time, reason) VALUES (?, ?, ?)`
	deleteFrozen = `DELETE FROM frozen WHERE seq = ?`

	// isFrozen gives no row for a decision that is not there.
	isFrozen = `
SELECT EXISTS (SELECT 1 FROM frozen WHERE frozen.seq = decision.seq)
FROM decision WHERE site = (SELECT id FROM site WHERE key = ?) AND id = ?`
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
			if one.frozen != what.Release {
				continue
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

func restrict(ctx context.Context, conn *sql.Conn, seq int64, what consent.Restriction) (err error) {
	if what.Release {
		_, err = conn.ExecContext(ctx, deleteFrozen, seq)
	} else {
		_, err = conn.ExecContext(ctx, insertFrozen, seq, millis(what.Time), string(what.Reason))
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

// restrictAgain freezes and releases what a database that was put back from a
// backup has otherwise: the last word on each decision counts.
func (s *Store) restrictAgain(ctx context.Context, lines []ledger.Line) error {
	type name struct {
		site consent.SiteKey
		id   consent.DecisionID
	}
	last := make(map[name]consent.Restriction)
	for _, line := range lines {
		switch {
		case !line.Frozen.IsZero():
			last[name{line.Site, line.Frozen}] = consent.Restriction{ID: line.Frozen, Reason: line.Reason, Time: line.Time}
		case !line.Released.IsZero():
			last[name{line.Site, line.Released}] = consent.Restriction{ID: line.Released, Release: true, Time: line.Time}
		}
	}
	again := 0
	for what, restriction := range last {
		var frozen bool
		err := s.reads.row(ctx, isFrozen, string(what.site), what.id[:]).Scan(&frozen)
		if errors.Is(err, sql.ErrNoRows) || err == nil && frozen != restriction.Release {
			continue
		}
		if err != nil {
			return fmt.Errorf("look for what was frozen: %w", err)
		}
		n, err := s.Restrict(ctx, what.site, restriction)
		if err != nil {
			return fmt.Errorf("restrict again what was restricted before: %w", err)
		}
		again += n
	}
	if again > 0 {
		s.log.WarnContext(ctx, "the database did not know which decisions are frozen, and was told again", "decisions", again)
	}
	return nil
}

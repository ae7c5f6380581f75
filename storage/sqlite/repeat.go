package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// All of them run on the writing connection: two that ask at once are told apart there.
const (
	endRepeats   = `DELETE FROM repeat WHERE asked <= ?`
	beginRepeat  = `INSERT INTO repeat (id, request, asked) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`
	oneRepeat    = `SELECT request, status, location, body FROM repeat WHERE id = ?`
	answerRepeat = `UPDATE repeat SET status = ?2, location = ?3, body = ?4 WHERE id = ?1`
	dropRepeat   = `DELETE FROM repeat WHERE id = ?`
)

// BeginRepeat stores what a program asks for, or gives what is known of it.
func (s *Store) BeginRepeat(ctx context.Context, id, request consent.Hash, now time.Time) (known *consent.Repeat, err error) {
	err = s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		known, err = begunRepeat(ctx, conn, id, request, now)
		return err
	})
	return known, err
}

func begunRepeat(ctx context.Context, conn *sql.Conn, id, request consent.Hash, now time.Time) (*consent.Repeat, error) {
	if _, err := conn.ExecContext(ctx, endRepeats, millis(now.Add(-consent.RepeatLasts))); err != nil {
		return nil, fmt.Errorf("end old repeats: %w", err)
	}
	done, err := conn.ExecContext(ctx, beginRepeat, id[:], request[:], millis(now))
	if err != nil {
		return nil, fmt.Errorf("store the repeat: %w", err)
	}
	if fresh, err := done.RowsAffected(); err != nil || fresh > 0 {
		return nil, err
	}
	known := &consent.Repeat{ID: id}
	var asked []byte
	if err := conn.QueryRowContext(ctx, oneRepeat, id[:]).Scan(&asked, &known.Status, &known.Location, &known.Body); err != nil {
		return nil, fmt.Errorf("read the repeat: %w", err)
	}
	copy(known.Request[:], asked)
	return known, nil
}

// AnswerRepeat keeps the answer.
func (s *Store) AnswerRepeat(ctx context.Context, r *consent.Repeat) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		if _, err := conn.ExecContext(ctx, answerRepeat, r.ID[:], r.Status, r.Location, r.Body); err != nil {
			return fmt.Errorf("store the answer: %w", err)
		}
		return nil
	})
}

// DropRepeat forgets one.
func (s *Store) DropRepeat(ctx context.Context, id consent.Hash) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		if _, err := conn.ExecContext(ctx, dropRepeat, id[:]); err != nil {
			return fmt.Errorf("forget the repeat: %w", err)
		}
		return nil
	})
}

// EndRepeats forgets those whose day is over.
func (s *Store) EndRepeats(ctx context.Context, now time.Time) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		if _, err := conn.ExecContext(ctx, endRepeats, millis(now.Add(-consent.RepeatLasts))); err != nil {
			return fmt.Errorf("end old repeats: %w", err)
		}
		return nil
	})
}

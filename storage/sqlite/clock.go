package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

const (
	saveClock = `INSERT OR REPLACE INTO clock (one, last, "from", since) VALUES (1, ?, ?, ?)`
	readClock = `SELECT last, "from", since FROM clock`
)

// SaveClock remembers how the host's clock went.
func (s *Store) SaveClock(ctx context.Context, clock consent.Clock) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		if _, err := conn.ExecContext(ctx, saveClock, millis(clock.Last), millisOrNone(clock.From), millisOrNone(clock.Since)); err != nil {
			return fmt.Errorf("remember the clock: %w", err)
		}
		return nil
	})
}

// Clock gives how the host's clock went.
func (s *Store) Clock(ctx context.Context) (consent.Clock, error) {
	var last, from, since int64
	err := s.reads.row(ctx, readClock).Scan(&last, &from, &since)
	if errors.Is(err, sql.ErrNoRows) {
		return consent.Clock{}, nil
	}
	if err != nil {
		return consent.Clock{}, fmt.Errorf("read how the clock went: %w", err)
	}
	return consent.Clock{Last: moment(last), From: momentOrNone(from), Since: momentOrNone(since)}, nil
}

package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

const (
	giveDay   = `INSERT INTO given_day (site, day, rows) SELECT id, ?2, ?3 FROM site WHERE key = ?1 ON CONFLICT DO NOTHING`
	givenDays = `
SELECT day, rows FROM given_day
WHERE site = (SELECT id FROM site WHERE key = ?1) AND day BETWEEN ?2 AND ?3 ORDER BY day`
)

// GiveDays keeps what is said of days for the first time.
func (s *Store) GiveDays(ctx context.Context, site consent.SiteKey, days []consent.GivenDay, from, to consent.Day) ([]consent.GivenDay, error) {
	err := s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		for _, one := range days {
			if _, err := conn.ExecContext(ctx, giveDay, string(site), int64(one.Day), string(one.Rows)); err != nil {
				return fmt.Errorf("keep what was said of %s: %w", one.Day, err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	all, err := listed(ctx, s.reads, givenDays, func(row oneRow) (*consent.GivenDay, error) {
		var day int64
		var rows string
		err := row.Scan(&day, &rows)
		return &consent.GivenDay{Day: consent.Day(day), Rows: []byte(rows)}, err //nolint:gosec // a day fits
	}, string(site), int64(from), int64(to))
	if err != nil {
		return nil, fmt.Errorf("list what was said of days: %w", err)
	}
	return all, nil
}

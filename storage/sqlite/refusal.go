package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const (
	countRefusal = `
INSERT INTO refusal_count (site, day, notice, language, count)
SELECT notice.site, ?1, notice.number, ?2, 1 FROM notice JOIN site ON site.id = notice.site
WHERE site.key = ?3 AND notice.number = ?4
ON CONFLICT (site, day, notice, language) DO UPDATE SET count = count + 1
RETURNING site`
	allRefusals = `
SELECT day, notice, language, count FROM refusal_count WHERE site = (SELECT id FROM site WHERE key = ?)
ORDER BY day DESC, notice DESC, language`
)

// CountRefusal adds one to a number, and keeps nothing else.
func (s *Store) CountRefusal(ctx context.Context, site consent.SiteKey, notice consent.NoticeNumber, language consent.Language, now time.Time) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		var id int64
		day := now.Unix() / secondsPerDay
		err := conn.QueryRowContext(ctx, countRefusal, day, string(language), string(site), int(notice)).Scan(&id)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return consent.Errorf(consent.NotFound, "unknown_notice", "The site %s has no notice %d.", site, notice)
		case isConstraint(err):
			return &consent.Error{Kind: consent.Invalid, Code: "invalid_refusal", Message: "The refusal breaks a rule. Send one of the site's languages.", Err: err}
		case err != nil:
			return fmt.Errorf("count a refusal: %w", err)
		}
		if _, err := conn.ExecContext(ctx, addTally, id, day, "stored", 1); err != nil {
			return fmt.Errorf("count what is stored: %w", err)
		}
		return nil
	})
}

// Refusals lists a site's counts, newest day first.
func (s *Store) Refusals(ctx context.Context, site consent.SiteKey) ([]consent.RefusalCount, error) {
	var counts []consent.RefusalCount
	err := s.reads.each(ctx, allRefusals, func(rows *sql.Rows) error {
		c := consent.RefusalCount{Site: site}
		var day int64
		if err := rows.Scan(&day, &c.Notice, &c.Language, &c.Count); err != nil {
			return err
		}
		c.Day = time.Unix(day*secondsPerDay, 0).UTC()
		counts = append(counts, c)
		return nil
	}, string(site))
	if err != nil {
		return nil, fmt.Errorf("list the refusals: %w", err)
	}
	return counts, nil
}

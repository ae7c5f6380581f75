package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const (
	closedBetween = `
SELECT first, last, tables FROM closed_figures
WHERE site = (SELECT id FROM site WHERE key = ?1) AND last >= ?2 AND last < ?3 ORDER BY last`
	figuresJudged = `
SELECT figures_judged.day, (SELECT max(last) FROM closed_figures WHERE closed_figures.site = figures_judged.site)
FROM figures_judged WHERE site = (SELECT id FROM site WHERE key = ?)`
	addClosed = `
INSERT INTO closed_figures (site, first, last, tables) SELECT id, ?2, ?3, ?4 FROM site WHERE key = ?1`
	setJudged = `
INSERT INTO figures_judged (site, day) SELECT id, ?2 FROM site WHERE key = ?1
ON CONFLICT DO UPDATE SET day = excluded.day`
)

func dayNumber(at time.Time) int64 { return consent.MidnightOf(at).Unix() / secondsPerDay }

func midnightOf(day int64) time.Time { return time.Unix(day*secondsPerDay, 0).UTC() }

// ClosedFigures gives a site's closed tables by their last day.
func (s *Store) ClosedFigures(ctx context.Context, site consent.SiteKey, from, to time.Time) ([]consent.ClosedFigures, error) {
	all, err := listed(ctx, s.reads, closedBetween, func(row oneRow) (*consent.ClosedFigures, error) {
		var first, last int64
		var tables string
		err := row.Scan(&first, &last, &tables)
		return &consent.ClosedFigures{First: midnightOf(first), Last: midnightOf(last), Tables: []byte(tables)}, err
	}, string(site), dayNumber(from), dayNumber(to))
	if err != nil {
		return nil, fmt.Errorf("list the closed figures: %w", err)
	}
	return all, nil
}

// FiguresJudged says how far a site's days are judged and closed.
func (s *Store) FiguresJudged(ctx context.Context, site consent.SiteKey) (judged, closed time.Time, err error) {
	err = s.reads.each(ctx, figuresJudged, func(rows *sql.Rows) error {
		var day int64
		var last sql.NullInt64
		if err := rows.Scan(&day, &last); err != nil {
			return err
		}
		judged = midnightOf(day)
		if last.Valid {
			closed = midnightOf(last.Int64)
		}
		return nil
	}, string(site))
	if err != nil {
		err = fmt.Errorf("read how far the figures are: %w", err)
	}
	return judged, closed, err
}

// CloseFigures stores tables that are closed, all or none.
func (s *Store) CloseFigures(ctx context.Context, site consent.SiteKey, judged time.Time, closed []consent.ClosedFigures) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		for i := range closed {
			one := &closed[i]
			_, err := conn.ExecContext(ctx, addClosed, string(site), dayNumber(one.First), dayNumber(one.Last), string(one.Tables))
			if isConstraint(err) {
				return consent.Errorf(consent.Invalid, "figures_overlap", "The figures of %s are closed already or are none. Read them again.", one.Last.Format(time.DateOnly))
			}
			if err != nil {
				return fmt.Errorf("close figures: %w", err)
			}
		}
		done, err := conn.ExecContext(ctx, setJudged, string(site), dayNumber(judged))
		if err != nil {
			return fmt.Errorf("store how far the figures are: %w", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errNoSiteOr(err, site)
		}
		return nil
	})
}

func errNoSiteOr(err error, site consent.SiteKey) error {
	if err != nil {
		return err
	}
	return errNoSite(site)
}

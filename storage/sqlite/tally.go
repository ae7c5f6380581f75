package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const (
	addTally = `
INSERT INTO tally (site, day, kind, count) VALUES (?, ?, ?, ?)
ON CONFLICT (site, day, kind) DO UPDATE SET count = count + excluded.count`

	talliesBetween = `
SELECT day, kind, count FROM tally
WHERE site = (SELECT id FROM site WHERE key = ?) AND day >= ? AND day < ? ORDER BY day`
)

// AddTallies adds to the days' counts, all but what is stored.
func (s *Store) AddTallies(ctx context.Context, tallies []consent.Tally) error {
	if len(tallies) == 0 {
		return nil
	}
	tallies = append([]consent.Tally(nil), tallies...) // the caller may have gone
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		for i := range tallies {
			if err := addTallyOf(ctx, conn, &tallies[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

type kindCount struct {
	kind  string
	count int
}

// tookKind is what is counted of answers that took so long.
func tookKind(place int) string { return "took_" + strconv.Itoa(int(consent.Delays[place])) }

func addTallyOf(ctx context.Context, conn *sql.Conn, t *consent.Tally) error {
	var site int64
	err := conn.QueryRowContext(ctx, "SELECT id FROM site WHERE key = ?", string(t.Site)).Scan(&site)
	if errors.Is(err, sql.ErrNoRows) {
		return errNoSite(t.Site)
	}
	if err != nil {
		return fmt.Errorf("look for the site: %w", err)
	}
	kinds := []kindCount{{"shown", t.Shown}, {"decided", t.Decided}, {"acknowledged", t.Acknowledged}}
	for place, count := range t.Took {
		kinds = append(kinds, kindCount{tookKind(place), count})
	}
	for _, each := range kinds {
		if each.count == 0 {
			continue
		}
		_, err := conn.ExecContext(ctx, addTally, site, t.Day.Unix()/secondsPerDay, each.kind, each.count)
		if isConstraint(err) {
			return &consent.Error{Kind: consent.Invalid, Code: "invalid_tally", Message: "The count breaks a rule. Send one above 0.", Err: err}
		}
		if err != nil {
			return fmt.Errorf("count: %w", err)
		}
	}
	return nil
}

// Tallies gives a site's days from one moment to another, the oldest first.
func (s *Store) Tallies(ctx context.Context, site consent.SiteKey, from, to time.Time) ([]consent.Tally, error) {
	var tallies []consent.Tally
	day := func(at time.Time) int64 { return consent.MidnightOf(at).Unix() / secondsPerDay }
	err := s.reads.each(ctx, talliesBetween, func(rows *sql.Rows) error {
		var day int64
		var kind string
		var count int
		if err := rows.Scan(&day, &kind, &count); err != nil {
			return err
		}
		at := time.Unix(day*secondsPerDay, 0).UTC()
		if len(tallies) == 0 || !tallies[len(tallies)-1].Day.Equal(at) {
			tallies = append(tallies, consent.Tally{Site: site, Day: at})
		}
		set(&tallies[len(tallies)-1], kind, count)
		return nil
	}, string(site), day(from), day(to))
	if err != nil {
		return nil, fmt.Errorf("read the counts: %w", err)
	}
	return tallies, nil
}

func set(t *consent.Tally, kind string, count int) {
	switch kind {
	case "shown":
		t.Shown = count
	case "decided":
		t.Decided = count
	case "stored":
		t.Stored = count
	case "acknowledged":
		t.Acknowledged = count
	}
	for place := range t.Took {
		if kind == tookKind(place) {
			t.Took[place] = count
		}
	}
}

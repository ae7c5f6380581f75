package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// How many decisions of a year are older than a moment: those that go, and those
// that are frozen.
const (
	dueByYear = `
SELECT CAST(strftime('%Y', time / 1000, 'unixepoch') AS INTEGER), count(*) FROM decision
WHERE seq <= ?1 AND time < ?2 AND site = (SELECT id FROM site WHERE key = ?3)
  AND seq NOT IN (SELECT seq FROM frozen)
GROUP BY 1`
	frozenByYear = `
SELECT CAST(strftime('%Y', decision.time / 1000, 'unixepoch') AS INTEGER), count(*)
FROM frozen CROSS JOIN decision ON decision.seq = frozen.seq
WHERE frozen.seq <= ?1 AND decision.time < ?2 AND site = (SELECT id FROM site WHERE key = ?3)
GROUP BY 1`
)

// Due counts what has expired.
func (s *Store) Due(ctx context.Context, site consent.SiteKey, before time.Time) ([]consent.Expired, error) {
	until, err := s.expiredUntil(ctx, before)
	if err != nil {
		return nil, err
	}
	due, err := s.countByYear(ctx, dueByYear, site, until, before)
	if err != nil {
		return nil, err
	}
	kept, err := s.countByYear(ctx, frozenByYear, site, until, before)
	if err != nil {
		return nil, err
	}
	trees, err := readTrees(ctx, s.reads, allTrees, string(site))
	if err != nil {
		return nil, err
	}
	var past []int
	for _, t := range trees {
		if t.dropped == nil && t.year < before.UTC().Year() && kept[t.year] == 0 {
			past = append(past, t.year)
		}
	}
	return expiredYears(due, kept, past), nil
}

// expiredUntil gives the index behind which nothing is older than a moment.
func (s *Store) expiredUntil(ctx context.Context, before time.Time) (until int64, err error) {
	var none int64
	err = s.reads.row(ctx, hourBounds, 0, floorHour(millis(before))).Scan(&none, &until)
	if err != nil {
		return 0, fmt.Errorf("find what has expired: %w", err)
	}
	return until, nil
}

func (s *Store) countByYear(ctx context.Context, text string, site consent.SiteKey, until int64, before time.Time) (map[int]int, error) {
	counts := make(map[int]int)
	err := s.reads.each(ctx, text, func(rows *sql.Rows) error {
		var year, count int
		err := rows.Scan(&year, &count)
		counts[year] = count
		return err
	}, until, millis(before), string(site))
	if err != nil {
		return nil, fmt.Errorf("count what has expired: %w", err)
	}
	return counts, nil
}

// expiredYears puts together, the oldest year first, what went of each, what is
// frozen, and which of them lose their leaves.
func expiredYears(gone, frozen map[int]int, dropped []int) []consent.Expired {
	byYear := make(map[int]consent.Expired)
	in := func(year int, change func(*consent.Expired)) {
		one := byYear[year]
		one.Year = year
		change(&one)
		byYear[year] = one
	}
	for year, count := range gone {
		in(year, func(one *consent.Expired) { one.Gone = count })
	}
	for year, count := range frozen {
		in(year, func(one *consent.Expired) { one.Frozen = count })
	}
	for _, year := range dropped {
		in(year, func(one *consent.Expired) { one.Dropped = true })
	}
	years := make([]consent.Expired, 0, len(byYear))
	for _, year := range slices.Sorted(maps.Keys(byYear)) {
		years = append(years, byYear[year])
	}
	return years
}

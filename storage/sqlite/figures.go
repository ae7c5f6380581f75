package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// figuresBetween counts twice in one statement, which sees one moment: by day, in
// the order of the table and therefore without sorting, and by what was decided.
// Refusals that are only numbers have no method.
const figuresBetween = `
SELECT daily.day, 0, '', '', '', '', json_array(
  total(count) FILTER (WHERE state = 'given' AND method NOT GLOB 'placeholder_*'),
  total(count) FILTER (WHERE state = 'partly_given' AND method NOT GLOB 'placeholder_*'),
  total(count) FILTER (WHERE state = 'refused'), total(count) FILTER (WHERE state = 'withdrawn'), total(count) FILTER (WHERE state = 'expired'),
  total(count) FILTER (WHERE state = 'given' AND method GLOB 'placeholder_*'),
  total(count) FILTER (WHERE state = 'partly_given' AND method GLOB 'placeholder_*')), 0
FROM daily CROSS JOIN circumstance ON circumstance.id = daily.circumstance
WHERE daily.site = (SELECT id FROM site WHERE key = ?1) AND daily.day >= ?2 AND daily.day < ?3 GROUP BY daily.day
UNION ALL
SELECT day, 0, '', '', '', '', json_array(0, 0, sum(count), 0, 0, 0, 0), 0 FROM refusal_count
WHERE site = (SELECT id FROM site WHERE key = ?1) AND day >= ?2 AND day < ?3 GROUP BY day
UNION ALL
SELECT NULL, notice, language, method, layer, state, choice, sum(made.count) FROM (
  SELECT circumstance, sum(count) AS count FROM daily
  WHERE site = (SELECT id FROM site WHERE key = ?1) AND day >= ?2 AND day < ?3 GROUP BY circumstance
) AS made JOIN circumstance ON circumstance.id = made.circumstance GROUP BY notice, language, method, layer, state, choice
UNION ALL
SELECT NULL, notice, language, '', '', 'refused', '{}', sum(count) FROM refusal_count
WHERE site = (SELECT id FROM site WHERE key = ?1) AND day >= ?2 AND day < ?3 GROUP BY notice, language`

// byDay are the counts of a day as figuresBetween lists them.
var byDay = [...]consent.DayFigure{
	{State: consent.StateGiven},
	{State: consent.StatePartlyGiven},
	{State: consent.StateRefused},
	{State: consent.StateWithdrawn},
	{State: consent.StateExpired},
	{State: consent.StateGiven, InPlace: true},
	{State: consent.StatePartlyGiven, InPlace: true},
}

// dayCounts are as byDay.
type dayCounts [len(byDay)]float64

// Figures counts a site's days from one moment to another.
func (s *Store) Figures(ctx context.Context, site consent.SiteKey, from, to time.Time) (*consent.Figures, error) {
	figures := &consent.Figures{}
	days := make(map[int64]*dayCounts)
	day := func(at time.Time) int64 { return consent.MidnightOf(at).Unix() / secondsPerDay }
	err := s.reads.each(ctx, figuresBetween, func(rows *sql.Rows) error {
		var day sql.NullInt64
		var made consent.MadeFigure
		var text string
		err := rows.Scan(&day, &made.Notice, &made.Language, &made.Method, &made.Layer, &made.State, &text, &made.Count)
		if err != nil {
			return err
		}
		if day.Valid {
			return addDay(days, day.Int64, text)
		}
		figures.Made = append(figures.Made, made)
		return json.Unmarshal([]byte(text), &figures.Made[len(figures.Made)-1].Choice)
	}, string(site), day(from), day(to))
	if err != nil {
		return nil, fmt.Errorf("count the decisions: %w", err)
	}
	for _, day := range slices.Sorted(maps.Keys(days)) {
		for i, count := range days[day] {
			if count > 0 {
				one := byDay[i]
				one.Day, one.Count = time.Unix(day*secondsPerDay, 0).UTC(), int(count)
				figures.Days = append(figures.Days, one)
			}
		}
	}
	return figures, nil
}

// addDay adds the counts of a day's states.
func addDay(days map[int64]*dayCounts, day int64, text string) error {
	var counts dayCounts
	if err := json.Unmarshal([]byte(text), &counts); err != nil {
		return err
	}
	if days[day] == nil {
		days[day] = &dayCounts{}
	}
	for i, count := range counts {
		days[day][i] += count
	}
	return nil
}

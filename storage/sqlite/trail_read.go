package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

const (
	manyActs = `
SELECT trail.organisation, trail.year, trail.part, act.number, act.time, act.account, act.site, act.action, act.object, act.reason, act.changes
FROM trail JOIN act ON act.trail = trail.id
WHERE trail.organisation = ?1 AND (trail.year, trail.part, act.number) < (?2, ?9, ?3)
  AND (?4 = 0 OR act.account = ?4) AND (?5 = '' OR act.site = ?5) AND (?6 IN ('', act.action)
    OR ?6 = 'notice.publish' AND (act.action IN ('api.notice.publish', 'publish.due') OR act.action = 'publish.approve' AND act.object LIKE '% notice=%'))
  AND (NOT ?13 OR act.action IN ('notice.publish', 'api.notice.publish', 'publish.propose', 'api.publish.propose', 'publish.schedule', 'api.publish.schedule', 'publish.approve', 'publish.due'))
  AND (?8 = 0 OR act.time < ?8) AND act.time >= ?10 AND trail.year BETWEEN ?11 AND ?12
ORDER BY trail.year DESC, trail.part DESC, act.number DESC LIMIT ?7`
	countActs  = `SELECT coalesce(sum(size), 0) FROM trail WHERE organisation = ?`
	wholeTrail = `
SELECT number, time, account, site, action, object, reason, changes, salt, hashes FROM act WHERE trail = ? ORDER BY number`
	trailBreaks = `
SELECT object FROM trail JOIN act ON act.trail = trail.id WHERE trail.organisation = ? AND act.action = ?`
)

// lastYear is after every trail's.
const lastYear = 1 << 20

// Acts gives one page of a trail, newest first.
func (s *Store) Acts(ctx context.Context, query consent.TrailQuery) ([]consent.ActEntry, error) {
	before := consent.ActEntry{Year: lastYear}
	if query.Before != nil {
		before = *query.Before
	}
	if query.Limit <= 0 {
		query.Limit = 100
	}
	first, last := trailYears(query)
	var acts []consent.ActEntry
	err := s.reads.each(ctx, manyActs, func(rows *sql.Rows) error {
		var e consent.ActEntry
		var at int64
		var changes string
		err := rows.Scan(&e.Organisation, &e.Year, &e.Part, &e.Number, &at, &e.Account, &e.Site, &e.Action, &e.Object, &e.Reason, &changes)
		if err != nil {
			return err
		}
		e.Time = moment(at)
		err = decodeChanges(&e.Act, changes)
		acts = append(acts, e)
		return err
	}, string(query.Organisation), before.Year, before.Number, int64(query.Account), string(query.Site), query.Action, query.Limit,
		millisOrNone(query.Until), before.Part, millisOrNone(query.From), first, last, query.Publishing)
	if err != nil {
		return nil, fmt.Errorf("read the audit trail: %w", err)
	}
	return acts, nil
}

// CountActs tells how many acts the trails of an organisation have.
func (s *Store) CountActs(ctx context.Context, organisation consent.OrganisationID) (count int64, err error) {
	if err := s.reads.row(ctx, countActs, string(organisation)).Scan(&count); err != nil {
		return 0, fmt.Errorf("count the acts: %w", err)
	}
	return count, nil
}

// trailYears gives the first and last year whose trail can have what is asked for, so
// that the others are not looked through.
func trailYears(query consent.TrailQuery) (first, last int) {
	last = lastYear
	if !query.From.IsZero() {
		first = query.From.UTC().Year()
	}
	if !query.Until.IsZero() {
		last = query.Until.UTC().Year()
	}
	return first, last
}

package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/samtykke/samtykke/consent"
)

const (
	manyActs = `
SELECT trail.organisation, trail.year, trail.part, act.number, act.time, act.account, act.site, act.action, act.object, act.reason, act.changes
FROM trail JOIN act ON act.trail = trail.id
WHERE trail.organisation = ?1 AND (trail.year, trail.part, act.number) < (?2, ?9, ?3)
  AND (?4 = 0 OR act.account = ?4 OR ?16 <> '' AND act.account = 0 AND act.action <> 'trail.export' AND (act.object = ?16 OR act.object LIKE ?16 || ' %'))
  AND (?14 = '' OR ?14 = CASE WHEN act.account <> 0 THEN iif(substr(act.action, 1, 4) = 'api.', 'key', 'person')
    WHEN act.action IN (SELECT value FROM json_each(?15)) THEN 'program' ELSE 'command' END)
  AND (?5 = '' OR act.site = ?5) AND (?6 = '' OR act.action IN (SELECT value FROM json_each(?17))
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
	itself, actions, named, err := trailWays(&query)
	if err != nil {
		return nil, err
	}
	var acts []consent.ActEntry
	err = s.reads.each(ctx, manyActs, func(rows *sql.Rows) error {
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
		millisOrNone(query.Until), before.Part, millisOrNone(query.From), first, last, query.Publishing,
		string(query.By), itself, named, actions)
	if err != nil {
		return nil, fmt.Errorf("read the audit trail: %w", err)
	}
	return acts, nil
}

// trailWays gives what of a query says on which ways something was done: the program's own
// actions and the names of the one asked for, as JSON, and how commands tell in whose
// name they were given, "" when that is not asked for.
func trailWays(query *consent.TrailQuery) (itself, actions, named string, err error) {
	names := []string{query.Action}
	if query.EveryWay {
		names = consent.OnEveryWay(query.Action)
		if query.Account != 0 {
			named = "person=" + strconv.FormatInt(int64(query.Account), 10)
		}
	}
	own, err := json.Marshal(consent.ByItself())
	if err != nil {
		return "", "", "", err
	}
	list, err := json.Marshal(names)
	return string(own), string(list), named, err
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

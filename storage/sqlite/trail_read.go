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
	actColumns = `
SELECT organisation, year, part, number, time, account, site, action, object, reason, changes `
	// wantedActs are those that are asked for, whatever kinds of acts.
	wantedActs = `(trail.year, trail.part, one.number) < (?2, ?9, ?3)
  AND (?4 = 0 OR one.account = ?4 OR ?15 <> '' AND one.account = 0 AND one.action <> 'trail.export' AND (one.object = ?15 OR one.object LIKE ?15 || ' %'))
  AND (?13 = '' OR ?13 = CASE WHEN one.account <> 0 THEN iif(substr(one.action, 1, 4) = 'api.', 'key', 'person')
    WHEN one.action IN (SELECT value FROM json_each(?14)) THEN 'program'
    WHEN one.action IN (SELECT value FROM json_each(?16)) THEN 'stranger' ELSE 'command' END)
  AND (?5 = '' OR one.site = ?5) AND (?6 <> 'notice.publish' OR one.action <> 'publish.approve' OR one.object LIKE '% notice=%')
  AND (?8 = 0 OR one.time < ?8) AND one.time >= ?10 AND trail.year BETWEEN ?11 AND ?12`
	// A walk reads a trail from its end and keeps what is wanted.
	walkActs = actColumns + `
FROM trail JOIN act AS one ON one.trail = trail.id
WHERE organisation = ?1 AND ` + wantedActs + `
ORDER BY year DESC, part DESC, number DESC LIMIT ?7`
	// A seek takes the newest of each kind from the index and merges them: few in a long
	// trail are found without the others.
	seekActs = actColumns + `
FROM trail CROSS JOIN json_each(?17) AS kind CROSS JOIN act ON act.trail = trail.id AND act.number IN (
  SELECT one.number FROM act AS one WHERE one.trail = trail.id AND one.action = kind.value AND ` + wantedActs + `
  ORDER BY one.number DESC LIMIT ?7)
WHERE organisation = ?1
ORDER BY year DESC, part DESC, number DESC LIMIT ?7`
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
	itself, err := json.Marshal(consent.ByItself())
	if err != nil {
		return nil, err
	}
	strangers, err := json.Marshal(consent.ByStrangers())
	if err != nil {
		return nil, err
	}
	named := "" // how commands tell in whose name they were given
	if query.EveryWay && query.Account != 0 {
		named = "person=" + strconv.FormatInt(int64(query.Account), 10)
	}
	statement, asked := walkActs, []any{
		string(query.Organisation), before.Year, before.Number, int64(query.Account), string(query.Site), query.Action, query.Limit,
		millisOrNone(query.Until), before.Part, millisOrNone(query.From), first, last, string(query.By), string(itself), named, string(strangers),
	}
	if kinds := actKinds(&query); kinds != nil {
		list, err := json.Marshal(kinds)
		if err != nil {
			return nil, err
		}
		statement, asked = seekActs, append(asked, string(list))
	}
	var acts []consent.ActEntry
	err = s.reads.each(ctx, statement, func(rows *sql.Rows) error {
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
	}, asked...)
	if err != nil {
		return nil, fmt.Errorf("read the audit trail: %w", err)
	}
	return acts, nil
}

// actKinds gives the actions that a query asks for, nil for all.
func actKinds(query *consent.TrailQuery) []string {
	switch {
	case query.Publishing:
		return []string{
			"notice.publish", "api.notice.publish", "publish.propose", "api.publish.propose", "publish.schedule", "api.publish.schedule", "publish.approve", "publish.due",
		}
	case query.Action == "":
		return nil
	case query.Action == consent.ActPublish:
		return []string{"notice.publish", "api.notice.publish", "publish.approve", "publish.due"}
	case query.EveryWay:
		return consent.OnEveryWay(query.Action)
	}
	return []string{query.Action}
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

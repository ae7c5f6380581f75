package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const (
	idOfSite     = `SELECT id FROM site WHERE key = ?`
	dailyOfSite  = `SELECT day, circumstance, count FROM daily WHERE site = ?`
	storedOfSite = `SELECT day, count FROM tally WHERE site = ? AND kind = 'stored'`
	frozenOfSite = `
SELECT decision.time / 86400000, decision.circumstance, count(*)
FROM frozen CROSS JOIN decision ON decision.seq = frozen.seq WHERE decision.site = ? GROUP BY 1, 2`
)

// counted is what an audit has counted of a site's decisions, from its leaves.
type counted struct {
	alike   map[circumstanceDay]int64 // decisions that are there
	leaves  int64                     // of decisions, also of those that are gone
	dropped bool                      // of some years the leaves are gone, too
}

func newCounted() *counted { return &counted{alike: make(map[circumstanceDay]int64)} }

func (c *counted) decision(row *audited) {
	if c != nil { // an export counts nothing
		c.alike[circumstanceDay{siteDay{row.site, row.time / (secondsPerDay * 1000)}, row.circumstance}]++
	}
}

// countedRight holds the counts that statistics are made of against a site's
// decisions. What pages were shown, and how long answers took, no decision tells.
func (a *auditor) countedRight(ctx context.Context, site consent.SiteKey) error {
	var id int64
	if err := a.reads.row(ctx, idOfSite, string(site)).Scan(&id); err != nil {
		return fmt.Errorf("look for the site: %w", err)
	}
	stored := make(map[int64]int64) // by day, those that are there
	for at, count := range a.counted.alike {
		stored[at.day] += count
	}
	for _, compare := range []func(context.Context, int64, map[int64]int64) (consent.Flaw, error){a.dailyWrong, a.storedWrong} {
		what, err := compare(ctx, id, stored)
		if err != nil {
			return err
		}
		if what.Code != "" {
			a.fault(consent.LedgerFault{Site: site, Index: -1, Flaw: what})
		}
	}
	return nil
}

// dailyWrong says how the counts by circumstance are not those of the decisions
// that may be used; it has no code when they are.
func (a *auditor) dailyWrong(ctx context.Context, site int64, _ map[int64]int64) (consent.Flaw, error) {
	left := a.counted.alike
	take := func(query string) error {
		return a.reads.each(ctx, query, func(rows *sql.Rows) error {
			var count int64
			at := circumstanceDay{siteDay: siteDay{site: site}}
			err := rows.Scan(&at.day, &at.circumstance, &count)
			left[at] -= count
			return err
		}, site)
	}
	if err := cmp.Or(take(frozenOfSite), take(dailyOfSite)); err != nil {
		return consent.Flaw{}, fmt.Errorf("read how many decisions a day has: %w", err)
	}
	days := make(map[int64]bool)
	var first int64
	for at, count := range left {
		if count == 0 {
			continue
		}
		if len(days) == 0 || at.day < first {
			first = at.day
		}
		days[at.day] = true
	}
	if len(days) == 0 {
		return consent.Flaw{}, nil
	}
	return consent.Flaw{Code: consent.FlawDailyChanged, N: int64(len(days)), Name: dayName(first), Why: fmt.Sprintf("the table daily, of which figures are made, says something else than the log on %s: it was changed, and no decision was; "+
		"stop the server, count anew in the database (DELETE FROM daily WHERE site = %d; INSERT INTO daily SELECT site, time / 86400000, circumstance, count(*) "+
		"FROM decision WHERE site = %d AND seq NOT IN (SELECT seq FROM frozen) GROUP BY 1, 2, 3), and audit again", daysFrom(first, len(days)), site, site)}, nil
}

// storedWrong says how the counts of what was stored cannot be those of the ledger.
// They also count what is gone since then, of which only the sum is known.
func (a *auditor) storedWrong(ctx context.Context, site int64, atLeast map[int64]int64) (consent.Flaw, error) {
	var sum int64
	err := a.reads.each(ctx, storedOfSite, func(rows *sql.Rows) error {
		var day, count int64
		err := rows.Scan(&day, &count)
		sum += count
		atLeast[day] -= count
		return err
	}, site)
	if err != nil {
		return consent.Flaw{}, fmt.Errorf("read how many decisions were stored: %w", err)
	}
	var first int64
	var days int
	for day, missing := range atLeast {
		if missing <= 0 {
			continue
		}
		if days == 0 || day < first {
			first = day
		}
		days++
	}
	switch {
	case days > 0:
		return consent.Flaw{Code: consent.FlawTallyLess, N: int64(days), Name: dayName(first), Why: fmt.Sprintf("the table tally says that fewer decisions were stored on %s than the log holds: it was changed, and no decision was; take the counts from a backup", daysFrom(first, days))}, nil
	case sum < a.counted.leaves || sum > a.counted.leaves && !a.counted.dropped:
		return consent.Flaw{Code: consent.FlawTallyOther, N: sum, Of: a.counted.leaves, Why: fmt.Sprintf("the table tally says that %d decisions were stored, and the ledger has %d: it was changed, and no decision was; take the counts from a backup", sum, a.counted.leaves)}, nil
	}
	return consent.Flaw{}, nil
}

// dayName names a day by its number.
func dayName(day int64) string { return time.Unix(day*secondsPerDay, 0).UTC().Format(time.DateOnly) }

// daysFrom names days by the first of them.
func daysFrom(first int64, days int) string {
	name := dayName(first)
	if days == 1 {
		return name
	}
	return fmt.Sprintf("%d days, the first of which is %s", days, name)
}

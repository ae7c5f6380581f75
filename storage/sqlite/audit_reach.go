package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

// What no leaf vouches for still decides what readers find: the site that a
// decision stands under, the hours by which the log is searched, what refers to
// what, and the stubs that keep an erased decision away.
const (
	oneHour   = `SELECT first, last FROM hour WHERE hour = ?`
	oneErased = `
SELECT (SELECT time FROM erased WHERE erased.site = site.id AND erased.id = ?2),
  EXISTS (SELECT 1 FROM decision WHERE decision.site = site.id AND decision.id = ?2)
FROM site WHERE key = ?1`
	// Decisions, leaves and events are many, and the audit reads them one by one.
	danglingRows = `
SELECT list.name, dangling.rowid, dangling.parent
FROM (SELECT 'notice' AS name UNION SELECT 'bundle' UNION SELECT 'bundle_file' UNION SELECT 'circumstance' UNION SELECT 'tree' UNION SELECT 'erased') AS list
JOIN pragma_foreign_key_check(list.name) AS dangling`
)

// span is where in the log an hour lies.
type span struct{ first, last int64 }

// reach says why readers do not find a decision that its leaf vouches for; it is
// empty when they do. An export does not ask.
func (a *auditor) reach(ctx context.Context, row *audited, shared *circumstance) (string, error) {
	if a.hours == nil {
		return "", nil
	}
	if row.site != shared.site {
		return fmt.Sprintf("decision %d stands under another site than the one that it was made on: it was changed", row.seq), nil
	}
	hour := row.time / millisPerHour
	if in, ok := a.hours[hour]; ok && row.seq >= in.first && row.seq <= in.last {
		return "", nil
	}
	var in span // again, because the hour may have grown meanwhile
	err := a.reads.row(ctx, oneHour, hour).Scan(&in.first, &in.last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("read where an hour lies: %w", err)
	}
	if err != nil || row.seq < in.first || row.seq > in.last {
		return fmt.Sprintf("decision %d is not where the log is searched for its hour: the table of hours was changed", row.seq), nil
	}
	a.hours[hour] = in
	return "", nil
}

// references finds rows that refer to what is not there.
func (a *auditor) references(ctx context.Context) error {
	return a.reads.each(ctx, danglingRows, func(rows *sql.Rows) error {
		var table, parent string
		var row sql.NullInt64
		if err := rows.Scan(&table, &row, &parent); err != nil {
			return err
		}
		a.fault(consent.LedgerFault{Index: -1, Why: fmt.Sprintf("a row (%d) of the table %s belongs to a %s that is not there: it was changed", row.Int64, table, parent)})
		return nil
	})
}

// stubs holds the journal of erasures against the stubs. A decision that is still
// there is one whose erasure was not finished: the next start of a server does it.
func (a *auditor) stubs(ctx context.Context, of consent.SiteKey) error {
	lines, err := a.journal.Load()
	if err != nil {
		a.fault(consent.LedgerFault{Index: -1, Why: err.Error()})
		return nil
	}
	for _, line := range lines {
		if line.ID.IsZero() || of != "" && line.Site != of { // the others freeze and release
			continue
		}
		var at sql.NullInt64
		var there bool
		err := a.reads.row(ctx, oneErased, string(line.Site), line.ID[:]).Scan(&at, &there)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if !at.Valid && !there {
			a.fault(consent.LedgerFault{Site: line.Site, Index: -1, Why: fmt.Sprintf("the decision %s was erased, and the stub that keeps it away is gone: it was changed", line.ID)})
		}
	}
	return nil
}

package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

// What no leaf vouches for still decides what readers find: the site that a
// decision stands under, the hours by which the log is searched, and what refers
// to what.
const (
	oneHour = `SELECT first, last FROM hour WHERE hour = ?`
	// Decisions, leaves and events are many, and the audit reads them one by one.
	danglingRows = `
SELECT list.name, dangling.rowid, dangling.parent
FROM (SELECT 'notice' AS name UNION SELECT 'bundle' UNION SELECT 'bundle_file' UNION SELECT 'circumstance' UNION SELECT 'tree' UNION SELECT 'erased' UNION SELECT 'frozen' UNION SELECT 'daily' UNION SELECT 'tally' UNION SELECT 'published_service') AS list
JOIN pragma_foreign_key_check(list.name) AS dangling`
)

// span is where in the log an hour lies.
type span struct{ first, last int64 }

// reach says why readers do not find a decision that its leaf vouches for; it has
// no code when they do. An export does not ask.
func (a *auditor) reach(ctx context.Context, row *audited, shared *circumstance) (consent.Flaw, error) {
	if a.hours == nil {
		return consent.Flaw{}, nil
	}
	if row.site != shared.site {
		return consent.Flaw{
			Code: consent.FlawOtherSite, N: row.seq, Why: fmt.Sprintf("decision %d stands under another site than the one that it was made on: it was changed", row.seq),
		}, nil
	}
	hour := row.time / millisPerHour
	if in, ok := a.hours[hour]; ok && row.seq >= in.first && row.seq <= in.last {
		return consent.Flaw{}, nil
	}
	var in span // again, because the hour may have grown meanwhile
	err := a.reads.row(ctx, oneHour, hour).Scan(&in.first, &in.last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return consent.Flaw{}, fmt.Errorf("read where an hour lies: %w", err)
	}
	if err != nil || row.seq < in.first || row.seq > in.last {
		return consent.Flaw{
			Code: consent.FlawHoursChanged, N: row.seq, Why: fmt.Sprintf("decision %d is not where the log is searched for its hour: the table of hours was changed", row.seq),
		}, nil
	}
	a.hours[hour] = in
	return consent.Flaw{}, nil
}

// references finds rows that refer to what is not there.
func (a *auditor) references(ctx context.Context) error {
	return a.reads.each(ctx, danglingRows, func(rows *sql.Rows) error {
		var table, parent string
		var row sql.NullInt64
		if err := rows.Scan(&table, &row, &parent); err != nil {
			return err
		}
		a.fault(consent.LedgerFault{Index: -1, Flaw: consent.Flaw{
			Code: consent.FlawRowLoose, Name: table,
			Why: fmt.Sprintf("a row (%d) of the table %s belongs to a %s that is not there: it was changed", row.Int64, table, parent),
		}})
		return nil
	})
}

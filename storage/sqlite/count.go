package sqlite

import (
	"context"
	"database/sql/driver"
	"fmt"
)

const addDaily = `
INSERT INTO daily (site, day, circumstance, count) VALUES (?, ?, ?, ?)
ON CONFLICT (site, day, circumstance) DO UPDATE SET count = count + excluded.count`

// counts are how many decisions of a batch are alike. The maps serve every batch.
type counts struct {
	stored map[siteDay]int64
	daily  map[circumstanceDay]int64
}

type siteDay struct{ site, day int64 }

type circumstanceDay struct {
	siteDay
	circumstance int64
}

// count counts the decisions that this transaction stores: by site and day, and for
// statistics by circumstance, too.
func (in *inserts) count(any) error {
	if in.counts.stored == nil {
		in.counts = counts{make(map[siteDay]int64), make(map[circumstanceDay]int64)}
	}
	clear(in.counts.stored)
	clear(in.counts.daily)
	for _, r := range in.requests {
		if r.err == nil && r.row.earlier == nil {
			at := siteDay{r.row.shared.site, r.row.time / (secondsPerDay * 1000)}
			in.counts.stored[at]++
			in.counts.daily[circumstanceDay{at, r.row.shared.id}]++
		}
	}
	for at, count := range in.counts.stored {
		if err := add(in.tally, at.site, at.day, "stored", count); err != nil {
			return fmt.Errorf("count what is stored: %w", err)
		}
	}
	for at, count := range in.counts.daily {
		if err := add(in.daily, at.site, at.day, at.circumstance, count); err != nil {
			return fmt.Errorf("count what is decided: %w", err)
		}
	}
	return nil
}

func add(statement driver.StmtExecContext, values ...driver.Value) error {
	var named [4]driver.NamedValue
	for i, value := range values {
		named[i] = driver.NamedValue{Ordinal: i + 1, Value: value}
	}
	_, err := statement.ExecContext(context.Background(), named[:len(values)])
	return err
}

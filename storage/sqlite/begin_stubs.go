package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

const (
	stubsOfSite = `SELECT seq, id, time, '' FROM erased WHERE site = ? AND seq > 0 ORDER BY seq`
	eventsOf    = `SELECT body FROM event WHERE leaf >= ? AND leaf < ? ORDER BY leaf`
)

// tellStubs names in the newest part of a ledger, which has just begun, what was
// erased again while a backup was put back: then the ledger could not be told.
func (w *writer) tellStubs(ctx context.Context, site int64, newest *growing, parts []*tree, now time.Time) error {
	gone, err := readNamed(ctx, w.conn, stubsOfSite, site)
	if err != nil || len(gone) == 0 {
		return err
	}
	told, err := readTold(ctx, w.conn, parts)
	if err != nil {
		return err
	}
	for _, part := range parts[1:] {
		found, err := locateAll(ctx, w.conn, part, gone)
		if err != nil {
			return err
		}
		var untold []int64
		for _, index := range found {
			if !told[part.origin].Has(index) {
				untold = append(untold, index)
			}
		}
		if len(untold) == 0 {
			continue
		}
		err = w.appendEvent(ctx, newest, &ledger.Event{
			Kind: ledger.Erase, Time: now, Actor: string(consent.ActorOperator), Reason: reasonAgain, Origin: part.origin, Spans: ledger.Spans(untold),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// readTold gives the indexes that the events of a ledger's parts name, by the
// origin of the part that they are in.
func readTold(ctx context.Context, from querier, parts []*tree) (map[string]ledger.Set, error) {
	told := make(map[string]ledger.Set)
	for _, part := range parts {
		told[part.origin] = make(ledger.Set)
	}
	for _, part := range parts {
		err := eachEvent(ctx, from, part, func(event *ledger.Event) {
			origin := event.Origin
			if origin == "" {
				origin = part.origin
			}
			if !event.Removes() || told[origin] == nil {
				return
			}
			for _, span := range event.Spans {
				for index := span[0]; index <= span[1]; index++ {
					told[origin].Add(index)
				}
			}
		})
		if err != nil {
			return nil, fmt.Errorf("read what the ledger says is gone: %w", err)
		}
	}
	return told, nil
}

func eachEvent(ctx context.Context, from querier, part *tree, yield func(*ledger.Event)) error {
	rows, err := from.QueryContext(ctx, eventsOf, leafID(part.id, 0), leafID(part.id+1, 0))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var body sql.RawBytes
		if err := rows.Scan(&body); err != nil {
			return err
		}
		event, err := ledger.ParseEvent(body)
		if err != nil {
			return err
		}
		yield(event)
	}
	return rows.Err()
}

package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
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
	alike, err := w.alike(newest.site, gone)
	if err != nil {
		return err
	}
	for _, part := range parts[1:] {
		for _, these := range alike {
			found, err := locateAll(ctx, w.conn, part, these.gone)
			if err != nil {
				return err
			}
			untold := slices.DeleteFunc(found, told[part.origin].Has)
			if len(untold) == 0 {
				continue
			}
			err = w.appendEvent(ctx, newest, &ledger.Event{
				Kind: ledger.Erase, Time: now, Actor: string(these.actor), Reason: string(these.ground), Origin: part.origin, Spans: ledger.Spans(untold),
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// alike are decisions that the same one erased for the same reason.
type alike struct {
	actor  consent.Actor
	ground consent.ErasureReason
	gone   []named
}

// alike sorts what was erased by who erased it and why, as far as the journal knows.
func (w *writer) alike(site consent.SiteKey, gone []named) (all []alike, err error) {
	lines, err := w.journal.Load()
	if err != nil {
		return nil, err
	}
	known := make(map[consent.DecisionID]ledger.Line)
	for _, line := range lines {
		if line.Site == site && !line.ID.IsZero() {
			known[line.ID] = line
		}
	}
	for _, one := range gone {
		actor, ground := again(known[one.id])
		at := slices.IndexFunc(all, func(a alike) bool { return a.actor == actor && a.ground == ground })
		if at < 0 {
			all, at = append(all, alike{actor: actor, ground: ground}), len(all)
		}
		all[at].gone = append(all[at].gone, one)
	}
	return all, nil
}

// reasonAgain stands in the ledger where the journal knows no ground, and nobody else
// can give it.
const reasonAgain = "erased before the database was put back"

// again says by whom and why a decision was erased that is erased again.
func again(line ledger.Line) (consent.Actor, consent.ErasureReason) {
	return cmp.Or(line.Actor, consent.ActorOperator), cmp.Or(line.Ground, reasonAgain)
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

package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

// The events of requests, those of one request after each other, and those that
// are due first before others.
const (
	requestEvents = `
SELECT site.key, request.id, kind, channel, receipt, coalesce(case_number, ''),
  (SELECT coalesce(group_concat(hex(other.receipt), ''), '') FROM request_receipt AS other WHERE other.site = request.site AND other.request = request.id),
  step, time, day, coalesce(due, 0), coalesce(ground, ''), coalesce(outcome, ''), coalesce(refusal, '')
FROM request JOIN site ON site.id = request.site
JOIN request_event AS event ON event.site = request.site AND event.request = request.id`
	oneRequest = requestEvents + `
WHERE site.key = ? AND request.id = ? ORDER BY number`
	manyRequests = requestEvents + `
WHERE (?1 = '' OR site.key = ?1) AND (NOT ?2 OR NOT EXISTS (
  SELECT 1 FROM request_event AS answer WHERE answer.site = request.site AND answer.request = request.id AND answer.step = 'answered'))
ORDER BY (SELECT max(due) FROM request_event AS e WHERE e.site = request.site AND e.request = request.id), request.id, request.site, number`
)

// Request gives one request.
func (s *Store) Request(ctx context.Context, site consent.SiteKey, id consent.RequestID) (*consent.Request, error) {
	rows, err := s.reads.query(ctx, oneRequest, string(site), id[:])
	if err != nil {
		return nil, fmt.Errorf("look for the request: %w", err)
	}
	return scanRequest(rows, site, id)
}

// readRequest does the same within the writer's transaction.
func readRequest(ctx context.Context, conn *sql.Conn, site consent.SiteKey, id consent.RequestID) (*consent.Request, error) {
	rows, err := conn.QueryContext(ctx, oneRequest, string(site), id[:])
	if err != nil {
		return nil, fmt.Errorf("look for the request: %w", err)
	}
	return scanRequest(rows, site, id)
}

func scanRequest(rows *sql.Rows, site consent.SiteKey, id consent.RequestID) (*consent.Request, error) {
	found, err := scanRequests(rows)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, consent.Errorf(consent.NotFound, "unknown_request", "The site %q has no request %s. \"samtykke request list --all\" shows those that there are.", site, id)
	}
	return &found[0], nil
}

// Requests lists requests, those that are due first before others.
func (s *Store) Requests(ctx context.Context, query consent.RequestQuery) ([]consent.Request, error) {
	rows, err := s.reads.query(ctx, manyRequests, string(query.Site), query.Open)
	if err != nil {
		return nil, fmt.Errorf("list the requests: %w", err)
	}
	return scanRequests(rows)
}

// scanRequests reads all rows and closes them.
func scanRequests(rows *sql.Rows) ([]consent.Request, error) {
	defer rows.Close()
	var found []consent.Request
	for rows.Next() {
		var r consent.Request
		var e consent.RequestEvent
		var id, receipt, others sql.RawBytes
		var at int64
		err := rows.Scan(&r.Site, &id, &r.Kind, &r.Channel, &receipt, &r.Case, &others, &e.Step, &at, &e.Day, &e.Due, &e.Ground, &e.Outcome, &e.Refusal)
		if err != nil {
			return nil, fmt.Errorf("read a request: %w", err)
		}
		copy(r.ID[:], id)
		copy(r.Receipt[:], receipt)
		e.Time = moment(at)
		last := len(found) - 1
		if last < 0 || found[last].ID != r.ID || found[last].Site != r.Site {
			r.Others = readOthers(others)
			found, last = append(found, r), last+1
		}
		found[last].Events = append(found[last].Events, e)
	}
	return found, rows.Err()
}

// readOthers reads receipts that the database has put together, oldest first.
func readOthers(hexes []byte) []consent.DecisionID {
	var list []consent.DecisionID
	for one := range slices.Chunk(hexes, 2*len(consent.DecisionID{})) {
		var id consent.DecisionID
		_, _ = hex.Decode(id[:], one) // SQLite wrote it
		list = append(list, id)
	}
	slices.SortFunc(list, func(a, b consent.DecisionID) int { return bytes.Compare(a[:], b[:]) })
	return list
}

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

// expireEvents are the leaves that say which decisions of a site have expired: events
// are few, and one way of writing them is the only one.
const expireEvents = `
SELECT event.body FROM tree JOIN site ON site.id = tree.site
JOIN event ON event.leaf >= tree.id << 40 AND event.leaf < (tree.id + 1) << 40
WHERE site.key = ? AND event.body LIKE '{"event":"expire"%'`

// Removals reads them from the ledger, which has kept the report of every run.
func (s *Store) Removals(ctx context.Context, site consent.SiteKey) ([]consent.Removal, error) {
	runs := map[time.Time]*consent.Removal{}
	notices := map[time.Time]string{}
	err := s.reads.each(ctx, expireEvents, func(rows *sql.Rows) error {
		var body string
		if err := rows.Scan(&body); err != nil {
			return err
		}
		event, err := ledger.ParseEvent([]byte(body))
		if err != nil {
			return err
		}
		at := event.Time.UTC()
		if runs[at] == nil {
			runs[at] = &consent.Removal{Time: at}
		}
		notices[at] = event.Notice
		for _, span := range event.Spans {
			runs[at].Gone += int(span[1]-span[0]) + 1
		}
		return nil
	}, string(site))
	if err != nil {
		return nil, fmt.Errorf("read what has expired: %w", err)
	}
	list := make([]consent.Removal, 0, len(runs))
	for at, run := range runs {
		if run.Before, err = s.keptSince(ctx, site, notices[at], at); err != nil {
			return nil, err
		}
		list = append(list, *run)
	}
	trees, err := readTrees(ctx, s.reads, allTrees, string(site))
	if err != nil {
		return nil, err
	}
	for _, t := range trees {
		if t.dropped != nil {
			list = append(list, consent.Removal{Time: t.dropped.Time, Year: t.year})
		}
	}
	slices.SortStableFunc(list, func(a, b consent.Removal) int { return cmp.Or(b.Time.Compare(a.Time), cmp.Compare(a.Year, b.Year)) })
	return list, nil
}

// keptSince gives from when on a notice kept decisions at a moment, zero for a notice
// that is not known.
func (s *Store) keptSince(ctx context.Context, site consent.SiteKey, hash string, at time.Time) (time.Time, error) {
	entries, err := s.Notices(ctx, site)
	if err != nil {
		return time.Time{}, err
	}
	for _, entry := range entries {
		if entry.Hash.String() != hash {
			continue
		}
		notice, err := s.Notice(ctx, site, entry.Number)
		if err != nil {
			return time.Time{}, err
		}
		before, err := notice.Draft.Site.KeptSince(at)
		if err != nil {
			return time.Time{}, nil //nolint:nilerr // such a notice says nothing
		}
		return before, nil
	}
	return time.Time{}, nil
}

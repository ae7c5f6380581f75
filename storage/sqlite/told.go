package sqlite

import (
	"context"
	"database/sql"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// told is what later parts say of a tree that broke off.
type told struct {
	signed []ledger.Head // the last that was known of it, each time
	held   []ledger.Head // what the database had then: less it may never have
}

// covers says that what was signed then is told to be lost.
func (t *told) covers(head *ledger.Head) bool {
	return slices.ContainsFunc(t.signed, func(signed ledger.Head) bool { return signed.Size > head.Size || signed == *head })
}

// lost counts the leaves that a tree of that size had once.
func (t *told) lost(size int64) (lost int64) {
	for _, signed := range t.signed {
		lost = max(lost, signed.Size-size)
	}
	return lost
}

// toldOf gives what later parts say of a tree.
func (s *Store) toldOf(ctx context.Context, origin string) (*told, error) {
	all := &told{}
	err := s.eachBegin(ctx, func(_ string, _ consent.SiteKey, begin *ledger.Event) {
		quote := begin.Quote()
		if last := quote.Last(); last == nil || last.Origin != origin {
			return
		}
		if quote.Signed != nil {
			all.signed = append(all.signed, *quote.Signed)
		}
		if quote.Held != nil {
			all.held = append(all.held, *quote.Held)
		}
	})
	return all, err
}

// breaks says of a site's parts, or of all, why they began, where that is not a loss
// that can be counted.
func (s *Store) breaks(ctx context.Context, site consent.SiteKey) (said []consent.LedgerBreak, err error) {
	err = s.eachBegin(ctx, func(origin string, of consent.SiteKey, begin *ledger.Event) {
		if broke := begin.Quote().Break(origin); broke != nil && (site == "" || site == of) {
			broke.Site = of
			said = append(said, *broke)
		}
	})
	return said, err
}

// laterParts are the trees that began where another broke off.
const laterParts = `
SELECT tree.id, body FROM tree JOIN event ON event.leaf = tree.id << 40 WHERE part > 1 ORDER BY tree.id`

// eachBegin hands on what later parts begin with, and their origins. An event that
// cannot be read is none: the audit of its tree says so.
func (s *Store) eachBegin(ctx context.Context, yield func(origin string, site consent.SiteKey, begin *ledger.Event)) error {
	trees, err := readTrees(ctx, s.reads, allTrees, "")
	if err != nil {
		return err
	}
	parts := make(map[int64]*tree)
	for _, t := range trees {
		parts[t.id] = t
	}
	return s.reads.each(ctx, laterParts, func(rows *sql.Rows) error {
		var id int64
		var body []byte
		if err := rows.Scan(&id, &body); err != nil {
			return err
		}
		if event, err := ledger.ParseEvent(body); err == nil && event.Kind == ledger.Begin && parts[id] != nil {
			yield(parts[id].origin, parts[id].site, event)
		}
		return nil
	})
}

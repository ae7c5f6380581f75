package sqlite

import (
	"context"
	"errors"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// Lost says what a database that is older than its anchor does not hold of a
// tree. Decisions are leaves, and so are notes of what was erased or has expired.
type Lost struct {
	Site     consent.SiteKey
	Origin   string
	Had, Has int64 // leaves: signed, and there
	Unknown  bool  // the anchor is lost that knew how many it had
}

// Lost gives each tree whose end is missing, or whose anchor is, and whose next
// part was not begun.
func (s *Store) Lost(ctx context.Context) ([]Lost, error) {
	all, err := s.behind(ctx)
	if err != nil {
		return nil, err
	}
	var lost []Lost
	for _, one := range all {
		var found *rolledBackError
		var unanchored *unanchoredError
		var orphaned *orphanError
		switch {
		case errors.As(one.err, &found):
			_, shard, _ := strings.Cut(one.origin, "/consent/")
			site, _, _ := strings.Cut(shard, "/")
			lost = append(lost, Lost{Site: consent.SiteKey(site), Origin: one.origin, Had: found.had, Has: found.has})
		case errors.As(one.err, &unanchored):
			lost = append(lost, Lost{Site: unanchored.site, Origin: one.origin, Has: unanchored.has, Unknown: true})
		case errors.As(one.err, &orphaned):
			lost = append(lost, Lost{Site: orphaned.site, Origin: one.origin, Unknown: true})
		default:
			return nil, one.err
		}
	}
	return lost, nil
}

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
}

// Lost gives each tree whose end is missing and whose next part was not begun.
func (s *Store) Lost(ctx context.Context) ([]Lost, error) {
	all, err := s.behind(ctx)
	if err != nil {
		return nil, err
	}
	var lost []Lost
	for _, one := range all {
		var found *rolledBackError
		if !errors.As(one.err, &found) {
			return nil, one.err
		}
		_, shard, _ := strings.Cut(one.origin, "/consent/")
		site, _, _ := strings.Cut(shard, "/")
		lost = append(lost, Lost{consent.SiteKey(site), one.origin, found.had, found.has})
	}
	return lost, nil
}

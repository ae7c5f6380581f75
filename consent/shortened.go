package consent

import (
	"context"
	"time"
)

// Shortened is what a shorter retention does to what is stored already: decisions
// are kept by the Notice in force, not by the one that they were made under.
type Shortened struct {
	From   Lifetime `json:"from"`
	To     Lifetime `json:"to"`
	Gone   int      `json:"removed"` // Decisions that are older, and go with the next look for such
	Frozen int      `json:"frozen"`  // as old ones that stay
}

// FindShortened gives what the retention of one state of a Site would remove that
// the other keeps, if it is shorter, else nil. Before is nil when nothing was
// published.
func FindShortened(ctx context.Context, log Log, before *Draft, after *Site, now time.Time) (*Shortened, error) {
	if before == nil || !after.Retention.Valid() || after.Retention.Compare(before.Site.Retention) >= 0 {
		return nil, nil //nolint:nilnil // that nothing goes is no failure
	}
	years, err := log.Due(ctx, after.Key, after.Retention.Before(now))
	if err != nil {
		return nil, err
	}
	found := &Shortened{From: before.Site.Retention, To: after.Retention}
	found.Gone, found.Frozen = ExpiredInAll(years)
	return found, nil
}

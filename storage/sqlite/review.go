package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

const (
	allReviews = `SELECT service, due, reviewed FROM review WHERE site = (SELECT id FROM site WHERE key = ?) ORDER BY due, service`
	setReview  = `
INSERT INTO review (site, service, due, reviewed) SELECT id, ?2, ?3, ?4 FROM site WHERE key = ?1
ON CONFLICT DO UPDATE SET due = excluded.due, reviewed = excluded.reviewed`
)

// Reviews gives when a site's services are to be looked at again.
func (s *Store) Reviews(ctx context.Context, site consent.SiteKey) ([]consent.Review, error) {
	all, err := listed(ctx, s.reads, allReviews, func(row oneRow) (*consent.Review, error) {
		review := new(consent.Review)
		return review, row.Scan(&review.Service, &review.Due, &review.Reviewed)
	}, string(site))
	if err != nil {
		return nil, fmt.Errorf("list the reviews: %w", err)
	}
	return all, nil
}

// SetReview stores a review.
func (s *Store) SetReview(ctx context.Context, site consent.SiteKey, review consent.Review) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		done, err := conn.ExecContext(ctx, setReview, string(site), string(review.Service), int64(review.Due), int64(review.Reviewed))
		if isConstraint(err) {
			return &consent.Error{Kind: consent.Invalid, Code: "invalid_review", Err: err, Message: "A review is of a service, and on a day after 1970."}
		}
		if err != nil {
			return fmt.Errorf("store the review: %w", err)
		}
		return changedOne(done, "unknown_site", "There is no such site.")
	})
}

package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"github.com/samtykke/samtykke/consent"
)

const (
	allReviews = `
SELECT service, max(due) AS due, max(reviewed), max(first) FROM (
  SELECT service, due, reviewed, 0 AS first FROM review WHERE site = (SELECT id FROM site WHERE key = ?1)
  UNION ALL SELECT service, 0, 0, first FROM published_service WHERE site = (SELECT id FROM site WHERE key = ?1))
GROUP BY service ORDER BY 2, 1`
	setReview = `
INSERT INTO review (site, service, due, reviewed) SELECT id, ?2, ?3, ?4 FROM site WHERE key = ?1
ON CONFLICT DO UPDATE SET due = excluded.due, reviewed = excluded.reviewed`

	storedReview = `SELECT due, reviewed FROM review WHERE site = (SELECT id FROM site WHERE key = ?1) AND service = ?2`

	reviewInterval    = `SELECT review_months FROM site WHERE key = ?`
	setReviewInterval = `UPDATE site SET review_months = ?2 WHERE key = ?1`
)

// Reviews gives when a site's services are to be looked at again.
func (s *Store) Reviews(ctx context.Context, site consent.SiteKey) ([]consent.Review, error) {
	all, err := listed(ctx, s.reads, allReviews, func(row oneRow) (*consent.Review, error) {
		review, first := new(consent.Review), int64(0)
		err := row.Scan(&review.Service, &review.Due, &review.Reviewed, &first)
		if first > 0 {
			review.Published = consent.DayOf(moment(first))
		}
		return review, err
	}, string(site))
	if err != nil {
		return nil, fmt.Errorf("list the reviews: %w", err)
	}
	return all, nil
}

// SetReview stores a review in place of another.
func (s *Store) SetReview(ctx context.Context, site consent.SiteKey, review, was consent.Review) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		return putReview(ctx, conn, site, review, was)
	})
}

// SetReviews stores several with their acts, or none.
func (s *Store) SetReviews(ctx context.Context, site consent.SiteKey, changes []consent.ReviewChange) error {
	acts := make([]consent.Act, len(changes))
	for i := range changes {
		acts[i], _ = consent.ActOf(consent.WithAct(ctx, changes[i].Act))
	}
	return s.writer.run(consent.WithoutAct(ctx), func(ctx context.Context, conn *sql.Conn) error {
		for i := range changes {
			if err := putReview(ctx, conn, site, changes[i].Review, changes[i].Was); err != nil {
				return err
			}
			if err := s.writer.record(ctx, &acts[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func putReview(ctx context.Context, conn *sql.Conn, site consent.SiteKey, review, was consent.Review) error {
	var is consent.Review
	err := conn.QueryRowContext(ctx, storedReview, string(site), string(review.Service)).Scan(&is.Due, &is.Reviewed)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("read the review: %w", err)
	}
	if is.Due != was.Due || is.Reviewed != was.Reviewed {
		return errReviewChanged()
	}
	done, err := conn.ExecContext(ctx, setReview, string(site), string(review.Service), int64(review.Due), int64(review.Reviewed))
	if isConstraint(err) {
		return &consent.Error{Kind: consent.Invalid, Code: "invalid_review", Err: err, Message: "A review is of a service, and on a day after 1970."}
	}
	if err != nil {
		return fmt.Errorf("store the review: %w", err)
	}
	return changedOne(done, "unknown_site", "There is no such site.")
}

// ReviewInterval gives how many months a site lets pass between two reviews.
func (s *Store) ReviewInterval(ctx context.Context, site consent.SiteKey) (every consent.ReviewInterval, err error) {
	return scanReviewInterval(site, s.reads.row(ctx, reviewInterval, string(site)))
}

func errReviewChanged() error {
	return consent.Errorf(consent.Conflict, "review_changed", "Somebody else has changed the review meanwhile. Look at it again.")
}

// SetReviewInterval stores another one.
func (s *Store) SetReviewInterval(ctx context.Context, site consent.SiteKey, every, was consent.ReviewInterval) error {
	if err := consent.CheckReviewInterval(every); err != nil {
		return err
	}
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		is, err := scanReviewInterval(site, conn.QueryRowContext(ctx, reviewInterval, string(site)))
		if err != nil {
			return err
		}
		if is != was {
			return errReviewChanged()
		}
		s.writer.changed("review_months", strconv.Itoa(int(was)), strconv.Itoa(int(every)))
		if _, err := conn.ExecContext(ctx, setReviewInterval, string(site), int64(every)); err != nil {
			return fmt.Errorf("store the interval of reviews: %w", err)
		}
		return nil
	})
}

func scanReviewInterval(site consent.SiteKey, row oneRow) (every consent.ReviewInterval, err error) {
	err = row.Scan(&every)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, errNoSite(site)
	}
	if err != nil {
		return 0, fmt.Errorf("read the interval of reviews: %w", err)
	}
	return every, nil
}

package consent

import "context"

// ReviewSoon is how many days ahead a review is asked for.
const ReviewSoon = 30

// Review is when a service of an inventory is to be looked at again. It is no part
// of the Draft: no Notice says it.
type Review struct {
	Service  ServiceKey
	Due      Day // 0 for none
	Reviewed Day // 0 for never
}

// Pressing says whether the service is to be looked at now.
func (r Review) Pressing(today Day) bool { return r.Due != 0 && r.Due-today <= ReviewSoon }

// NextReview gives a year after the last review, or after today when there was none.
func (r Review) NextReview(today Day) Day {
	if r.Reviewed != 0 {
		today = r.Reviewed
	}
	return today.AddMonths(12)
}

// PressingServices gives the services of a Draft that are to be looked at now, in the
// order of their reviews.
func PressingServices(draft *Draft, reviews []Review, today Day) []*Service {
	var found []*Service
	for _, review := range reviews {
		if review.Pressing(today) {
			if service := draft.Service(review.Service); service != nil {
				found = append(found, service)
			}
		}
	}
	return found
}

// ReviewStore keeps Reviews.
type ReviewStore interface {
	// Reviews gives those of a Site, by Due and Service. A service may be gone from
	// the Draft.
	Reviews(ctx context.Context, site SiteKey) ([]Review, error)
	// SetReview stores one in place of the one that was there.
	SetReview(ctx context.Context, site SiteKey, review Review) error
}

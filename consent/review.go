package consent

import (
	"cmp"
	"context"
	"slices"
)

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

// Dated sets the day by which the service is to be looked at, 0 for none. The error is
// Invalid (past_day) for one that is over, unless it was set already.
func (r Review) Dated(due, today Day) (Review, error) {
	if due != 0 && due < today && due != r.Due {
		return r, Errorf(Invalid, "past_day", "The day %s is over. Choose today or a later one.", due)
	}
	r.Due = due
	return r, nil
}

// Done notes that somebody has looked at the service, and when the next time is.
func (r Review) Done(today Day) Review {
	r.Reviewed = today
	r.Due = r.NextReview(today)
	return r
}

// ReviewsOf gives the Reviews of a Site by service.
func ReviewsOf(ctx context.Context, store ReviewStore, site SiteKey) (map[ServiceKey]Review, error) {
	all, err := store.Reviews(ctx, site)
	if err != nil {
		return nil, err
	}
	reviews := make(map[ServiceKey]Review, len(all))
	for _, each := range all {
		reviews[each.Service] = each
	}
	return reviews, nil
}

// ReviewsIn gives the Review of each service of a Draft: what is due first, and behind
// it what has no day.
func ReviewsIn(draft *Draft, known map[ServiceKey]Review) []Review {
	all := make([]Review, len(draft.Services))
	for i := range draft.Services {
		key := draft.Services[i].Key
		all[i] = known[key]
		all[i].Service = key
	}
	slices.SortStableFunc(all, func(a, b Review) int {
		if (a.Due == 0) != (b.Due == 0) {
			return cmp.Compare(b.Due, a.Due)
		}
		return cmp.Compare(a.Due, b.Due)
	})
	return all
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

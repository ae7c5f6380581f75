package consent

import (
	"cmp"
	"context"
	"slices"
)

// ReviewSoon is how many days ahead a review is asked for.
const ReviewSoon = 30

// ReviewYears is how many years ahead the day of a review is at most.
const ReviewYears = 5

// ReviewInterval is how many months a Site lets pass between two reviews of a service.
type ReviewInterval int

// UsualReviewInterval is that of a Site for which nobody has chosen another.
const UsualReviewInterval ReviewInterval = 12

// ReviewIntervals are all: quarterly, half-yearly and yearly.
var ReviewIntervals = []ReviewInterval{3, 6, 12}

// CheckReviewInterval refuses another one (Invalid, bad_choice).
func CheckReviewInterval(every ReviewInterval) error {
	if !slices.Contains(ReviewIntervals, every) {
		return Errorf(Invalid, "bad_choice", "Services are reviewed every 3, 6 or 12 months.")
	}
	return nil
}

// Review is when a service of an inventory is to be looked at again. It is no part
// of the Draft: no Notice says it.
type Review struct {
	Service   ServiceKey
	Due       Day            // set for this service, 0 for none
	Reviewed  Day            // 0 for never
	Published Day            // of the first Notice that has it, 0 for none
	Every     ReviewInterval // of the Site
}

// Next gives the day by which the service is to be looked at: the one that was set for it,
// or the interval of the Site after the last review, or after the first Notice when there
// was none. It is 0 for what no Notice has had: nobody meets it yet.
func (r Review) Next() Day {
	switch {
	case r.Due != 0:
		return r.Due
	case r.Published == 0:
		return 0
	}
	return cmp.Or(r.Reviewed, r.Published).AddMonths(int(r.Every))
}

// Pressing says whether the service is to be looked at now.
func (r Review) Pressing(today Day) bool { return presses(r.Next(), today) }

func presses(next, today Day) bool { return next != 0 && next-today <= ReviewSoon }

// Dated sets the day by which the service is to be looked at, 0 for the one that the
// interval gives. The error is Invalid for one that is over (past_day) or more than
// ReviewYears ahead (far_day), unless it was set already.
func (r Review) Dated(due, today Day) (Review, error) {
	if due != 0 && due < today && due != r.Due {
		return r, Errorf(Invalid, "past_day", "The day %s is over. Choose today or a later one.", due)
	}
	if due > today.AddMonths(12*ReviewYears) && due != r.Due {
		return r, Errorf(Invalid, "far_day", "The day %s is more than %d years ahead. Choose an earlier one.", due, ReviewYears)
	}
	r.Due = due
	return r, nil
}

// Done notes that somebody has looked at the service. The interval gives the next time.
func (r Review) Done(today Day) Review {
	r.Reviewed, r.Due = today, 0
	return r
}

// Told is how the audit trail tells of it: with the day that it leads to.
func (r Review) Told() string {
	if next := r.Next(); next != 0 {
		return string(r.Service) + " " + next.String()
	}
	return string(r.Service)
}

// Reviews are those of a Site.
type Reviews struct {
	Every ReviewInterval
	known map[ServiceKey]Review
}

// ReviewsOf gives the Reviews of a Site.
func ReviewsOf(ctx context.Context, store ReviewStore, site SiteKey) (*Reviews, error) {
	every, err := store.ReviewInterval(ctx, site)
	if err != nil {
		return nil, err
	}
	all, err := store.Reviews(ctx, site)
	if err != nil {
		return nil, err
	}
	reviews := &Reviews{every, make(map[ServiceKey]Review, len(all))}
	for _, each := range all {
		each.Every = every
		reviews.known[each.Service] = each
	}
	return reviews, nil
}

// Of gives the Review of a service.
func (r *Reviews) Of(service ServiceKey) Review {
	if known, is := r.known[service]; is {
		return known
	}
	return Review{Service: service, Every: r.Every}
}

// dated is a service with its Review and the day by which it is to be looked at.
type dated struct {
	service *Service
	review  Review
	next    Day
}

// dated gives the services of a Draft whose day fits: what is due first, and behind it
// what is not due at all.
func (r *Reviews) dated(draft *Draft, fits func(next Day) bool) []dated {
	var all []dated
	for i := range draft.Services {
		review := r.Of(draft.Services[i].Key)
		if next := review.Next(); fits(next) {
			all = append(all, dated{&draft.Services[i], review, next})
		}
	}
	slices.SortStableFunc(all, func(a, b dated) int {
		if (a.next == 0) != (b.next == 0) {
			return cmp.Compare(b.next, a.next)
		}
		return cmp.Compare(a.next, b.next)
	})
	return all
}

// In gives the Review of each service of a Draft, in the order of their days.
func (r *Reviews) In(draft *Draft) []Review {
	all := make([]Review, 0, len(draft.Services))
	for _, each := range r.dated(draft, func(Day) bool { return true }) {
		all = append(all, each.review)
	}
	return all
}

// Press says whether anything may be to be looked at now. It is cheaper than to ask for
// what, since no Draft is read; a service may be gone from that.
func (r *Reviews) Press(today Day) bool {
	for _, each := range r.known {
		if each.Pressing(today) {
			return true
		}
	}
	return false
}

// Pressing gives the services of a Draft that are to be looked at now, in the same order.
func (r *Reviews) Pressing(draft *Draft, today Day) []*Service {
	pressing := r.dated(draft, func(next Day) bool { return presses(next, today) })
	found := make([]*Service, len(pressing))
	for i, each := range pressing {
		found[i] = each.service
	}
	return found
}

// ReviewChange is one of several Reviews that are stored together.
type ReviewChange struct {
	Review, Was Review
	Act         Act
}

// ReviewStore keeps Reviews.
type ReviewStore interface {
	// Reviews gives those of a Site without their interval, by Due and Service: of what
	// was reviewed, has a day or was published. A service may be gone from the Draft.
	Reviews(ctx context.Context, site SiteKey) ([]Review, error)
	// SetReview stores day and last review in place of those that were there, or fails
	// with Conflict (review_changed) when these are not as in was.
	SetReview(ctx context.Context, site SiteKey, review, was Review) error
	// SetReviews does the same for several services with their Acts, or nothing.
	SetReviews(ctx context.Context, site SiteKey, changes []ReviewChange) error
	// ReviewInterval gives that of a Site, or NotFound.
	ReviewInterval(ctx context.Context, site SiteKey) (ReviewInterval, error)
	// SetReviewInterval stores another one, of those that there are, or fails with
	// Conflict (review_changed) when it is another than was.
	SetReviewInterval(ctx context.Context, site SiteKey, every, was ReviewInterval) error
}

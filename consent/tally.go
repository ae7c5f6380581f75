package consent

import (
	"context"
	"time"
)

// Tally is how far a Site's visitors came on a day (UTC). It counts events and
// names nobody.
type Tally struct {
	Site SiteKey
	Day  time.Time // midnight UTC
	// Shown: the banner asked, once for each page on which it stood.
	Shown int
	// Decided: a valid Decision reached the server, however often it was sent.
	Decided int
	// Stored: it was committed. The store counts this itself, with the Decision or
	// the refusal that is only counted.
	Stored int
	// Acknowledged: the answer with the Receipt was written out to the visitor.
	Acknowledged int
	// Took: the question was answered, and how long that took is known; by Delays.
	Took [len(Delays)]int
}

// Crowd is the least count that is shown as it is. Fewer might be somebody.
const Crowd = 5

// MidnightOf gives the midnight (UTC) that begins the day of a moment.
func MidnightOf(at time.Time) time.Time {
	at = at.UTC()
	return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
}

// TallyStore keeps Tallies.
type TallyStore interface {
	// AddTallies adds to the days' counts. It leaves Stored alone: that one is
	// counted by Append and CountRefusal, in the transaction that stores.
	AddTallies(ctx context.Context, tallies []Tally) error
	// Tallies gives a Site's days on which something was counted, from inclusive
	// and to exclusive, the oldest first.
	Tallies(ctx context.Context, site SiteKey, from, to time.Time) ([]Tally, error)
}

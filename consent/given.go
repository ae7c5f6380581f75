package consent

import "context"

// GivenDay is what a public file has said of a day of a Site. It never changes again,
// whatever is erased later, frozen or over: of two files that were made at different
// times, one less the other would be what one visitor did. To a store it is JSON.
type GivenDay struct {
	Day  Day
	Rows []byte
}

// GivenStore keeps what public files have said.
type GivenStore interface {
	// GiveDays keeps what is said of days of which nothing was said before, and gives
	// what was said of each day of a Site from one to another, both inclusive, the
	// oldest first.
	GiveDays(ctx context.Context, site SiteKey, days []GivenDay, from, to Day) ([]GivenDay, error)
}

package consent

import (
	"context"
	"time"
)

// Figures are how often what was decided on a Site, from one day to another (UTC).
// They count the Decisions in the Log that may be used, and the refusals of which
// a Site keeps only a number: what was erased, has expired or is frozen is not
// among them.
type Figures struct {
	Days []DayFigure  // the oldest first; a day without Decisions is not there
	Made []MadeFigure // what was decided and how, over all days
}

// DayFigure is how many Decisions of a day came out so.
type DayFigure struct {
	Day   time.Time // midnight UTC
	State State
	// InPlace: made at a placeholder (PlaceholderOnce, PlaceholderAlways).
	InPlace bool
	Count   int
}

// MadeFigure is how many Decisions were made in one way.
type MadeFigure struct {
	Notice   NoticeNumber
	Language Language
	Method   Method // "" for refusals that are kept as a number alone
	Layer    Layer  // "" as well
	State    State
	Choice   Choice // empty as well
	Count    int
}

// IsInPlace says that a Decision was made at a placeholder, about what stands there.
func (m Method) IsInPlace() bool { return m == PlaceholderOnce || m == PlaceholderAlways }

// ClosedFigures are the tables of some days on end that were added up once. They
// never change again, whatever is erased later or expires. To a store they are JSON.
type ClosedFigures struct {
	First, Last time.Time // midnight UTC
	Tables      []byte
}

// FiguresStore counts Decisions.
type FiguresStore interface {
	// Figures counts a Site's days, from inclusive and to exclusive, both as they
	// are at one moment. It reads no Decision, so it is quick however many there are.
	Figures(ctx context.Context, site SiteKey, from, to time.Time) (*Figures, error)
	// ClosedFigures gives those of a Site whose last day is from one inclusive to
	// another exclusive, the oldest first.
	ClosedFigures(ctx context.Context, site SiteKey, from, to time.Time) ([]ClosedFigures, error)
	// FiguresJudged says up to which day it was seen whether tables can be closed,
	// and the last day of those that are: zero times when there is none.
	FiguresJudged(ctx context.Context, site SiteKey) (judged, closed time.Time, err error)
	// CloseFigures adds closed tables and says up to which day it was judged. Tables
	// that reach into the days of others are Invalid, and nothing is stored.
	CloseFigures(ctx context.Context, site SiteKey, judged time.Time, closed []ClosedFigures) error
}

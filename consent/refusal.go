package consent

import (
	"context"
	"time"
)

// Refusals says what a Site keeps of a visitor who says no to everything and has
// decided nothing before. GDPR art. 7(1) asks for evidence of a yes alone, and
// art. 5(1)(c) for no more than is needed.
type Refusals string

// What is kept.
const (
	RefusalsKeep  Refusals = "keep"  // a Decision like any other, with a receipt
	RefusalsCount Refusals = "count" // a number per day, notice and language, and nothing else
)

// RefusalCount is how many refused on a day without leaving anything else.
type RefusalCount struct {
	Site     SiteKey
	Day      time.Time // midnight UTC
	Notice   NoticeNumber
	Language Language
	Count    int
}

// RefusalStore counts refusals of Sites that keep no more of them.
type RefusalStore interface {
	// CountRefusal adds one to the day of a moment. An unknown Notice is NotFound.
	CountRefusal(ctx context.Context, site SiteKey, notice NoticeNumber, language Language, now time.Time) error
	// Refusals lists a Site's counts, newest day first, then by Notice and language. They
	// are told to nobody: Figures are, which are about many.
	Refusals(ctx context.Context, site SiteKey) ([]RefusalCount, error)
}

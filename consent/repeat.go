package consent

import (
	"context"
	"time"
)

// RepeatLasts is how long a Repeat is kept.
const RepeatLasts = 24 * time.Hour

// Repeat is what a program has asked for under a key of its own, and was answered.
type Repeat struct {
	ID      Hash // of the APIKey's id and the program's key
	Request Hash // of what was asked for
	// Status is that of the answer, 0 while there is none, and for one that is not kept.
	Status   int
	Location string
	Body     []byte
}

// RepeatStore keeps Repeats for a day.
type RepeatStore interface {
	// BeginRepeat stores one that has no answer yet, and gives nil. When it is known
	// already, and its day is not over, it gives that one.
	BeginRepeat(ctx context.Context, id, request Hash, now time.Time) (*Repeat, error)
	// AnswerRepeat keeps the answer.
	AnswerRepeat(ctx context.Context, repeat *Repeat) error
	// DropRepeat forgets one of which nothing came.
	DropRepeat(ctx context.Context, id Hash) error
	// EndRepeats forgets those whose day is over: an answer may be about a person.
	EndRepeats(ctx context.Context, now time.Time) error
}

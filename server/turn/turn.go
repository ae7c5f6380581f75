// Package turn lets few at once do what takes much memory and time: pages and files that
// are made of a long draft. What is made of a short one never waits.
package turn

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/samtykke/samtykke/consent"
)

const (
	// Small is up to how many bytes a draft needs no turn. Drafts of a hundred services
	// are smaller.
	Small = 256 << 10
	// Large is a draft that takes a whole place; smaller ones share it.
	Large = 2 << 20
	// places is how many large ones are worked on at once. A person has one of them, so
	// that another always finds one.
	places = 2
)

// Patience is how long somebody waits for a turn, and may wait before asking again.
const Patience = 5 * time.Second

// Busy is the code of the error of Take.
const Busy = "server_busy"

// Turns hands out turns.
type Turns struct {
	patience time.Duration
	all      *semaphore.Weighted
	mu       sync.Mutex
	own      map[consent.AccountID]*line
}

// line is where the requests of one person wait for each other, and not for a place that
// somebody else could have.
type line struct {
	turns *semaphore.Weighted
	in    int // who waits in it or has a turn
}

// New makes Turns. Who gets none within patience is told so.
func New(patience time.Duration) *Turns {
	return &Turns{patience: patience, all: semaphore.NewWeighted(places * Large), own: map[consent.AccountID]*line{}}
}

// Take waits for a turn with something of a size, for whoever answers for it. It must be
// given back with done. The error is Unavailable (code Busy).
func (t *Turns) Take(ctx context.Context, who consent.AccountID, size int) (done func(), err error) {
	if size <= Small {
		return func() {}, nil
	}
	weight := int64(min(size, Large))
	ctx, cancel := context.WithTimeout(ctx, t.patience)
	defer cancel()
	own := t.enter(who)
	if err := take(ctx, own.turns, weight); err != nil {
		t.leave(who)
		return nil, err
	}
	if err := take(ctx, t.all, weight); err != nil {
		own.turns.Release(weight)
		t.leave(who)
		return nil, err
	}
	return sync.OnceFunc(func() {
		t.all.Release(weight)
		own.turns.Release(weight)
		t.leave(who)
	}), nil
}

// take waits until ctx ends. What is free is taken even after that.
func take(ctx context.Context, of *semaphore.Weighted, weight int64) error {
	if of.TryAcquire(weight) || of.Acquire(ctx, weight) == nil {
		return nil
	}
	return consent.Errorf(consent.Unavailable, Busy, "Others work with long drafts just now. Nothing was done. Ask again in a few seconds.")
}

func (t *Turns) enter(who consent.AccountID) *line {
	t.mu.Lock()
	defer t.mu.Unlock()
	own := t.own[who]
	if own == nil {
		own = &line{turns: semaphore.NewWeighted(Large)}
		t.own[who] = own
	}
	own.in++
	return own
}

func (t *Turns) leave(who consent.AccountID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if own := t.own[who]; own != nil {
		if own.in--; own.in == 0 {
			delete(t.own, who)
		}
	}
}

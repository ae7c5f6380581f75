package admin

import (
	"context"
	"sync"
)

// mostAside is how much is done aside at once. Who comes later waits for a place.
const mostAside = 32

// aside does what no answer waits for.
type aside struct {
	places  chan struct{}
	running sync.WaitGroup
}

func newAside() *aside { return &aside{places: make(chan struct{}, mostAside)} }

// run does something, also when the request has ended meanwhile.
func (b *aside) run(ctx context.Context, do func(context.Context)) {
	ctx = context.WithoutCancel(ctx)
	b.places <- struct{}{}
	b.running.Go(func() {
		defer func() { <-b.places }()
		do(ctx)
	})
}

// end waits until all is done, or ctx ends.
func (b *aside) end(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		b.running.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

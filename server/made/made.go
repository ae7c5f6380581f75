// Package made keeps what takes long to make, so that those who ask for the same share it:
// who comes first makes it, and the others wait for that.
package made

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// Shelf keeps values by key, the newest of them, up to a size in all. Nobody changes a
// value that is on it.
type Shelf[K comparable, V any] struct {
	most int
	size func(V) int

	mu     sync.Mutex
	things map[K]*thing[V]
	order  []K // of what is made, the one that was asked for longest ago first
	kept   int
}

// thing is a value that is made, or being made.
type thing[V any] struct {
	done  chan struct{} // closed when it is made
	value V
	err   error
}

var errUnmade = errors.New("what was waited for was not made")

// New makes a Shelf that keeps values of at most so many bytes in all, as size gives them.
func New[K comparable, V any](most int, size func(V) int) *Shelf[K, V] {
	return &Shelf[K, V]{most: most, size: size, things: map[K]*thing[V]{}}
}

// Get gives the value of a key, which is made when it is not there. An error is given to
// those who have waited for it, and not kept.
func (s *Shelf[K, V]) Get(ctx context.Context, key K, work func() (V, error)) (V, error) {
	s.mu.Lock()
	found, there := s.things[key]
	if !there {
		found = &thing[V]{done: make(chan struct{}), err: errUnmade}
		s.things[key] = found
		s.mu.Unlock()
		return s.fill(key, found, work)
	}
	if at := slices.Index(s.order, key); at >= 0 {
		s.order = append(slices.Delete(s.order, at, at+1), key)
	}
	s.mu.Unlock()
	select {
	case <-found.done:
		return found.value, found.err
	case <-ctx.Done():
		var none V
		return none, ctx.Err()
	}
}

// Peek gives the value of a key when it is there already.
func (s *Shelf[K, V]) Peek(key K) (value V, there bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if found := s.things[key]; found != nil && slices.Contains(s.order, key) {
		return found.value, true
	}
	return value, false
}

// fill makes a value. A panic leaves nothing behind.
func (s *Shelf[K, V]) fill(key K, into *thing[V], work func() (V, error)) (V, error) {
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		close(into.done)
		if into.err != nil || s.size(into.value) > s.most {
			delete(s.things, key)
			return
		}
		s.order, s.kept = append(s.order, key), s.kept+s.size(into.value)
		for s.kept > s.most {
			oldest := s.order[0]
			s.kept -= s.size(s.things[oldest].value)
			delete(s.things, oldest)
			s.order = s.order[1:]
		}
	}()
	into.value, into.err = work()
	return into.value, into.err
}

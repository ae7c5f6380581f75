package cache

import (
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/sony/gobreaker/v2"
)

type reply string

func (r reply) Error() string { return string(r) }
func (reply) RedisError()     {}

// A Redis that is full or holds another type under a key still reads; one that
// is silent, is no longer the master, or locks us out, is left alone.
func TestWhatCountsAsFailure(t *testing.T) {
	for _, err := range []error{nil, redis.Nil, reply("OOM command not allowed when used memory > 'maxmemory'."), reply("WRONGTYPE Operation against a key")} {
		if !healthy(err) {
			t.Errorf("%v counts as a failure", err)
		}
	}
	for _, err := range []error{context.DeadlineExceeded, io.EOF, errors.New("connection refused"), reply("READONLY You can't write"), reply("MOVED 1 2"), reply("NOPERM no"), reply("LOADING")} {
		if healthy(err) {
			t.Errorf("%v does not count as a failure", err)
		}
	}
}

// Each failed attempt doubles the time that Redis is left alone, up to half a
// minute; an answer begins anew.
func TestBackOff(t *testing.T) {
	now := time.Unix(1_772_000_000, 0)
	r, err := newRemote(withDefaults(Options{URL: "redis://127.0.0.1:1", Clock: func() time.Time { return now }}), new(Counters))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := r.close(); err != nil {
			t.Error(err)
		}
	}()
	within := func(want time.Duration) {
		t.Helper()
		r.changed("", gobreaker.StateClosed, gobreaker.StateOpen)
		if got := r.until.Sub(now); got < want*9/10 || got > want*11/10 {
			t.Errorf("left alone for %v, want %v give or take a tenth", got, want)
		}
		if r.allowed() {
			t.Error("it is asked although it is left alone")
		}
	}
	for _, want := range []time.Duration{1, 2, 4, 8, 16, 30, 30} {
		within(want * time.Second)
	}
	now = now.Add(40 * time.Second)
	if !r.allowed() {
		t.Error("it is not asked again")
	}
	r.changed("", gobreaker.StateHalfOpen, gobreaker.StateClosed)
	within(time.Second)
	_, err = r.call(t.Context(), func(context.Context) (string, error) {
		t.Error("Redis was asked while it is left alone")
		return "", nil
	})
	if !errors.Is(err, gobreaker.ErrOpenState) {
		t.Errorf("got %v", err)
	}
}

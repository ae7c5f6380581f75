package made

import (
	"errors"
	"testing"
	"testing/synctest"
)

func length(text string) int { return len(text) }

// Whoever asks while something is made waits for that, and it is made once.
func TestMadeOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shelf, made, go1, got := New[int](100, length), 0, make(chan struct{}), make(chan string)
		for range 12 {
			go func() {
				value, err := shelf.Get(t.Context(), 1, func() (string, error) {
					made++
					<-go1
					return "one", nil
				})
				if err != nil {
					t.Error(err)
				}
				got <- value
			}()
		}
		synctest.Wait() // one makes it, and eleven wait
		close(go1)
		for range 12 {
			if value := <-got; value != "one" {
				t.Errorf("got %q", value)
			}
		}
		if made != 1 {
			t.Errorf("it was made %d times", made)
		}
	})
}

// What is kept is bounded: the one that nobody has asked for longest goes, and what is
// larger than all is not kept.
func TestShelfIsBounded(t *testing.T) {
	shelf := New[string](10, length)
	made := map[string]int{}
	get := func(key, value string) {
		t.Helper()
		got, err := shelf.Get(t.Context(), key, func() (string, error) { made[key]++; return value, nil })
		if err != nil || got != value {
			t.Errorf("got %q, %v", got, err)
		}
		if shelf.kept > 10 || len(shelf.things) != len(shelf.order) {
			t.Errorf("%d bytes are kept, %d things", shelf.kept, len(shelf.things))
		}
	}
	get("a", "12345")
	get("b", "12345")
	get("a", "12345")
	get("c", "12345") // b goes
	get("a", "12345")
	if made["a"] != 1 {
		t.Errorf("what was asked for just now was made %d times", made["a"])
	}
	if _, there := shelf.Peek("b"); there {
		t.Error("what went is still there")
	}
	get("b", "12345")
	if value, there := shelf.Peek("b"); value != "12345" || !there {
		t.Errorf("what was made just now is %q, %v", value, there)
	}
	if made["b"] != 2 {
		t.Errorf("what went was made %d times", made["b"])
	}
	get("long", "12345678901")
	if shelf.kept != 10 {
		t.Errorf("%d bytes are kept beside what is too long", shelf.kept)
	}
}

// What cannot be made is tried again, also when its maker panics.
func TestFailureIsNotKept(t *testing.T) {
	shelf, failed := New[int](10, length), errors.New("no")
	if _, err := shelf.Get(t.Context(), 1, func() (string, error) { return "", failed }); !errors.Is(err, failed) {
		t.Errorf("got %v", err)
	}
	func() {
		defer func() { _ = recover() }()
		_, _ = shelf.Get(t.Context(), 1, func() (string, error) { panic("no") })
	}()
	if value, err := shelf.Get(t.Context(), 1, func() (string, error) { return "yes", nil }); value != "yes" || err != nil {
		t.Errorf("got %q, %v", value, err)
	}
}

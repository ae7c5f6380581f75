package turn

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const kari, ola, per consent.AccountID = 1, 2, 3

// taken takes a turn that there must be.
func taken(t *testing.T, turns *Turns, who consent.AccountID, size int) (done func()) {
	t.Helper()
	done, err := turns.Take(t.Context(), who, size)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// refused says that there is no turn, and how long that took to be told.
func refused(t *testing.T, turns *Turns, who consent.AccountID, size int, after time.Duration) {
	t.Helper()
	begun := time.Now()
	_, err := turns.Take(t.Context(), who, size)
	var own *consent.Error
	if !errors.As(err, &own) || own.Kind != consent.Unavailable || own.Code != "server_busy" {
		t.Fatalf("got %v, want server_busy", err)
	}
	if waited := time.Since(begun); waited != after {
		t.Errorf("refused after %v, want %v", waited, after)
	}
}

// Two large drafts are worked on, and a third waits no longer than it may; small ones do
// not wait at all.
func TestTwoAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := New(Patience)
		first, second := taken(t, turns, kari, 50*Large), taken(t, turns, ola, Large)
		refused(t, turns, per, Large, Patience)
		begun := time.Now()
		for range 1000 {
			taken(t, turns, per, Small)
		}
		if waited := time.Since(begun); waited > 0 {
			t.Errorf("small ones waited %v", waited)
		}
		go func() {
			time.Sleep(Patience / 2)
			first()
			first() // twice is once
		}()
		third := taken(t, turns, per, Large)
		refused(t, turns, kari, Large, Patience)
		second()
		third()
		taken(t, turns, kari, Large)
		taken(t, turns, ola, Large)
	})
}

// Those between share a place by their size.
func TestMiddlingOnesShare(t *testing.T) {
	turns := New(0)
	for range 4 {
		taken(t, turns, kari, Large/4)
		taken(t, turns, ola, Large/4)
	}
	refused := func(who consent.AccountID) {
		t.Helper()
		if _, err := turns.Take(t.Context(), who, Large/4); consent.KindOf(err) != consent.Unavailable {
			t.Errorf("got %v", err)
		}
	}
	refused(kari)
	refused(per)
}

// Whoever asks over and over has one place, and stands in nobody's way: another person
// finds the other one at once, however many wait.
func TestOnePersonLeavesAPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := New(Patience)
		held := taken(t, turns, kari, Large)
		told := make(chan error)
		for range 100 {
			go func() {
				_, err := turns.Take(t.Context(), kari, Large)
				told <- err
			}()
		}
		synctest.Wait()
		begun := time.Now()
		taken(t, turns, ola, Large)()
		taken(t, turns, per, Large)()
		if waited := time.Since(begun); waited > 0 {
			t.Errorf("others waited %v", waited)
		}
		for range 100 {
			if err := <-told; consent.KindOf(err) != consent.Unavailable {
				t.Errorf("got %v", err)
			}
		}
		held()
		if len(turns.own) > 0 {
			t.Errorf("%d lines are left behind", len(turns.own))
		}
	})
}

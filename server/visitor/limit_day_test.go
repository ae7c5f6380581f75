package visitor_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// perDay lets every site store that many in a day, and every network a
// twentieth of it.
func perDay(n int) func(*setup) {
	return func(s *setup) { s.Limits.SitePerDay = n }
}

// from sends one request from a loopback address, which is a network.
func (w *world) from(tb testing.TB, network int, r request) answer {
	tb.Helper()
	c := w.dial(tb, fmt.Sprintf("127.0.1.%d", network))
	defer func() { _ = c.conn.Close() }()
	return c.do(r)
}

// TestLimitPerSite: what a site stores in a day has an end, at midnight. Those
// who are turned away come back at different times, none so late that a banner
// takes it for a clock that was set back: more than ten minutes, of which five
// are its own.
func TestLimitPerSite(t *testing.T) {
	w := start(t, perDay(3))
	_, other := w.publish("ullensaker")
	waits := map[int]bool{}
	for i := range 43 {
		got := w.from(t, i+1, post("gjerdrum", w.acceptAll(i)))
		if (got.StatusCode == http.StatusCreated) != (i < 3) {
			t.Errorf("decision %d: %d", i, got.StatusCode)
		}
		if i >= 3 {
			waits[turnedAway(t, got, http.StatusServiceUnavailable, "site_full")] = true
		}
	}
	if len(waits) < 10 {
		t.Errorf("40 browsers come back at %d moments", len(waits))
	}
	body := strings.Replace(w.acceptAll(99), string(w.bundle), string(other), 1)
	if got := w.once(t, post("ullensaker", body)); got.StatusCode != http.StatusCreated {
		t.Errorf("another site: %d %s", got.StatusCode, got.body)
	}
	w.clock.advance(12 * time.Hour)
	if got := w.once(t, post("gjerdrum", w.acceptAll(100))); got.StatusCode != http.StatusCreated {
		t.Errorf("after midnight: %d", got.StatusCode)
	}
}

// turnedAway checks a refusal that a banner comes back after, and gives when.
func turnedAway(t *testing.T, got answer, status int, reason string) int {
	t.Helper()
	wait, err := strconv.Atoi(got.Header.Get("Retry-After"))
	if err != nil || wait < 60 || wait > 300 || got.StatusCode != status || got.Header.Get("Samtykke-Reason") != reason ||
		got.Header.Get("Access-Control-Allow-Origin") == "" {
		t.Errorf("%d %v", got.StatusCode, got.Header)
	}
	return wait
}

// TestNetworkHasItsShare: one network cannot use up a site's day. It has a
// share on each site, and a new one after midnight.
func TestNetworkHasItsShare(t *testing.T) {
	w := start(t, perDay(60))
	_, other := w.publish("ullensaker")
	for i := range 6 {
		got := w.from(t, 1, post("gjerdrum", w.acceptAll(i)))
		if (got.StatusCode == http.StatusCreated) != (i < 3) {
			t.Errorf("decision %d: %d %s", i, got.StatusCode, got.body)
		}
		if i >= 3 {
			turnedAway(t, got, http.StatusTooManyRequests, "network_full")
		}
	}
	if got := w.from(t, 2, post("gjerdrum", w.acceptAll(10))); got.StatusCode != http.StatusCreated {
		t.Errorf("another network: %d %s", got.StatusCode, got.body)
	}
	body := strings.Replace(w.acceptAll(11), string(w.bundle), string(other), 1)
	if got := w.from(t, 1, post("ullensaker", body)); got.StatusCode != http.StatusCreated {
		t.Errorf("another site: %d %s", got.StatusCode, got.body)
	}
	w.clock.advance(12 * time.Hour)
	if got := w.from(t, 1, post("gjerdrum", w.acceptAll(12))); got.StatusCode != http.StatusCreated {
		t.Errorf("after midnight: %d", got.StatusCode)
	}
}

// ailingStore cannot store while it is ill.
type ailingStore struct {
	consent.Store
	ill *atomic.Bool
}

func (s ailingStore) Append(ctx context.Context, d *consent.Decision) (*consent.Appended, error) {
	if s.ill.Load() {
		return nil, errors.New("the disk is full")
	}
	return s.Store.Append(ctx, d)
}

// TestDayCountsWhatIsStored: what leaves no row behind costs nothing of the
// day: conflicts, late repeats, and what the store could not take.
func TestDayCountsWhatIsStored(t *testing.T) {
	var ill atomic.Bool
	w := start(t, perDay(3), func(s *setup) { s.store = ailingStore{s.store, &ill} })
	send := func(network int, body string, want int) {
		t.Helper()
		if got := w.from(t, network, post("gjerdrum", body)); got.StatusCode != want {
			t.Errorf("%d instead of %d: %s", got.StatusCode, want, got.body)
		}
	}
	first := w.acceptAll(1)
	other := strings.Replace(strings.Replace(first, "true", "false", 1), "accept_all", "reject_all", 1)
	send(1, first, http.StatusCreated)
	w.clock.advance(time.Hour) // the receipt is no longer in memory
	for range 5 {
		w.clock.advance(2 * time.Minute)
		send(2, first, http.StatusCreated)
		send(3, other, http.StatusConflict)
	}
	ill.Store(true)
	for i := range 5 {
		send(4, w.acceptAll(10+i), http.StatusInternalServerError)
	}
	ill.Store(false)
	send(2, w.acceptAll(20), http.StatusCreated)
	send(3, w.acceptAll(21), http.StatusCreated)
	send(4, w.acceptAll(22), http.StatusServiceUnavailable)
	if n := len(w.stored("gjerdrum")); n != 3 {
		t.Errorf("%d stored", n)
	}
}

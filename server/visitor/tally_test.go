package visitor_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// shown is what a banner sends when it stands.
func shown() request {
	return request{http.MethodPost, "/gjerdrum/shown", []string{"Origin: https://www.gjerdrum.kommune.no", "Content-Type: text/plain;charset=UTF-8"}, ""}
}

// tally writes what was counted and gives the day's counts.
func (w *world) tally(t *testing.T) consent.Tally {
	t.Helper()
	if err := w.server.WriteTallies(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	return w.written(t)
}

func (w *world) written(t *testing.T) consent.Tally {
	t.Helper()
	today := consent.MidnightOf(noon)
	days, err := w.store.Tallies(t.Context(), "gjerdrum", today, today.AddDate(0, 0, 1))
	if err != nil || len(days) > 1 {
		t.Fatal(days, err)
	}
	if len(days) == 0 {
		return consent.Tally{Site: "gjerdrum", Day: today}
	}
	return days[0]
}

// wantTally holds the counts against those that are expected, and says which gaps stand.
func (w *world) wantTally(t *testing.T, shown, decided, stored, acknowledged int, gaps ...consent.GapKind) {
	t.Helper()
	want := consent.Tally{Site: "gjerdrum", Day: consent.MidnightOf(noon), Shown: shown, Decided: decided, Stored: stored, Acknowledged: acknowledged}
	got := w.tally(t)
	// An answer is counted just after it is there.
	for end := time.Now().Add(5 * time.Second); got != want && time.Now().Before(end); got = w.tally(t) {
		<-time.After(10 * time.Millisecond)
	}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	found := consent.Reconcile([]consent.Tally{got}, got.Day)
	if len(found) != len(gaps) || len(gaps) > 0 && found[0].Kind != gaps[0] {
		t.Errorf("gaps are %+v, want %v", found, gaps)
	}
}

func TestShownIsCounted(t *testing.T) {
	w := start(t)
	for range 7 {
		if got := w.once(t, shown()); got.StatusCode != http.StatusNoContent || got.body != "" {
			t.Fatal(got.StatusCode, got.body)
		}
	}
	foreign, talking := shown(), shown()
	foreign.header[0] = "Origin: https://evil.example"
	talking.body = `{"visitor":"1"}`
	for want, r := range map[int]request{http.StatusForbidden: foreign, http.StatusBadRequest: talking} {
		if got := w.once(t, r); got.StatusCode != want {
			t.Errorf("status %d, want %d", got.StatusCode, want)
		}
	}
	w.wantTally(t, 7, 0, 0, 0)
}

// Whoever reads many pages without an answer can still give one.
func TestShownTakesNothingFromDecisions(t *testing.T) {
	w := start(t, func(s *setup) { s.Limits.DecisionsPerMinute = 3 })
	for range 3 {
		w.once(t, shown())
	}
	if got := w.once(t, shown()); got.StatusCode != http.StatusTooManyRequests {
		t.Errorf("status %d", got.StatusCode)
	}
	if got := w.once(t, post("gjerdrum", w.acceptAll(1))); got.StatusCode != http.StatusCreated {
		t.Errorf("status %d", got.StatusCode)
	}
	w.wantTally(t, 3, 1, 1, 1)
}

// A decision counts once, however often it is sent; what is none does not count.
func TestDecisionsAreCountedOnce(t *testing.T) {
	w := start(t)
	for n := range 10 {
		for range 3 {
			w.once(t, post("gjerdrum", w.acceptAll(n)))
		}
	}
	w.once(t, post("gjerdrum", strings.Replace(w.acceptAll(1), "accept_all", "shout", 1)))
	w.once(t, post("gjerdrum", strings.Replace(w.acceptAll(1), `"language":"nb"`, `"language":"nn"`, 1))) // 409
	w.wantTally(t, 0, 10, 10, 10)
}

// losing is a store that acknowledges nothing, or does and forgets, while it is ill.
type losing struct {
	consent.Store
	refuses, forgets atomic.Bool
}

func (s *losing) Append(ctx context.Context, d *consent.Decision) (*consent.Appended, error) {
	switch {
	case s.refuses.Load():
		return nil, consent.Errorf(consent.Unavailable, "disk_full", "The disk is full.")
	case s.forgets.Load():
		return &consent.Appended{Entry: consent.Entry{Index: 1, Decision: *d}}, nil
	}
	return s.Store.Append(ctx, d)
}

// A store that refuses raises an alarm while it does; when everything has been
// sent again there is none any more.
func TestRefusedDecisions(t *testing.T) {
	var store *losing
	w := start(t, func(s *setup) { store = &losing{Store: s.store}; s.store = store })
	store.refuses.Store(true)
	for range 4 {
		for n := range 30 {
			w.once(t, post("gjerdrum", w.acceptAll(n)))
		}
	}
	w.wantTally(t, 0, 30, 0, 0, consent.GapStored)
	store.refuses.Store(false)
	for n := range 30 {
		w.once(t, post("gjerdrum", w.acceptAll(n)))
	}
	w.wantTally(t, 0, 30, 30, 30)
}

// A store that says yes and keeps nothing is found out, because what is stored
// is counted with what is stored.
func TestForgottenDecisions(t *testing.T) {
	var store *losing
	w := start(t, func(s *setup) { store = &losing{Store: s.store}; s.store = store })
	store.forgets.Store(true)
	for n := range 30 {
		if got := w.once(t, post("gjerdrum", w.acceptAll(n))); got.StatusCode != http.StatusCreated {
			t.Fatal(got.StatusCode)
		}
	}
	w.wantTally(t, 0, 30, 0, 30, consent.GapStored)
}

// mute is a listener whose connections hear and cannot speak.
type mute struct{ net.Listener }

type muteConn struct{ net.Conn }

func (l mute) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	return muteConn{conn}, err
}

func (muteConn) Write([]byte) (int, error) { return 0, errors.New("the way out is broken") }

// Answers that do not get out are found out, though all is stored.
func TestAnswersThatFail(t *testing.T) {
	w := start(t, func(s *setup) { s.listen = func(l net.Listener) net.Listener { return mute{l} } })
	for n := range 30 {
		conn := w.dial(t, "127.0.0.1")
		if _, err := conn.conn.Write([]byte(post("gjerdrum", w.acceptAll(n)).raw())); err != nil {
			t.Fatal(err)
		}
		if got, ok := conn.receive(http.MethodPost); ok {
			t.Fatalf("it spoke: %d", got.StatusCode)
		}
	}
	w.wantTally(t, 0, 30, 30, 0, consent.GapAcknowledged)
}

// A process that is killed loses what it counted since it wrote last. It never
// keeps a decision without its answer, so that nothing seems to be lost.
func TestKilledBetweenCounts(t *testing.T) {
	w := start(t)
	for turn := range 5 {
		for n := range 40 {
			w.once(t, post("gjerdrum", w.acceptAll(turn*40+n)))
		}
		if err := w.server.WriteTallies(t.Context(), false); err != nil {
			t.Fatal(err)
		}
		got := w.written(t)
		got.Acknowledged++ // the last one may be counted just now
		if got.Decided > got.Stored || got.Decided > got.Acknowledged {
			t.Errorf("after turn %d: %+v", turn, got)
		}
		if gaps := consent.Reconcile([]consent.Tally{got}, got.Day); len(gaps) > 0 {
			t.Errorf("after turn %d: %+v", turn, gaps)
		}
	}
	if got := w.written(t); got.Stored != 200 || got.Decided != 160 {
		t.Errorf("written are %+v", got)
	}
	w.wantTally(t, 0, 200, 200, 200)
}

// What cannot be written is written the next time.
func TestCountsThatCannotBeWritten(t *testing.T) {
	store := &stubborn{}
	w := start(t, func(s *setup) { store.Store = s.store; s.store = store })
	store.refuses.Store(true)
	for n := range 10 {
		w.once(t, shown())
		w.once(t, post("gjerdrum", w.acceptAll(n)))
	}
	for range 3 {
		if w.server.WriteTallies(t.Context(), true) == nil {
			t.Fatal("it was written")
		}
	}
	store.refuses.Store(false)
	w.wantTally(t, 10, 10, 10, 10)
}

// stubborn is a store that takes no counts for a while.
type stubborn struct {
	consent.Store
	refuses atomic.Bool
}

func (s *stubborn) AddTallies(ctx context.Context, tallies []consent.Tally) error {
	if s.refuses.Load() {
		return errors.New("no")
	}
	return s.Store.AddTallies(ctx, tallies)
}

package visitor_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// TestSameDecisionAtOnce posts one Decision many times at the same moment: one
// row, and the same receipt for all.
func TestSameDecisionAtOnce(t *testing.T) {
	w := start(t)
	const times = 40
	receipts := make([]string, times)
	var all sync.WaitGroup
	for i := range times {
		all.Go(func() {
			got := w.once(t, post("gjerdrum", w.acceptAll(7)))
			if got.StatusCode != http.StatusCreated {
				t.Errorf("status %d: %s", got.StatusCode, got.body)
			}
			receipts[i] = got.body
		})
	}
	all.Wait()
	for _, receipt := range receipts {
		if receipt != receipts[0] {
			t.Errorf("two receipts for one decision:\n%s\n%s", receipt, receipts[0])
		}
	}
	if n := len(w.stored("gjerdrum")); n != 1 {
		t.Errorf("%d rows", n)
	}
}

// TestRepeatedReceiptOutlivesMemory: a repeat gets the first receipt a second
// later, from memory, and an hour later, from the store.
func TestRepeatedReceiptOutlivesMemory(t *testing.T) {
	w := start(t)
	first := w.once(t, post("gjerdrum", w.acceptAll(1)))
	for _, wait := range []time.Duration{time.Second, time.Hour} {
		w.clock.advance(wait)
		if again := w.once(t, post("gjerdrum", w.acceptAll(1))); again.StatusCode != http.StatusCreated || again.body != first.body {
			t.Errorf("after %v: %d %s instead of %s", wait, again.StatusCode, again.body, first.body)
		}
	}
}

// TestStoredAsJudged: what is in the Log is the server's verdict and time, the
// visitor's key instead of the token, and the browser's clock as a hint.
func TestStoredAsJudged(t *testing.T) {
	w := start(t)
	body := strings.Replace(w.acceptAll(1), `"time":1795348800`, `"time":1795348805`, 1)
	if got := w.once(t, post("gjerdrum", body)); got.StatusCode != http.StatusCreated {
		t.Fatal(got.StatusCode, got.body)
	}
	stored := w.stored("gjerdrum")[0]
	key, err := consent.ParseToken(token(1))
	if err != nil {
		t.Fatal(err)
	}
	if !stored.Time.Equal(noon) || stored.Skew != 5*time.Second || stored.State != consent.StateGiven ||
		stored.Visitor != key || stored.Notice != 1 || stored.Bundle != w.bundle || stored.Language != consent.Bokmaal {
		t.Errorf("stored as %+v", stored)
	}
}

// TestClockOfTheBrowserIsAHint: however wrong it is, the time is the server's,
// and the difference is kept within ten years.
func TestClockOfTheBrowserIsAHint(t *testing.T) {
	const most = 10 * 365 * 24 * time.Hour
	for claimed, want := range map[string]time.Duration{
		"1795348800":           0,
		"1826884800":           365 * 24 * time.Hour,
		"0":                    -most,
		"9223372036854775807":  most,
		"-9223372036854775808": -most,
	} {
		t.Run(claimed, func(t *testing.T) {
			w := start(t)
			w.once(t, post("gjerdrum", strings.Replace(w.acceptAll(1), "1795348800", claimed, 1)))
			stored := w.stored("gjerdrum")
			if len(stored) != 1 || !stored[0].Time.Equal(noon) || stored[0].Skew != want {
				t.Errorf("stored as %+v", stored)
			}
		})
	}
}

// TestEarlierNoticeStillJudges: a page that was open while a new Notice was
// published answers the one it showed.
func TestEarlierNoticeStillJudges(t *testing.T) {
	w := start(t)
	shown := w.acceptAll(1)
	w.clock.advance(time.Hour)
	_, newer := w.publish("gjerdrum", func(d *consent.Draft) { d.Site.Validity = "P6M" })
	if newer == w.bundle {
		t.Fatal("a new notice has the bundle of the old one")
	}
	got := w.once(t, post("gjerdrum", shown))
	if got.StatusCode != http.StatusCreated || !strings.Contains(got.body, `"notice":1,`) ||
		!strings.Contains(got.body, `"valid_until":"2027-11-22T13:00:00.000Z"`) {
		t.Errorf("%d %s", got.StatusCode, got.body)
	}
	if script := w.once(t, request{method: "GET", path: "/gjerdrum.js"}); !strings.Contains(script.body, "notice 2") {
		t.Errorf("the script is still the old one: %.40s", script.body)
	}
	pinned := w.once(t, request{method: "GET", path: "/gjerdrum/" + string(w.bundle) + ".js"})
	if !strings.Contains(pinned.body, "notice 1") {
		t.Errorf("the pinned script has changed: %.40s", pinned.body)
	}
}

// TestOneSiteCannotUseAnothersBundle keeps sites apart.
func TestOneSiteCannotUseAnothersBundle(t *testing.T) {
	w := start(t)
	w.publish("ullensaker")
	got := w.once(t, post("ullensaker", w.acceptAll(1)))
	if got.StatusCode != http.StatusUnprocessableEntity || len(w.stored("ullensaker"))+len(w.stored("gjerdrum")) != 0 {
		t.Errorf("%d %s", got.StatusCode, got.body)
	}
}

// fullStore is a store whose queue is full.
type fullStore struct{ consent.Store }

func (fullStore) Append(context.Context, *consent.Decision) (*consent.Appended, error) {
	return nil, consent.Errorf(consent.Unavailable, "full", "The queue is full. Send the same again.")
}

// TestFullQueue: 503 with a time to come back, which is not the same for all.
func TestFullQueue(t *testing.T) {
	w := start(t, func(s *setup) { s.store = fullStore{s.store} })
	waits := map[string]bool{}
	for i := range 60 {
		got := w.once(t, post("gjerdrum", w.acceptAll(i)))
		wait := got.Header.Get("Retry-After")
		if got.StatusCode != http.StatusServiceUnavailable || got.Header.Get("Samtykke-Reason") != "full" ||
			got.Header.Get("Access-Control-Allow-Origin") == "" {
			t.Fatalf("%d %v", got.StatusCode, got.Header)
		}
		if len(wait) > 2 || wait < "5" && len(wait) == 1 || wait > "60" && len(wait) == 2 {
			t.Fatalf("Retry-After: %s", wait)
		}
		waits[wait] = true
	}
	if len(waits) < 10 {
		t.Errorf("60 browsers come back at %d moments", len(waits))
	}
}

// brokenStore fails in a way that says too much.
type brokenStore struct{ consent.Store }

func (brokenStore) Append(context.Context, *consent.Decision) (*consent.Appended, error) {
	panic("secret of the inside")
}

// TestPanicStaysInside: the caller learns nothing, the log and the counters all.
func TestPanicStaysInside(t *testing.T) {
	w := start(t, func(s *setup) { s.store = brokenStore{s.store} })
	c := w.dial(t, "127.0.0.1")
	for i := range 3 { // the connection lives on
		got := c.do(post("gjerdrum", w.acceptAll(i)))
		if got.StatusCode != http.StatusInternalServerError || strings.Contains(got.body, "secret") {
			t.Errorf("%d %s", got.StatusCode, got.body)
		}
		everyAnswer(t, got)
	}
	if !strings.Contains(w.log.String(), "secret of the inside") {
		t.Error("the log says nothing")
	}
}

package visitor_test

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// withShown adds to a body when the question was first seen.
func withShown(body, shown string) string {
	return strings.TrimSuffix(body, "}") + `,"shown":` + shown + "}"
}

// seenBefore is when the question was seen by somebody who took so long to answer.
func seenBefore(t *testing.T, n int, took time.Duration) int64 {
	t.Helper()
	id, err := consent.ParseDecisionID(decisionID(n))
	if err != nil {
		t.Fatal(err)
	}
	return id.Made() - took.Milliseconds()
}

// answered is a yes to everything after so long.
func (w *world) answered(t *testing.T, n int, took time.Duration) string {
	t.Helper()
	return withShown(w.acceptAll(n), strconv.FormatInt(seenBefore(t, n, took), 10))
}

// wantTook asserts how many answers took how long, and how many were stored.
func (w *world) wantTook(t *testing.T, stored int, took ...int) {
	t.Helper()
	var want consent.Tally
	copy(want.Took[:], took)
	if got := w.tally(t); got.Took != want.Took || got.Stored != stored {
		t.Errorf("%v took so long, and %d are stored; want %v and %d", got.Took, got.Stored, want.Took, stored)
	}
}

// How long an answer took is counted once, however often it is sent.
func TestTimeToDecideIsCounted(t *testing.T) {
	w := start(t)
	for n, took := range []time.Duration{0, 1999 * time.Millisecond, 2 * time.Second, 7 * time.Second, 29 * time.Second, 30 * time.Second, 59 * time.Second, 4 * time.Minute, 23 * time.Hour} {
		body := w.answered(t, n, took)
		// The last one is not known by its bytes, and is asked of the store.
		for _, sent := range []string{body, body, body + " "} {
			if got := w.once(t, post("gjerdrum", sent)); got.StatusCode != http.StatusCreated || strings.Contains(got.body, "shown") {
				t.Fatal(got.StatusCode, got.body)
			}
		}
	}
	w.wantTook(t, 9, 2, 1, 1, 1, 2, 1, 1)
	_, bundle := w.publish("gjerdrum", counting)
	refused := withShown(w.refuse(50, bundle), strconv.FormatInt(seenBefore(t, 50, 3*time.Second), 10))
	for range 3 {
		if got := w.once(t, post("gjerdrum", refused)); got.StatusCode != http.StatusNoContent {
			t.Fatal(got.StatusCode, got.body)
		}
	}
	w.wantTook(t, 10, 2, 2, 1, 1, 2, 1, 1)
}

// A time that cannot be one is none, and the decision is stored as it is. What
// answers another question than the banner's has no time.
func TestTimesThatAreNone(t *testing.T) {
	w := start(t)
	n := 0
	send := func(body string) {
		t.Helper()
		if got := w.once(t, post("gjerdrum", body)); got.StatusCode != http.StatusCreated {
			t.Error(got.StatusCode, got.body, body)
		}
		n++
	}
	for _, shown := range []int64{math.MinInt64, -1, 0, 1, seenBefore(t, 1, -time.Hour), seenBefore(t, 1, 25*time.Hour), math.MaxInt64} {
		send(withShown(w.acceptAll(n), strconv.FormatInt(shown, 10)))
	}
	send(w.acceptAll(n)) // a bundle from before
	for _, other := range []string{`"withdraw","layer":"page"`, `"placeholder_always","layer":"placeholder"`, `"placeholder_once","layer":"placeholder"`, `"api","layer":"page"`} {
		body := w.answered(t, n, time.Second)
		if !strings.Contains(other, "api") {
			body = strings.Replace(body, `true}`, `false},"services":{"marketing/youtube":`+strconv.FormatBool(!strings.Contains(other, "withdraw"))+"}", 1)
		}
		send(strings.Replace(body, `"accept_all","layer":"first"`, other, 1))
	}
	w.wantTook(t, n)
}

// What is no number is refused with all that came with it, and counts for nothing.
func TestTimesThatAreNoNumbers(t *testing.T) {
	w := start(t)
	for n, shown := range []string{`"5"`, "NaN", "null", "1.5", "1e3", "true", "[1]", "{}", "-0x1", "9223372036854775808", "", `1,"shown":2`, "Infinity"} {
		if got := w.once(t, post("gjerdrum", withShown(w.acceptAll(n), shown))); got.StatusCode != http.StatusBadRequest && got.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s: status %d", shown, got.StatusCode)
		}
	}
	w.wantTook(t, 0)
	if rows := w.stored("gjerdrum"); len(rows) > 0 {
		t.Error(fmt.Sprint(rows))
	}
}

package visitor_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// refuse is the body of a first no to everything, without a token.
func (w *world) refuse(n int, bundle consent.BundleID) string {
	return fmt.Sprintf(`{"id":%q,"bundle":%q,"language":"nb","method":"reject_all","layer":"first",`+
		`"choice":{"categories":{"statistics":false}},"gpc":false,"time":%d}`, decisionID(n), bundle, noon.Unix())
}

func counting(d *consent.Draft) { d.Site.Refusals = consent.RefusalsCount }

// wantRefusals asserts what is counted of a site in all.
func (w *world) wantRefusals(t *testing.T, want int) {
	t.Helper()
	counts, err := w.store.Refusals(t.Context(), "gjerdrum")
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, count := range counts {
		total += count.Count
	}
	if total != want {
		t.Errorf("%d refusals are counted (%+v), want %d", total, counts, want)
	}
}

// TestF8RefusalsAreCounted: with "refusals: count" a first no is a number, once
// however often it is sent; everything with a token is a decision as always.
func TestF8RefusalsAreCounted(t *testing.T) {
	w := start(t)
	_, bundle := w.publish("gjerdrum", counting)
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() {
			if got := w.once(t, post("gjerdrum", w.refuse(1, bundle))); got.StatusCode != http.StatusNoContent || got.body != "" {
				t.Errorf("status %d: %s", got.StatusCode, got.body)
			}
		})
	}
	group.Wait()
	w.wantRefusals(t, 1)
	w.once(t, post("gjerdrum", w.refuse(2, bundle)))
	w.wantRefusals(t, 2)
	w.clock.advance(11 * time.Minute) // longer than the memory for what was counted
	w.once(t, post("gjerdrum", w.refuse(2, bundle)))
	w.wantRefusals(t, 3)
	if rows := w.stored("gjerdrum"); len(rows) != 0 {
		t.Errorf("the log has %+v", rows)
	}
	signed := strings.Replace(w.refuse(3, bundle), `"bundle"`, `"token":"`+token(3)+`","bundle"`, 1)
	if got := w.once(t, post("gjerdrum", signed)); got.StatusCode != http.StatusCreated {
		t.Errorf("with a token: status %d: %s", got.StatusCode, got.body)
	}
	if rows := w.stored("gjerdrum"); len(rows) != 1 || rows[0].Visitor.IsZero() {
		t.Errorf("the log has %+v", rows)
	}
	w.wantRefusals(t, 3)
	w.wantTally(t, 0, 4, 4, 4)
}

// TestOnlyAFirstRefusalNeedsNoToken, and only where the notice that was shown
// says so.
func TestOnlyAFirstRefusalNeedsNoToken(t *testing.T) {
	w := start(t)
	kept := w.bundle
	_, bundle := w.publish("gjerdrum", counting)
	for name, body := range map[string]string{
		"another notice": w.refuse(1, kept),
		"a yes":          strings.NewReplacer("reject_all", "accept_all", ":false}}", ":true}}").Replace(w.refuse(1, bundle)),
		"a withdrawal":   strings.Replace(w.refuse(1, bundle), "reject_all", "withdraw", 1),
		"not the first":  strings.Replace(w.refuse(1, bundle), `"gpc"`, `"previous":"`+decisionID(7)+`","gpc"`, 1),
		"a false no":     strings.Replace(w.refuse(1, bundle), ":false}}", ":true}}", 1),
		"no such word":   strings.Replace(w.refuse(1, bundle), `"nb"`, `"xx"`, 1),
		"an empty token": strings.Replace(w.refuse(1, bundle), `"bundle"`, `"token":"","bundle"`, 1),
	} {
		if got := w.once(t, post("gjerdrum", body)); got.StatusCode != http.StatusUnprocessableEntity && got.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: status %d: %s", name, got.StatusCode, got.body)
		}
	}
	w.wantRefusals(t, 0)
	if rows := w.stored("gjerdrum"); len(rows) != 0 {
		t.Errorf("the log has %+v", rows)
	}
}

// failing is a store that cannot count.
type failing struct {
	consent.Store
	broken bool
}

// CountRefusal fails while the store is broken.
func (s *failing) CountRefusal(ctx context.Context, site consent.SiteKey, notice consent.NoticeNumber, language consent.Language, now time.Time) error {
	if s.broken {
		return consent.Errorf(consent.Unavailable, "full", "Full.")
	}
	return s.Store.CountRefusal(ctx, site, notice, language, now)
}

// TestAFailedCountIsCountedByTheRetry: the browser is told to come back, and its
// retry is not taken for a repetition.
func TestAFailedCountIsCountedByTheRetry(t *testing.T) {
	var store *failing
	w := start(t, func(s *setup) { store = &failing{Store: s.store}; s.store = store })
	_, bundle := w.publish("gjerdrum", counting)
	store.broken = true
	if got := w.once(t, post("gjerdrum", w.refuse(1, bundle))); got.StatusCode != http.StatusServiceUnavailable || got.Header.Get("Retry-After") == "" {
		t.Errorf("status %d", got.StatusCode)
	}
	store.broken = false
	w.once(t, post("gjerdrum", w.refuse(1, bundle)))
	w.wantRefusals(t, 1)
	w.wantTally(t, 0, 1, 1, 1)
}

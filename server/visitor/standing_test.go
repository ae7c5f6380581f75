package visitor_test

import (
	"cmp"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// stands is what one's own decisions say of whether they hold, oldest first.
func (w *world) stands(t *testing.T) string {
	t.Helper()
	got := w.once(t, request{"GET", "/gjerdrum/me", []string{"Authorization: Bearer " + token(1)}, ""})
	var told struct {
		Decisions []struct {
			Standing string
			Until    string `json:"stands_until"`
		}
	}
	if err := json.Unmarshal([]byte(got.body), &told); err != nil {
		t.Fatal(got.StatusCode, got.body)
	}
	said := make([]string, len(told.Decisions))
	for i, each := range told.Decisions {
		said[i] = strings.TrimSpace(cmp.Or(each.Standing, "once") + " " + strings.TrimSuffix(each.Until, ":00.000Z"))
	}
	return strings.Join(said, ", ")
}

// TestStandingOfOnesOwnDecisions: until when an answer holds is told by what the site asks
// now, and by what was answered since.
func TestStandingOfOnesOwnDecisions(t *testing.T) {
	w := start(t)
	says := func(want string) {
		t.Helper()
		if got := w.stands(t); got != want {
			t.Errorf("told %q, want %q", got, want)
		}
	}
	at := func(n int, method string) {
		t.Helper()
		body := strings.NewReplacer(`"accept_all"`, `"`+method+`"`, `"layer":"first"`, `"layer":"placeholder"`, `{"categories":{"statistics":true}}`,
			`{"categories":{"statistics":true},"services":{"marketing/youtube":true}}`).Replace(w.acceptAll(n))
		body = strings.Replace(body, token(n), token(1), 1)
		if got := w.once(t, post("gjerdrum", body)); got.StatusCode != http.StatusCreated {
			t.Fatal(got.body)
		}
	}
	purpose := func(key consent.ServiceKey) func(*consent.Draft) {
		return func(d *consent.Draft) { d.Service(key).PurposeRevision = 7 }
	}
	w.once(t, post("gjerdrum", w.acceptAll(1)))
	w.clock.advance(time.Hour)
	at(2, "placeholder_always")
	at(3, "placeholder_once")
	says("holds 2027-11-22T12:00, holds 2027-11-22T13:00, once")
	w.publish("gjerdrum", func(d *consent.Draft) { d.Site.Validity = "P6M" })
	says("holds 2027-05-22T12:00, holds 2027-05-22T13:00, once")
	w.publish("gjerdrum", purpose("youtube"))
	says("holds 2027-11-22T12:00, asked_again, once")
	_, w.bundle = w.publish("gjerdrum", purpose("siteimprove-analytics"))
	says("asked_again, holds 2027-11-22T13:00, once")
	w.clock.advance(time.Hour)
	body := strings.Replace(w.acceptAll(4), token(4), token(1), 1)
	w.once(t, post("gjerdrum", body))
	says("replaced 2026-11-22T14:00, replaced 2026-11-22T14:00, once, holds 2027-11-22T14:00")
	w.publish("gjerdrum", purpose("siteimprove-analytics"), func(d *consent.Draft) {
		d.Service("youtube").Ask = consent.AskBanner
	})
	says("replaced 2026-11-22T14:00, replaced 2026-11-22T14:00, once, asked_again")
}

package visitor_test

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// stands is what one's own decisions say of how they stand, oldest first.
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

// TestStandingOfOnesOwnDecisions: until when an answer stands is told by what the site asks
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
	says("not_replaced_here 2027-11-22T12:00, not_replaced_here 2027-11-22T13:00, once")
	w.publish("gjerdrum", func(d *consent.Draft) { d.Site.Validity = "P6M" })
	says("not_replaced_here 2027-05-22T12:00, not_replaced_here 2027-05-22T13:00, once")
	w.publish("gjerdrum", purpose("youtube"))
	says("not_replaced_here 2027-11-22T12:00, asked_again, once")
	_, w.bundle = w.publish("gjerdrum", purpose("siteimprove-analytics"))
	says("asked_again, not_replaced_here 2027-11-22T13:00, once")
	w.clock.advance(time.Hour)
	body := strings.Replace(w.acceptAll(4), token(4), token(1), 1)
	w.once(t, post("gjerdrum", body))
	says("replaced 2026-11-22T14:00, replaced 2026-11-22T14:00, once, not_replaced_here 2027-11-22T14:00")
	w.publish("gjerdrum", purpose("siteimprove-analytics"), func(d *consent.Draft) {
		d.Service("youtube").Ask = consent.AskBanner
	})
	says("replaced 2026-11-22T14:00, replaced 2026-11-22T14:00, once, asked_again")
}

// TestStandingOfWhatIsAskedNoMore: an answer at a placeholder ends when its service leaves
// the site, and is asked anew when the service moves to another category; one in the banner
// does when nothing of it is asked.
func TestStandingOfWhatIsAskedNoMore(t *testing.T) {
	w := start(t)
	says := func(want string) {
		t.Helper()
		if got := w.stands(t); got != want {
			t.Errorf("told %q, want %q", got, want)
		}
	}
	without := func(gone ...consent.ServiceKey) func(*consent.Draft) {
		return func(d *consent.Draft) {
			d.Services = slices.DeleteFunc(d.Services, func(s consent.Service) bool { return slices.Contains(gone, s.Key) })
		}
	}
	w.once(t, post("gjerdrum", w.acceptAll(1)))
	w.clock.advance(time.Hour)
	always := strings.NewReplacer(token(2), token(1), `"accept_all"`, `"placeholder_always"`, `"layer":"first"`, `"layer":"placeholder"`,
		`{"categories":{"statistics":true}}`, `{"categories":{"statistics":true},"services":{"marketing/youtube":true,"statistics/kommunekart":true}}`).Replace(w.acceptAll(2))
	if got := w.once(t, post("gjerdrum", always)); got.StatusCode != http.StatusCreated {
		t.Fatal(got.body)
	}
	w.clock.advance(time.Hour)
	w.publish("gjerdrum", func(d *consent.Draft) { d.Service("youtube").Category = consent.Functional })
	says("not_replaced_here 2027-11-22T12:00, asked_again")
	w.publish("gjerdrum", without("youtube"))
	says("not_replaced_here 2027-11-22T12:00, not_replaced_here 2027-11-22T13:00")
	w.publish("gjerdrum", without("youtube", "kommunekart"))
	says("not_replaced_here 2027-11-22T12:00, not_asked 2026-11-22T14:00")
	w.publish("gjerdrum", without("siteimprove-analytics", "billettlosning"))
	says("not_asked 2026-11-22T14:00, not_replaced_here 2027-11-22T13:00")
	w.publish("gjerdrum", without("billettlosning"), func(d *consent.Draft) { d.Service("siteimprove-analytics").Ask = consent.AskInPlace })
	says("asked_again, not_replaced_here 2027-11-22T13:00")
}

// TestErasedRefusalLeavesNothingThatHolds: whoever accepts, refuses and erases the refusal is
// not told that the consent holds.
func TestErasedRefusalLeavesNothingThatHolds(t *testing.T) {
	w := start(t)
	w.once(t, post("gjerdrum", w.acceptAll(1)))
	w.clock.advance(time.Hour)
	refusal := strings.NewReplacer(token(2), token(1), `"accept_all"`, `"reject_all"`, `"statistics":true`, `"statistics":false`).Replace(w.acceptAll(2))
	if got := w.once(t, post("gjerdrum", refusal)); got.StatusCode != http.StatusCreated || !strings.Contains(got.body, `"state":"refused"`) {
		t.Fatal(got.StatusCode, got.body)
	}
	if got, want := w.stands(t), "replaced 2026-11-22T13:00, not_replaced_here 2027-11-22T13:00"; got != want {
		t.Errorf("told %q, want %q", got, want)
	}
	erased := w.once(t, request{"DELETE", "/gjerdrum/receipts/" + decisionID(2), []string{"Authorization: Bearer " + token(1)}, ""})
	if !strings.Contains(erased.body, `"erased":1`) {
		t.Fatal(erased.StatusCode, erased.body)
	}
	if got, want := w.stands(t), "not_replaced_here 2027-11-22T12:00"; got != want {
		t.Errorf("told %q, want %q", got, want)
	}
}

// TestStandingEnds at the moment at which the banner asks again, also when a newer answer
// came later than that.
func TestStandingEnds(t *testing.T) {
	w := start(t)
	_, w.bundle = w.publish("gjerdrum", func(d *consent.Draft) { d.Site.Validity = "P6M" })
	w.once(t, post("gjerdrum", w.acceptAll(1)))
	until := time.Date(2027, time.May, 22, 12, 0, 0, 0, time.UTC)
	w.clock.advance(until.Sub(w.clock.now()) - time.Millisecond)
	if got, want := w.stands(t), "not_replaced_here 2027-05-22T12:00"; got != want {
		t.Errorf("told %q, want %q", got, want)
	}
	w.clock.advance(time.Millisecond)
	if got, want := w.stands(t), "ended 2027-05-22T12:00"; got != want {
		t.Errorf("told %q, want %q", got, want)
	}
	w.publish("gjerdrum", func(d *consent.Draft) { // asking again changes nothing of that
		d.Site.Validity = "P6M"
		d.Service("siteimprove-analytics").PurposeRevision = 7
	})
	w.clock.advance(7 * 30 * 24 * time.Hour)
	body := strings.Replace(w.acceptAll(2), token(2), token(1), 1)
	if got := w.once(t, post("gjerdrum", body)); got.StatusCode != http.StatusCreated {
		t.Fatal(got.body)
	}
	if got := w.stands(t); !strings.HasPrefix(got, "ended 2027-05-22T12:00, asked_again") {
		t.Errorf("told %q", got)
	}
}

// TestStandingEndsNotBeforeTheNoticeThatShortensIt.
func TestStandingEndsNotBeforeTheNoticeThatShortensIt(t *testing.T) {
	w := start(t)
	w.once(t, post("gjerdrum", w.acceptAll(1)))
	w.clock.advance(240 * 24 * time.Hour)
	w.publish("gjerdrum", func(d *consent.Draft) { d.Site.Validity = "P6M" })
	w.clock.advance(time.Hour)
	if got, want := w.stands(t), "ended 2027-07-20T12:00"; got != want {
		t.Errorf("told %q, want %q", got, want)
	}
}

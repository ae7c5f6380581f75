package visitor_test

import (
	"net/http"
	"regexp"
	"testing"
	"time"
)

// The site's keys are those of all its years, the newest first: a receipt or a pack
// is of earlier years, too. Each year has its own beside.
func TestKeysOfAllYears(t *testing.T) {
	w := start(t)
	for n, year := range []int{2026, 2027} {
		w.clock.advance(time.Date(year, 12, 1, 0, 0, 0, 0, time.UTC).Sub(w.clock.now()))
		if got := w.once(t, post("gjerdrum", w.acceptAll(n+1))); got.StatusCode != http.StatusCreated {
			t.Fatalf("%d: %s", got.StatusCode, got.body)
		}
	}
	const of2026, of2027 = `localhost/consent/gjerdrum/2026\+[^\n]+\n`, `localhost/consent/gjerdrum/2027\+[^\n]+\n`
	for path, want := range map[string]string{
		"/gjerdrum/log/keys":      of2027 + of2026,
		"/gjerdrum/log/2026/keys": of2026,
		"/gjerdrum/log/2027/keys": of2027,
	} {
		if got := w.once(t, request{method: http.MethodGet, path: path}).body; !regexp.MustCompile("^" + want + "$").MatchString(got) {
			t.Errorf("%s gives\n%s", path, got)
		}
	}
}

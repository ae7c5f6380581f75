package visitor_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// TestResetsAreQuiet: browsers go away in the middle of a request every day.
// That is no fault of this server: neither its log nor its counters say so.
func TestResetsAreQuiet(t *testing.T) {
	const times = 20
	w := start(t)
	decision := post("gjerdrum", w.acceptAll(1)).raw()
	for range times {
		c := w.dial(t, "127.0.0.1")
		c.write(decision[:len(decision)-40])
		if err := c.conn.(*net.TCPConn).SetLinger(0); err != nil {
			t.Fatal(err)
		}
		if err := c.conn.Close(); err != nil { // with a reset
			t.Fatal(err)
		}
	}
	for w.refused("cut_off")+w.refused("internal") < times {
		runtime.Gosched() // the server learns of it in its own time
	}
	if n := w.refused("internal"); n > 0 {
		t.Errorf("%d resets are counted as faults", n)
	}
	if text := w.log.String(); strings.Contains(text, "ERROR") {
		t.Errorf("the log says: %.400s", text)
	}
	if got := w.once(t, post("gjerdrum", w.acceptAll(1))); got.StatusCode != http.StatusCreated {
		t.Errorf("afterwards: %d %s", got.StatusCode, got.body)
	}
}

// refused gives how many requests were refused for a reason, as the metrics say.
func (w *world) refused(reason string) int {
	w.t.Helper()
	page := httptest.NewRecorder()
	w.server.Debug().ServeHTTP(page, httptest.NewRequest(http.MethodGet, "http://localhost/metrics", nil))
	found := regexp.MustCompile(`samtykke_refused_total\{reason="` + reason + `"\} (\d+)`).FindStringSubmatch(page.Body.String())
	if found == nil {
		return 0
	}
	n, err := strconv.Atoi(found[1])
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

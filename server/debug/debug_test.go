package debug_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/debug"
)

// store is ready or not.
type store struct{ err error }

func (s store) Ready(context.Context) error { return s.err }

func get(t *testing.T, handler http.Handler, path string) (int, string) {
	t.Helper()
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "http://localhost:8082"+path, nil))
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.Code, string(body)
}

func TestHealth(t *testing.T) {
	down := store{consent.Errorf(consent.Unavailable, "disk_full", "The disk is full.")}
	for _, c := range []struct {
		store store
		path  string
		want  int
		body  string
	}{
		{store{}, "/healthz", http.StatusOK, "ok\n"},
		{down, "/healthz", http.StatusOK, "ok\n"},
		{store{}, "/readyz", http.StatusOK, "ready\n"},
		{down, "/readyz", http.StatusServiceUnavailable, "not ready: The disk is full.\n"},
		{store{}, "/", http.StatusNotFound, "404 page not found\n"},
	} {
		status, body := get(t, debug.Handler(c.store, debug.NewMetrics()), c.path)
		if status != c.want || body != c.body {
			t.Errorf("%s: %d %q", c.path, status, body)
		}
	}
}

// A page whose name was made to lead to this machine (DNS rebinding) reads nothing. Whoever
// opened the listener to others is asked under the name that they gave it.
func TestOnlyThisMachinesNames(t *testing.T) {
	handler := debug.Handler(store{}, debug.NewMetrics())
	for _, c := range []struct {
		host  string
		local string
		want  int
	}{
		{"localhost:8082", "127.0.0.1", http.StatusOK},
		{"127.0.0.1:8082", "127.0.0.1", http.StatusOK},
		{"[::1]:8082", "::1", http.StatusOK},
		{"evil.example", "127.0.0.1", http.StatusMisdirectedRequest},
		{"localhost.evil.example:8082", "::1", http.StatusMisdirectedRequest},
		{"10.0.0.5:8082", "127.0.0.1", http.StatusMisdirectedRequest},
		{"samtykke:8082", "10.0.0.5", http.StatusOK},
	} {
		for _, path := range []string{"/healthz", "/metrics", "/debug/pprof/cmdline"} {
			request := httptest.NewRequest(http.MethodGet, "http://"+c.host+path, nil)
			at := context.WithValue(t.Context(), http.LocalAddrContextKey, &net.TCPAddr{IP: net.ParseIP(c.local), Port: 8082})
			got := httptest.NewRecorder()
			if handler.ServeHTTP(got, request.WithContext(at)); got.Code != c.want {
				t.Errorf("%s at %s: %s is answered with %d, want %d", c.host, c.local, path, got.Code, c.want)
			}
		}
	}
}

func TestMetrics(t *testing.T) {
	metrics := debug.NewMetrics()
	metrics.Answered("/:site.js", 200)
	metrics.Answered("/:site.js", 200)
	metrics.Stored("gjerdrum", consent.AcceptAll)
	metrics.Refused("malformed")
	metrics.Refused("full")
	metrics.Panicked()
	_, text := get(t, debug.Handler(store{}, metrics), "/metrics")
	for _, line := range []string{
		`samtykke_requests_total{route="/:site.js",status="200"} 2`,
		`samtykke_decisions_stored_total{method="accept_all",site="gjerdrum"} 1`,
		`samtykke_refused_total{reason="malformed"} 1`,
		`samtykke_refused_total{reason="full"} 1`,
		"samtykke_queue_full_total 1",
		"samtykke_panics_total 1",
		"go_goroutines ",
	} {
		if !strings.Contains(text, line) {
			t.Errorf("there is no %s", line)
		}
	}
}

func TestReadings(t *testing.T) {
	metrics, size := debug.NewMetrics(), 7.0
	metrics.Watch([]debug.Reading{
		{Name: "samtykke_errors_total", Help: "Errors.", Counter: true, Value: func() float64 { return 3 }},
		{Name: "samtykke_bytes", Help: "Bytes.", Value: func() float64 { return size }},
	})
	size = 8 // it is read when it is asked for
	_, text := get(t, debug.Handler(store{}, metrics), "/metrics")
	for _, line := range []string{
		"# HELP samtykke_errors_total Errors.\n# TYPE samtykke_errors_total counter\nsamtykke_errors_total 3\n",
		"# HELP samtykke_bytes Bytes.\n# TYPE samtykke_bytes gauge\nsamtykke_bytes 8\n",
	} {
		if !strings.Contains(text, line) {
			t.Errorf("there is no %s", line)
		}
	}
}

func TestProfiles(t *testing.T) {
	handler := debug.Handler(store{}, debug.NewMetrics())
	for _, path := range []string{"/debug/pprof/", "/debug/pprof/goroutine?debug=1", "/debug/pprof/heap?debug=1"} {
		if status, body := get(t, handler, path); status != http.StatusOK || !strings.Contains(body, "goroutine") && !strings.Contains(body, "heap") {
			t.Errorf("%s: %d", path, status)
		}
	}
}

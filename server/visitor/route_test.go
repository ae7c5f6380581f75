package visitor_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// TestMethods: every address takes its own methods and answers 405 with the
// list to all others.
func TestMethods(t *testing.T) {
	w := start(t)
	reading := []string{"GET", "HEAD"}
	for path, takes := range map[string][]string{
		"/gjerdrum.js":                                   reading,
		"/gjerdrum/" + string(w.bundle) + ".js":          reading,
		"/gjerdrum/panel.nb." + string(w.bundle) + ".js": reading,
		"/gjerdrum/cookies":                              reading,
		"/gjerdrum/cookies.json":                         reading,
		"/gjerdrum/cookies.csv":                          reading,
		"/gjerdrum/csp":                                  reading,
		"/gjerdrum/notices/1/cookies":                    reading,
		"/.well-known/gpc.json":                          reading,
		"/samtykke.d.ts":                                 reading,
		"/verify.html":                                   reading,
		"/gjerdrum/me.html":                              reading,
		"/gjerdrum/receipts/" + decisionID(1):            {"GET", "HEAD", "DELETE", "OPTIONS"},
		"/gjerdrum/decisions":                            {"POST", "OPTIONS"},
		"/gjerdrum/findings":                             {"POST", "OPTIONS"},
		"/gjerdrum/shown":                                {"POST", "OPTIONS"},
		"/gjerdrum/origin.js":                            reading,
		"/gjerdrum/answer":                               {"POST"},
		"/gjerdrum/me":                                   {"GET", "HEAD", "DELETE", "OPTIONS"},
		"/gjerdrum/me/frozen":                            {"PUT", "DELETE", "OPTIONS"},
	} {
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get"} {
			t.Run(method+" "+path, func(t *testing.T) {
				got := w.once(t, request{method, path, []string{"Authorization: Bearer " + token(1)}, ""})
				everyAnswer(t, got)
				refused := got.StatusCode == http.StatusMethodNotAllowed
				if refused == slices.Contains(takes, method) || got.StatusCode >= 500 {
					t.Errorf("status %d", got.StatusCode)
				}
				known := slices.Contains([]string{"PUT", "PATCH", "TRACE", "GET", "DELETE", "OPTIONS", "POST"}, method)
				if allow := got.Header.Get("Allow"); refused && known && !strings.Contains(allow, takes[0]) {
					t.Errorf("Allow: %q", allow)
				}
			})
		}
	}
}

// TestUnknownAddresses: what is not a route is 404 for every spelling, and
// never somebody's file.
func TestUnknownAddresses(t *testing.T) {
	w := start(t)
	for _, path := range []string{
		"/", "//", "/gjerdrum", "/gjerdrum/", "/GJERDRUM.JS", "/gjerdrum.JS", "/gjerdrum.js.map", "/gjerdrum.min.js", "/.js", "/-.js",
		"/gjerdrum/..%2f..%2fetc%2fpasswd.js", "/..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd", "/gjerdrum%00.js", "/gjerdrum%2ejs",
		"/gjerdrum/panel..js", "/gjerdrum/panel.nb..js", "/gjerdrum/panel.nb.%2e%2e.js", `/gjerdrum\..\x.js`, "/gjerdrum/cookies/",
		"/gjerdrum/cookies.xml", "/gjerdrum/notices/0/cookies", "/gjerdrum/notices/-1/cookies", "/gjerdrum/notices/+1/cookies",
		"/gjerdrum/notices/99999999999999999999/cookies", "/gjerdrum/notices/1", "/gjerdrum/decisions/x", "/gjerdrum/me.html/", "/me.html", "/verify", "/verify.html/", "/Verify.html", "/gjerdrum/verify.html",
		"/" + strings.Repeat("a", 41) + ".js", "/" + strings.Repeat("a/", 500), "/metrics", "/healthz", "/debug/pprof/", "/api/v1", "/.env",
		"/gjerdrum;x=1.js", "/gjerdrum.js;x", "/gjerdrum.js%3fx", "/ gjerdrum.js", "/gjerdrum/" + strings.Repeat("A", 65) + ".js",
	} {
		t.Run(path, func(t *testing.T) {
			got := w.once(t, request{method: http.MethodGet, path: path})
			if got.StatusCode != http.StatusNotFound && got.StatusCode != http.StatusBadRequest {
				t.Errorf("status %d: %s", got.StatusCode, got.body)
			}
			everyAnswer(t, got)
		})
	}
}

// TestTooLarge: bodies over 8 KiB and headers over 8 KiB are refused, a page's
// long cookies are not.
func TestTooLarge(t *testing.T) {
	w := start(t)
	for _, c := range []struct {
		name   string
		header string
		body   string
		want   int
	}{
		{"a body of 8 KiB and one", "", strings.Repeat(" ", 8193), http.StatusRequestEntityTooLarge},
		{"a body of a megabyte", "", strings.Repeat("[", 1<<20), http.StatusRequestEntityTooLarge},
		{"a body of 8 KiB", "", strings.Repeat(" ", 8192), http.StatusBadRequest},
		{"cookies of 6 KiB", strings.Repeat("a", 6<<10), w.acceptAll(1), http.StatusCreated},
		{"cookies of 9 KiB", strings.Repeat("a", 9<<10), w.acceptAll(2), http.StatusRequestHeaderFieldsTooLarge},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := post("gjerdrum", c.body)
			r.header = append(r.header, "Cookie: a="+c.header)
			conn := w.dial(t, "127.0.0.1")
			_, _ = conn.conn.Write([]byte(r.raw())) // the server may close before it has all
			got, ok := conn.receive(http.MethodPost)
			if !ok && c.want == http.StatusRequestEntityTooLarge && len(c.body) > 1<<19 {
				return // a reset overtook the answer
			}
			if got.Response == nil || got.StatusCode != c.want {
				t.Errorf("got %+v instead of %d", got, c.want)
			}
		})
	}
	if n := len(w.stored("gjerdrum")); n != 1 {
		t.Errorf("%d decisions stored", n)
	}
}

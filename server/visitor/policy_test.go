package visitor_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

func policyMode(d *consent.Draft) {
	d.Site.PolicyMode = true
	for i := range d.Services {
		if s := &d.Services[i]; s.Key == "siteimprove-analytics" {
			s.Hosts = []string{"siteimproveanalytics.com"}
		}
	}
}

// TestPolicy: the policy stands in the header that proxies look at and in the
// body, goes by what is granted, and what cannot be read grants nothing.
func TestPolicy(t *testing.T) {
	w := start(t)
	w.publish("gjerdrum", policyMode)
	at := func(path string) answer { return w.once(t, request{method: http.MethodGet, path: path}) }
	closed := at("/gjerdrum/csp")
	if closed.StatusCode != http.StatusOK || closed.Header.Get("Content-Security-Policy")+"\n" != closed.body {
		t.Fatalf("status %d, header %q, body %q", closed.StatusCode, closed.Header.Get("Content-Security-Policy"), closed.body)
	}
	if !strings.Contains(closed.body, " https://samtykke.example.no") || strings.Contains(closed.body, "siteimproveanalytics.com") {
		t.Errorf("without an answer: %s", closed.body)
	}
	if open := at("/gjerdrum/csp?grants=statistics%2Fsiteimprove-analytics"); !strings.Contains(open.body, " siteimproveanalytics.com") {
		t.Errorf("with statistics: %s", open.body)
	}
	for _, path := range []string{"", "?grants=statistics/siteimprove-analytics"} {
		if got := at("/gjerdrum/csp" + path).Header.Get("Samtykke-Necessary"); got+"\n" != closed.body {
			t.Errorf("with %q what is no page gets the policy %q", path, got)
		}
	}
	for _, damaged := range []string{"1.", "1.zzz", "%00%ff;%20script-src%20*", "statistics%0d%0aX:%20y", strings.Repeat("statistics/siteimprove-analytics,", 200)} {
		if got := at("/gjerdrum/csp?grants=" + damaged); got.StatusCode != http.StatusOK || got.body != closed.body {
			t.Errorf("with %.40q: status %d, %s", damaged, got.StatusCode, got.body)
		}
	}
}

// TestPolicyByCopy: the copy of the answer cookie counts where the banner reads it,
// which is on a site under its own path, and only when there is no answer cookie.
func TestPolicyByCopy(t *testing.T) {
	const yes = "statistics/siteimprove-analytics"
	for _, under := range []bool{false, true} {
		w := start(t)
		w.publish("gjerdrum", policyMode, func(d *consent.Draft) { d.Site.SameOrigin = under })
		for query, opens := range map[string]bool{"grants=&kept=" + yes: under, "grants=1.&kept=" + yes: false, "grants=" + yes + "&kept=": true} {
			got := w.once(t, request{method: http.MethodGet, path: "/gjerdrum/csp?" + query})
			if strings.Contains(got.body, "siteimproveanalytics.com") != opens {
				t.Errorf("same_origin %t, %s: %s", under, query, got.body)
			}
		}
	}
}

// TestPolicyIsExplained: who asks a site or a server that is not set up for it is
// told what to do.
func TestPolicyIsExplained(t *testing.T) {
	w := start(t, func(s *setup) { s.Public.URL = "" })
	for path, wants := range map[string]string{"/gjerdrum/csp": "policy_mode: true", "/nobody/csp": "no site of this name", "/gjerdrum/csp?grants=x": "policy_mode: true"} {
		if got := w.once(t, request{method: http.MethodGet, path: path}); got.StatusCode != http.StatusNotFound || !strings.Contains(got.body, wants) {
			t.Errorf("%s: status %d, %s", path, got.StatusCode, got.body)
		}
	}
	w.publish("gjerdrum", policyMode)
	if got := w.once(t, request{method: http.MethodGet, path: "/gjerdrum/csp"}); got.StatusCode != http.StatusNotFound || !strings.Contains(got.body, "SAMTYKKE_PUBLIC_URL") {
		t.Errorf("status %d, %s", got.StatusCode, got.body)
	}
}

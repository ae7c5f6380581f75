package visitor_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// TestOrigins: which pages may post to a site that registered
// https://www.gjerdrum.kommune.no, https://gjerdrum.kommune.no,
// https://*.gjerdrum.example.no, http://kommune.localhost:8090 and
// https://blåbær.example.no.
func TestOrigins(t *testing.T) {
	w := start(t)
	w.publish("gjerdrum", func(d *consent.Draft) {
		d.Site.Origins = append(d.Site.Origins, "https://xn--blbr-roah.example.no")
	})
	for origin, allowed := range map[string]bool{
		"https://www.gjerdrum.kommune.no":              true,
		"https://gjerdrum.kommune.no":                  true,
		"https://en.gjerdrum.example.no":               true,
		"https://a.b.gjerdrum.example.no":              true,
		"http://kommune.localhost:8090":                true,
		"https://xn--blbr-roah.example.no":             true,
		"https://gjerdrum.example.no":                  false, // the wildcard is for what is below
		"https://kommune.no":                           false,
		"https://m.gjerdrum.kommune.no":                false,
		"https://evilgjerdrum.kommune.no":              false,
		"https://www.gjerdrum.kommune.no.evil.example": false,
		"https://evil-gjerdrum.example.no":             false,
		"https://www.gjerdrum.kommune.no@evil.example": false,
		"https://evil.example/www.gjerdrum.kommune.no": false,
		"https://www.gjerdrum.kommune.no:8443":         false,
		"https://www.gjerdrum.kommune.no/":             false,
		"http://www.gjerdrum.kommune.no":               false,
		"http://kommune.localhost":                     false,
		"http://kommune.localhost:80900":               false,
		"https://xn--blbr-roah.example.com":            false,
		"https://blabaer.example.no":                   false,
		"https://*.gjerdrum.example.no":                false,
		"null":                                         false,
		"*":                                            false,
		"":                                             false,
		"https://":                                     false,
		"file://":                                      false,
		"chrome-extension://abcdefghijklmnop":          false,
	} {
		t.Run(origin, func(t *testing.T) {
			got := w.once(t, request{http.MethodPost, "/gjerdrum/decisions", []string{"Origin: " + origin, "Content-Type: text/plain"}, "{}"})
			want, echo := http.StatusForbidden, ""
			if allowed {
				want, echo = http.StatusBadRequest, origin // let in, and then found to be empty
			}
			if got.StatusCode != want || got.Header.Get("Access-Control-Allow-Origin") != echo {
				t.Errorf("status %d, allowed %q", got.StatusCode, got.Header.Get("Access-Control-Allow-Origin"))
			}
			if got.Header.Get("Vary") != "Origin" {
				t.Errorf("Vary: %q", got.Header.Get("Vary"))
			}
		})
	}
}

// TestForeignOriginIsTold: a page may read whether its answers are recorded, and one
// whose are not is counted by its address alone.
func TestForeignOriginIsTold(t *testing.T) {
	w := start(t)
	for origin, told := range map[string]bool{
		"https://www.gjerdrum.kommune.no": false, "https://beta.gjerdrum.kommune.no": true, "http://10.0.0.7:8080": true, "null": true,
		"https://a/b?visitor=7": true, "https://" + strings.Repeat("a", 190): true,
	} {
		for range 2 {
			got := w.once(t, request{http.MethodGet, "/gjerdrum/origin.js", []string{"Origin: " + origin}, ""})
			if got.StatusCode != http.StatusOK || told != strings.Contains(got.body, "Settings > Addresses") || !told && got.body != "" || got.Header.Get("Access-Control-Allow-Origin") != "*" || got.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s: %d %v %s", origin, got.StatusCode, got.Header, got.body)
			}
		}
	}
	found, err := w.store.Findings(t.Context(), "gjerdrum")
	if err != nil {
		t.Fatal(err)
	}
	counted := map[string]int{}
	for _, f := range found {
		if f.Kind != consent.FoundForeign {
			t.Errorf("a finding of the kind %q", f.Kind)
		}
		counted[f.Name] = f.Count
	}
	if want := map[string]int{"https://beta.gjerdrum.kommune.no": 2, "http://10.0.0.7:8080": 2}; !maps.Equal(counted, want) {
		t.Errorf("counted %v, want %v", counted, want)
	}
}

package visitor_test

import (
	"net/http"
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

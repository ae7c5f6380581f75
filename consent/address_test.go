package consent_test

import (
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// A web address is read as people write it, and nothing unsafe becomes one.
func TestReadAddress(t *testing.T) {
	for written, want := range map[string]string{
		"kommune.no/personvern": "https://kommune.no/personvern", "www.kommune.no": "https://www.kommune.no", "kommune.no:8443/x": "https://kommune.no:8443/x",
		"https://kommune.no": "https://kommune.no", "/personvern": "/personvern", "mailto:post@kommune.no": "mailto:post@kommune.no",
		"personvern": "", "personvern.html": "", "javascript:alert(1)": "", "//evil.example": "", "post@kommune.no": "",
		"kommune.no@evil.example/x": "", "kommune .no": "", "data:text/html,x.y": "",
	} {
		got, err := consent.ReadAddress(written)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: got %q, %v", written, got, err)
		}
	}
}

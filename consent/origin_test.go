package consent

import (
	"reflect"
	"testing"
)

func TestAllowsOrigin(t *testing.T) {
	site := &Site{Origins: []string{
		"https://gjerdrum.kommune.no",
		"https://www.gjerdrum.kommune.no",
		"https://*.tjenester.gjerdrum.kommune.no",
		"https://Bodø.kommune.no",
		"https://skjema.example.no:8443",
		"https://kart.example.no:443",
		"http://kommune.localhost:8081",
		"http://*.localhost:9000",
		"http://127.0.0.1:8080",
		"http://[::1]:8080",
	}}
	for _, tt := range []struct {
		what, origin string
		want         bool
	}{
		{"apex", "https://gjerdrum.kommune.no", true},
		{"www", "https://www.gjerdrum.kommune.no", true},
		{"default port written out", "https://gjerdrum.kommune.no:443", true},
		{"default port left out", "https://kart.example.no", true},
		{"case of the host", "https://WWW.Gjerdrum.KOMMUNE.no", true},
		{"wildcard, one level", "https://kart.tjenester.gjerdrum.kommune.no", true},
		{"wildcard, two levels", "https://a.b.tjenester.gjerdrum.kommune.no", true},
		{"wildcard does not cover the host itself", "https://tjenester.gjerdrum.kommune.no", false},
		{"wildcard ends at a dot", "https://eviltjenester.gjerdrum.kommune.no", false},
		{"IDN as browsers send it", "https://xn--bod-2na.kommune.no", true},
		{"IDN spelled out", "https://bodø.kommune.no", true},
		{"port", "https://skjema.example.no:8443", true},
		{"port missing", "https://skjema.example.no", false},
		{"other port", "https://skjema.example.no:8444", false},
		{"localhost", "http://kommune.localhost:8081", true},
		{"localhost by https", "https://kommune.localhost:8081", false},
		{"localhost wildcard", "http://video.localhost:9000", true},
		{"loopback", "http://127.0.0.1:8080", true},
		{"loopback, version 6", "http://[::1]:8080", true},
		{"loopback spelled long", "http://[0:0:0:0:0:0:0:1]:8080", true},

		{"scheme", "http://gjerdrum.kommune.no", false},
		{"unregistered sub-domain", "https://post.gjerdrum.kommune.no", false},
		{"suffix of another name", "https://evil-gjerdrum.kommune.no", false},
		{"prefix of another name", "https://gjerdrum.kommune.no.evil.example", false},
		{"dash for dot", "https://www-gjerdrum.kommune.no", false},
		{"Cyrillic look-alike", "https://gjerdrum.kоmmune.no", false},
		{"full-width look-alike", "https://ｇjerdrum.kommune.no", false},
		{"Kelvin sign", "https://gjerdrum.\u212aommune.no", false},
		{"soft hyphen", "https://gjer\u00addrum.kommune.no", false},
		{"ideographic dot", "https://gjerdrum。kommune。no", false},
		{"trailing slash", "https://gjerdrum.kommune.no/", false},
		{"trailing dot", "https://gjerdrum.kommune.no.", false},
		{"path", "https://gjerdrum.kommune.no/x", false},
		{"query", "https://gjerdrum.kommune.no?x", false},
		{"fragment", "https://gjerdrum.kommune.no#x", false},
		{"credentials", "https://gjerdrum.kommune.no@evil.example", false},
		{"backslash", "https://gjerdrum.kommune.no\\.evil.example", false},
		{"space", "https://gjerdrum.kommune.no ", false},
		{"line break", "https://gjerdrum.kommune.no\r\n", false},
		{"null byte", "https://gjerdrum.kommune.no\x00", false},
		{"null", "null", false},
		{"nothing", "", false},
		{"file", "file://", false},
		{"extension", "chrome-extension://gjerdrum.kommune.no", false},
		{"wildcard itself", "https://*.tjenester.gjerdrum.kommune.no", false},
		{"wildcard below it", "https://*.kart.tjenester.gjerdrum.kommune.no", false},
		{"port of nothing", "https://gjerdrum.kommune.no:", false},
		{"port zero", "https://gjerdrum.kommune.no:0", false},
		{"port with zeros", "https://gjerdrum.kommune.no:0443", false},
		{"port with a sign", "https://gjerdrum.kommune.no:+443", false},
		{"port too high", "https://gjerdrum.kommune.no:65979", false},
		{"loopback as one number", "http://2130706433:8080", false},
		{"loopback in hexadecimal", "http://0x7f.0.0.1:8080", false},
		{"loopback in octal", "http://0177.0.0.1:8080", false},
		{"mapped loopback", "http://[::ffff:127.0.0.1]:8080", false},
		{"zone", "http://[::1%25eth0]:8080", false},
	} {
		if got := site.AllowsOrigin(tt.origin); got != tt.want {
			t.Errorf("%s: AllowsOrigin(%q) = %v, want %v", tt.what, tt.origin, got, tt.want)
		}
	}
}

// TestHosts holds the scope that a record names against the origins that count.
func TestHosts(t *testing.T) {
	site := &Site{Origins: []string{
		"https://WWW.Gjerdrum.kommune.no", "https://www.gjerdrum.kommune.no:8443", "https://*.gjerdrum.kommune.no",
		"https://bodø.kommune.no", "http://[::1]:8080", "no origin",
	}}
	want := []string{"www.gjerdrum.kommune.no", "*.gjerdrum.kommune.no", "xn--bod-2na.kommune.no", "::1"}
	if have := site.Hosts(); !reflect.DeepEqual(have, want) {
		t.Errorf("have %v, want %v", have, want)
	}
}

func TestParseOriginRefuses(t *testing.T) {
	for _, text := range []string{
		"http://gjerdrum.kommune.no", "http://localhost.evil.example", "http://127.0.0.1.evil.example", "gjerdrum.kommune.no",
		"https://*", "https://*.no", "https://*.kommune.no", "https://*.co.uk", "https://*.github.io", "https://www.*.no",
		"https://*.10.0.0.1", "https://**.example.no", "https://*example.no", "https://", "https://.example.no", "https://a..no",
		"https://-a.no", "https://a_b.no", "https://ex ample.no", "*", "ftp://example.no", "//example.no", "https:example.no", "https:///example.no",
	} {
		if o, flaw := parseOrigin(text); flaw == "" {
			t.Errorf("parseOrigin(%q) = %+v, want a refusal", text, o)
		}
	}
}

func FuzzAllowsOrigin(f *testing.F) {
	f.Add("https://gjerdrum.kommune.no")
	f.Add("https://*.x:1")
	f.Add("http://[::1]:8080")
	f.Add("https://xn--")
	site := &Site{Origins: []string{"https://gjerdrum.kommune.no"}}
	f.Fuzz(func(t *testing.T, value string) {
		if site.AllowsOrigin(value) && lowerASCII(value) != "https://gjerdrum.kommune.no" && lowerASCII(value) != "https://gjerdrum.kommune.no:443" {
			t.Errorf("AllowsOrigin(%q)", value)
		}
	})
}

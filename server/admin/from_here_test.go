package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// Where no address of the administration is set, a post must come from the scheme, host
// and port that it goes to: another service of the same machine sends the person's cookie
// along, and may have found the token of a form.
func TestPostsComeFromTheirOwnOrigin(t *testing.T) {
	h := &house{anywhere: true}
	h.opens(t, nowhere, skogen)
	p := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	token, port := csrfOf(t, p), h.url[strings.LastIndexByte(h.url, ':'):]
	post := func(origin, token string, headers ...string) answer {
		return p.ask(http.MethodPost, "/account", url.Values{"csrf": {token}, "name": {"Kari"}, "language": {"nb"}}, func(r *http.Request) {
			r.Header.Del("Sec-Fetch-Site") // an old browser
			r.Header.Set("Origin", origin)
			for i := 0; i < len(headers); i += 2 {
				if headers[i] == "Host" {
					r.Host = headers[i+1]
				}
				r.Header.Set(headers[i], headers[i+1])
			}
		})
	}
	for name, each := range map[string][]string{
		"another port":                     {"http://localhost:1"},
		"another scheme":                   {"https://localhost" + port},
		"another name of this machine":     {"http://127.0.0.1" + port},
		"a scheme that a stranger made up": {"https://localhost" + port, "X-Forwarded-Proto", "https"},
		"a host that a stranger made up":   {"http://localhost:1", "X-Forwarded-Host", "localhost:1"},
		"no origin":                        {"null"},
	} {
		if got := post(each[0], token, each[1:]...); got.status != http.StatusForbidden || !strings.Contains(got.body, "admin.url") {
			t.Errorf("%s: got %d", name, got.status)
		}
	}
	if got := post("http://evil.example"+port, token, "Host", "evil.example"+port); got.status != http.StatusMisdirectedRequest {
		t.Errorf("a name that leads here: got %d", got.status)
	}
	for _, none := range []string{"", "x"} {
		if got := post(h.url, none); got.status != http.StatusForbidden {
			t.Errorf("with the token %q: got %d", none, got.status)
		}
	}
	if got := post(h.url, token); got.status != http.StatusSeeOther {
		t.Errorf("from the page itself: got %d", got.status)
	}
}

// What a trusted proxy says of the scheme holds, what its visitor says does not.
func TestPostsThroughAProxy(t *testing.T) {
	h := &house{anywhere: true, proxies: []string{"127.0.0.1"}}
	h.opens(t, nowhere, skogen)
	p := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	token := csrfOf(t, p)
	for name, each := range map[string]struct {
		origin, proto string
		status        int
	}{
		"over TLS":                   {"https://samtykke.example.no", "https", http.StatusSeeOther},
		"over TLS, visitor lies":     {"https://samtykke.example.no", "http, https", http.StatusSeeOther},
		"the same host without TLS":  {"http://samtykke.example.no", "https", http.StatusForbidden},
		"visitor makes TLS up":       {"https://samtykke.example.no", "https, http", http.StatusForbidden},
		"another port of the host":   {"https://samtykke.example.no:8443", "https", http.StatusForbidden},
		"another host of the domain": {"https://www.example.no", "https", http.StatusForbidden},
	} {
		got := p.ask(http.MethodPost, "/account", url.Values{"csrf": {token}, "name": {"Kari"}, "language": {"nb"}}, func(r *http.Request) {
			r.Header.Del("Sec-Fetch-Site")
			r.Host = "samtykke.example.no"
			r.Header.Set("Origin", each.origin)
			r.Header.Set("X-Forwarded-Proto", each.proto)
		})
		if got.status != each.status {
			t.Errorf("%s: got %d, want %d", name, got.status, each.status)
		}
	}
}

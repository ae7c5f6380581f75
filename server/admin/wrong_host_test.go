package admin_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// Nothing is answered under a name that nobody has given the administration: a page
// whose own name was made to lead here reads nothing, and posts nothing.
func TestOtherHostsAreRefused(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	at, err := url.Parse(h.url)
	must(t, err)
	as := func(host string) func(*http.Request) { return func(r *http.Request) { r.Host = host } }
	for _, host := range []string{"evil.example", "evil.example:" + at.Port(), "localhost.evil.example", "127.0.0.1.evil.example"} {
		kari.ask(http.MethodGet, "/", nil, as(host)).shows(t, http.StatusMisdirectedRequest, "Administrasjonen er ikke på denne adressen.", `href="`+h.url+`"`)
		kari.ask(http.MethodGet, "/login", nil, as(host)).shows(t, http.StatusMisdirectedRequest)
		kari.ask(http.MethodPost, "/logout", url.Values{}, as(host)).shows(t, http.StatusMisdirectedRequest)
		kari.ask(http.MethodGet, api.Base+"/sites", nil, as(host)).shows(t, http.StatusMisdirectedRequest, `"code":"wrong_host"`, h.url)
	}
	for _, host := range []string{at.Host, "LOCALHOST", "127.0.0.1:" + at.Port(), "[::1]:80", "10.0.0.5"} { // as proxies name it
		kari.ask(http.MethodGet, "/account", nil, as(host)).shows(t, http.StatusOK)
	}
}

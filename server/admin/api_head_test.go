package admin_test

import (
	"net/http"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// Whatever can be read can be asked about without its body: the status and the ETag are
// the same, and what a program has already is not sent again. Only files of the log cannot.
func TestAPIHead(t *testing.T) {
	h := open(t)
	h.decide(t, "skogen", 0, 3)
	h.asked(t, "skogen", aRequest, h.decideAs(t, "skogen", 50, token(1)).ID)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	boss.operates(t, true)
	names, keys := h.objects(t, ""), map[consent.Scope]*program{}
	for _, e := range h.admin.API() {
		if e.Method != http.MethodGet {
			continue
		}
		g := &program{house: h, t: t}
		if e.Scope != "" {
			if keys[e.Scope] == nil {
				keys[e.Scope] = boss.program(t, e.Scope)
			}
			g = keys[e.Scope]
		}
		path := fill(t, names[skogen].Replace(e.Path), skogen)
		head := func(headers ...string) answer {
			return h.stranger().ask(http.MethodHead, path, nil, func(r *http.Request) {
				if g.secret != "" {
					r.Header.Set("Authorization", "Bearer "+g.secret)
				}
				for i := 0; i+1 < len(headers); i += 2 {
					r.Header.Set(headers[i], headers[i+1])
				}
			})
		}
		want, got := g.get(path), head()
		tag := want.header.Get("ETag")
		if tag == "" { // a file, which stands in the trail as taken
			if want.header.Get("Content-Disposition") == "" || got.status != http.StatusMethodNotAllowed {
				t.Errorf("%s has no ETag, and HEAD is answered with %d", path, got.status)
			}
			continue
		}
		if got.status != want.status || got.header.Get("ETag") != tag || got.body != "" {
			t.Errorf("%s: HEAD is answered with %d and the tag %q, GET with %d and %q", path, got.status, got.header.Get("ETag"), want.status, tag)
		}
		if again := head("If-None-Match", tag); again.status != http.StatusNotModified || again.header.Get("ETag") != tag {
			t.Errorf("%s: what a program has is answered with %d", path, again.status)
		}
	}
}
